import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type DocumentNode,
  execute,
  type ExecutionResult,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  isUnionType,
  parse,
  validate,
} from 'graphql';

import { apiSchema } from '../../schema/sdl/api-schema.js';
import { createWholeResolvers, type MadeUpSubgraph, madeUpSubgraphs, type Resolvers } from './made-up-subgraphs.js';

/** The made-up graph: as subgraphs for a gateway, and as a whole, executed by graphql-js. */
export interface MadeUpGraph {
  readonly supergraphSdl: string;
  /** The URLs of the subgraphs by their names. */
  readonly urls: Readonly<Record<string, string>>;
  /** What clients see. */
  readonly schema: GraphQLSchema;
  /** Executes an operation by graphql-js, with the resolvers of the subgraphs. */
  readonly execute: (
    query: string,
    variables: Readonly<Record<string, unknown>>,
    operationName?: string,
  ) => Promise<ExecutionResult>;
  readonly stop: () => Promise<void>;
}

/** Starts the subgraphs on free ports. */
export async function startMadeUpGraph(): Promise<MadeUpGraph> {
  const started = await Promise.all(
    Object.entries(madeUpSubgraphs).map(async ([name, subgraph]) => ({ name, ...(await startSubgraph(subgraph)) })),
  );
  const { supergraphSdl, errors } = composeServices(
    started.map(({ name, url }) => ({ name, url, typeDefs: parse(madeUpSubgraphs[name]?.typeDefs ?? '') })),
  );
  if (supergraphSdl === undefined) throw new Error(errors.join('\n'));
  const schema = apiSchema('the made-up graph', supergraphSdl);
  addResolvers(schema, createWholeResolvers());
  return {
    supergraphSdl,
    urls: Object.fromEntries(started.map(({ name, url }) => [name, url])),
    schema,
    execute: async (query, variables, operationName) => {
      const document = parse(query);
      const invalid = validate(schema, document);
      if (invalid.length > 0) return { errors: invalid };
      return execute({ schema, document, variableValues: variables, operationName });
    },
    stop: async () => {
      await Promise.all(started.map(({ stop }) => stop()));
    },
  };
}

/** What clients see of the graph, with the resolvers of the subgraphs. */
export function createWholeSchema(): GraphQLSchema {
  const { supergraphSdl, errors } = composeServices(
    Object.entries(madeUpSubgraphs).map(([name, { typeDefs }]) => ({ name, url: '', typeDefs: parse(typeDefs) })),
  );
  if (supergraphSdl === undefined) throw new Error(errors.join('\n'));
  const schema = apiSchema('the made-up graph', supergraphSdl);
  addResolvers(schema, createWholeResolvers());
  return schema;
}

async function startSubgraph({ typeDefs, resolvers, references }: MadeUpSubgraph) {
  const schema = buildSubgraphSchema({
    typeDefs: parse(typeDefs),
    resolvers: Object.fromEntries(
      [...new Set([...Object.keys(resolvers), ...Object.keys(references)])].map((type) => [
        type,
        {
          ...resolvers[type],
          ...(references[type] && { __resolveReference: references[type] }),
        },
      ]),
    ),
  });
  addTypeResolvers(schema);
  const documents = new Map<string, DocumentNode>();
  const server = createServer((request, response) => {
    void text(request).then(async (body) => {
      const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> };
      const document = documents.get(query) ?? parse(query);
      documents.set(query, document);
      const result = await execute({ schema, document, variableValues: variables });
      response.setHeader('content-type', 'application/json').end(JSON.stringify(result));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/subgraph`,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function addResolvers(schema: GraphQLSchema, resolvers: Resolvers): void {
  for (const [name, fields] of Object.entries(resolvers)) {
    const type = schema.getType(name);
    if (!isObjectType(type)) throw new Error(`There is no type ${name}.`);
    for (const [field, resolve] of Object.entries(fields)) Object.assign(type.getFields()[field] ?? {}, { resolve });
  }
  addTypeResolvers(schema);
}

function addTypeResolvers(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap()))
    if (isInterfaceType(type) || isUnionType(type))
      type.resolveType = (value: { readonly __typename?: string }) => value.__typename;
}
