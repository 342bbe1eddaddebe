import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { buildSubgraphSchema } from '@apollo/subgraph';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { type GraphQLSchema, parse } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';

import { readSubgraphSdl } from '../../../schema/files.js';
import { publicSdl } from '../../../schema/public-sdl.js';
import { data } from './data/data.js';
import { limitOperations } from './limits.js';
import { createResolvers } from './resolvers/resolvers.js';
import { createStore, type Store } from './store.js';

/** A subgraph that is running. */
export interface RunningSubgraph {
  /** Where the gateway asks. */
  readonly url: string;
  /** Where anybody may ask. */
  readonly openUrl: string;
  /** What it holds, to be changed as its editors would. */
  readonly store: Store;
  readonly stop: () => Promise<void>;
}

/**
 * Denmark as another team could run it: on GraphQL Yoga, with a handful of its bodies in memory, after the contract's words and
 * without a line of `services/`.
 *
 * @param secret opens `/subgraph`.
 */
export async function startYogaDenmark({
  port = 0,
  secret,
}: {
  readonly port?: number;
  readonly secret: string;
}): Promise<RunningSubgraph> {
  const store = createStore(data);
  const sdl = readSubgraphSdl('denmark');
  const resolvers = createResolvers(store);
  // @apollo/subgraph types the context of resolvers as unknown, and does not export the type.
  const closed = doorAt(
    '/subgraph',
    buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]),
    [],
  );
  const open = doorAt('/graphql', makeExecutableSchema({ typeDefs: publicSdl(sdl), resolvers }), [limitOperations]);
  const server = createServer((request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    if (path === '/health/live' || path === '/health/ready') answer(response, 200, { status: 'ok' });
    else if (path === '/graphql') void open(request, response);
    else if (path !== '/subgraph') answer(response, 404, refusal('NOT_FOUND', 'There is nothing here.'));
    else if (shows(request, secret)) void closed(request, response);
    else answer(response.setHeader('www-authenticate', 'Bearer'), 401, unauthenticated);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${origin}/subgraph`,
    openUrl: `${origin}/graphql`,
    store,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

const doorAt = (graphqlEndpoint: string, schema: GraphQLSchema, plugins: Plugin[]) =>
  createYoga({
    schema,
    graphqlEndpoint,
    plugins,
    graphiql: false,
    landingPage: false,
    logging: false,
    maskedErrors: { isDev: false },
    maxRequestBodySize: 1_000_000,
  });

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const refusal = (code: string, message: string) => ({ errors: [{ message, extensions: { code } }] });

const unauthenticated = refusal('UNAUTHENTICATED', 'Only the gateway is answered here: Authorization: Bearer …');

/** Hashed, so that how long it takes tells nothing of where they differ. */
function shows({ headers: { authorization = '' } }: IncomingMessage, secret: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(authorization), hash(`Bearer ${secret}`));
}
