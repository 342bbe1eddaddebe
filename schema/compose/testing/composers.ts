import { composeServices as composeByApollo } from '@apollo/composition';
import { printSchema as printApolloSchema, Supergraph } from '@apollo/federation-internals';
import { composeServices as composeByGuild } from '@theguild/federation-composition';
import { buildSchema, type GraphQLError, type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';

import { apiSchema } from '../../sdl/api-schema.js';
import type { SubgraphSource } from '../subgraph-sources.js';
import type { Hint } from '../hints.js';
import { parseSdl } from '../../sdl/parse-sdl.js';

/** The result of a composer: the codes of its errors, or the schema that clients see. */
export interface Composed {
  readonly errors: readonly string[];
  /** The errors with their codes. */
  readonly messages: readonly string[];
  /** Sorted, so that two can be compared. Empty if composition failed. */
  readonly api: string;
}

const typed = (subgraphs: readonly SubgraphSource[]) =>
  subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parseSdl(name, sdl) }));

const sorted = (schema: GraphQLSchema): string => printSchema(lexicographicSortSchema(schema));

const describeErrors = (errors: readonly GraphQLError[] = []): Pick<Composed, 'errors' | 'messages'> => {
  const codes = errors.map(({ extensions }) => String(extensions['code']));
  return {
    errors: [...new Set(codes)],
    messages: errors.map(({ message }, index) => `${codes[index] ?? ''}: ${message}`),
  };
};

/** Composes with Apollo's composer, and reads the result as Apollo's gateway does. */
export function composeWithApollo(
  subgraphs: readonly SubgraphSource[],
): Composed & { readonly hints: readonly Hint[] } {
  const { errors, supergraphSdl, hints = [] } = composeByApollo(typed(subgraphs));
  return {
    ...describeErrors(errors),
    api:
      supergraphSdl === undefined
        ? ''
        : sorted(buildSchema(printApolloSchema(Supergraph.build(supergraphSdl).apiSchema()), { assumeValidSDL: true })),
    hints: hints.map(({ definition, message }) => ({ code: definition.code, message })),
  };
}

/** Composes as `npm run generate` does. */
export function composeWithGuild(subgraphs: readonly SubgraphSource[]): Composed {
  const { errors, supergraphSdl } = composeByGuild(typed(subgraphs));
  return {
    ...describeErrors(errors),
    api: supergraphSdl === undefined ? '' : sorted(apiSchema('the supergraph', supergraphSdl)),
  };
}
