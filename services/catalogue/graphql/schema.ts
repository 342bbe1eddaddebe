import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { buildSubgraphSchema } from '@apollo/subgraph';
import { addResolversToSchema } from '@graphql-tools/schema';
import { buildASTSchema, concatAST, type GraphQLSchema, parse } from 'graphql';

import { readSubgraphSdl, readMutationsSdl } from '../../../schema/files.js';
import { fieldCosts } from '../../../schema/sdl/field-costs.js';
import { publicDocument } from '../../../schema/sdl/public-sdl.js';
import { countrySdl } from '../../../schema/sdl/subgraph-sdl.js';
import { readContract } from '../../../schema/compose/subgraph-sources.js';
import { setFieldCosts } from '../../kit/graphql/query-cost.js';
import { lazyObjects } from '../../kit/lazy-object.js';
import type { Catalogue } from '../model/national-catalogue.js';
import { createResolvers } from './resolvers/index.js';
import { mutationResolvers } from './mutations/index.js';

/** What @apollo/subgraph takes for resolvers: it types their context as unknown, and does not export the type. */
type SubgraphResolvers = Exclude<
  NonNullable<Extract<Parameters<typeof buildSubgraphSchema>[0], { typeDefs: unknown }>['resolvers']>,
  undefined
>;

/** What a country serves to people, and what it serves to the gateway alone. */
export const createSchemas = lazyObjects<[Catalogue]>()({ open: createOpenSchema, subgraph: createSubgraphSchema });

function createOpenSchema(catalogue: Catalogue): GraphQLSchema {
  const { adjective } = catalogue.country;
  const writes = readMutationsSdl().replaceAll(/\bNational(?=Administration\b|Consortium\b)/g, adjective);
  const document = concatAST([publicDocument(parse(sdlOf(catalogue))), parse(writes)]);
  // Validating it takes a third of the time, and the subgraph's schema, which has the same types, is valid.
  const schema = buildASTSchema(document, { assumeValid: true });
  for (const resolvers of [createResolvers(catalogue), mutationResolvers])
    addResolversToSchema({ schema, resolvers, updateResolversInPlace: true });
  setFieldCosts(schema, fieldCosts);
  return schema;
}

function createSubgraphSchema(catalogue: Catalogue): GraphQLSchema {
  const resolvers = createResolvers(catalogue) as SubgraphResolvers;
  return buildSubgraphSchema([{ typeDefs: parse(sdlOf(catalogue)), resolvers }]);
}

/** What it must implement: as committed here, or for a country at home elsewhere as this version of the contract has it. */
function sdlOf({ country, home }: Catalogue): string {
  if (!home) return readSubgraphSdl(country.folder);
  const fields = join(home.folder, 'national.graphql');
  return countrySdl(readContract(), country, existsSync(fields) ? readFileSync(fields, 'utf8') : '');
}
