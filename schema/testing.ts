import { composeServices as composeByApollo } from '@apollo/composition';
import { printSchema as printApolloSchema, Supergraph } from '@apollo/federation-internals';
import { composeServices as composeByGuild } from '@theguild/federation-composition';
import { buildSchema, type GraphQLError, type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';

import { apiSchema } from './api-schema.js';
import type { SubgraphSource } from './compose.js';
import { parseSdl } from './parse-sdl.js';

/** Something the composer noticed, and composed all the same. */
export interface Hint {
  readonly code: string;
  readonly message: string;
}

/** What a composer made of subgraphs: codes of what it refused, or what clients see. */
export interface Composed {
  readonly errors: readonly string[];
  /** Sorted, so that two can be compared. Empty when it was refused. */
  readonly api: string;
}

const typed = (subgraphs: readonly SubgraphSource[]) =>
  subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parseSdl(name, sdl) }));

const sorted = (schema: GraphQLSchema): string => printSchema(lexicographicSortSchema(schema));

const codes = (errors: readonly GraphQLError[] = []): string[] => [
  ...new Set(errors.map(({ extensions }) => String(extensions['code']))),
];

/** Composes as the gateway's makers do, reads the result as their gateway would, and tells what the composer noticed. */
export function composeWithApollo(
  subgraphs: readonly SubgraphSource[],
): Composed & { readonly hints: readonly Hint[] } {
  const { errors, supergraphSdl, hints = [] } = composeByApollo(typed(subgraphs));
  return {
    errors: codes(errors),
    api:
      supergraphSdl === undefined
        ? ''
        : sorted(buildSchema(printApolloSchema(Supergraph.build(supergraphSdl).apiSchema()))),
    hints: hints.map(({ definition, message }) => ({ code: definition.code, message })),
  };
}

/** Composes as `npm run generate` does. */
export function composeWithGuild(subgraphs: readonly SubgraphSource[]): Composed {
  const { errors, supergraphSdl } = composeByGuild(typed(subgraphs));
  return {
    errors: codes(errors),
    api: supergraphSdl === undefined ? '' : sorted(apiSchema('the supergraph', supergraphSdl)),
  };
}

/**
 * Hints that lose nothing, each with the reason. Any other is a failure: the composer says by a hint alone that it leaves
 * something out of the graph.
 */
export const harmlessHints: Readonly<Record<string, string>> = {
  INCONSISTENT_INTERFACE_VALUE_TYPE_FIELD:
    'The graph has every field of an interface. Europe declares of each only its id, and a country that is behind lacks the newest.',
  INCONSISTENT_OBJECT_VALUE_TYPE_FIELD:
    'The graph has every field of a value type. One that a country cannot answer yet is @inaccessible, else composition fails.',
  INCONSISTENT_ENUM_VALUE_FOR_OUTPUT_ENUM:
    'The graph has every value of an enum that stands only in answers. A country that is behind just never answers the newest.',
};

/** The hints that lose something. */
export const losses = (hints: readonly Hint[]): string[] =>
  hints.filter(({ code }) => !(code in harmlessHints)).map(({ code, message }) => `${code}: ${message}`);
