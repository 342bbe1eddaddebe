import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';

import { readSubgraphSdl } from '../../schema/files.js';
import { europe } from '../../schema/values/countries.js';
import { resolvers } from './resolvers/resolvers.js';

/** What @apollo/subgraph takes for resolvers: it types their context as unknown, and does not export the type. */
type SubgraphResolvers = NonNullable<
  Extract<Parameters<typeof buildSubgraphSchema>[0], { typeDefs: unknown }>['resolvers']
>;

/** The executable schema of Europe's subgraph. */
export const createSchema = (): GraphQLSchema =>
  buildSubgraphSchema([{ typeDefs: parse(readSubgraphSdl(europe.folder)), resolvers: resolvers as SubgraphResolvers }]);
