import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { buildSubgraphSchema } from '@apollo/subgraph';
import { type ASTVisitor, GraphQLError, type GraphQLSchema, Kind, parse, type ValidationContext } from 'graphql';
import { createSchema, createYoga, type Plugin } from 'graphql-yoga';

import { publicSdl } from '../../../schema/sdl/public-sdl.js';
import { resolvers } from './resolvers.js';

/** A running subgraph. */
export interface Ruritania {
  readonly url: string;
  /** Makes it violate the contract until the next call. Undefined: it conforms again. */
  readonly distortBy: (distortion: Distortion | undefined) => void;
  readonly stop: () => Promise<void>;
}

/** Replaces the response of the subgraph to a query by a wrong one. */
export type Distortion = (response: string, query: string) => string;

/**
 * A small subgraph on GraphQL Yoga over data in memory: a country that shares only the contract with the others, and no code.
 *
 * @param sdl the schema that it implements.
 */
export async function startRuritania(sdl: string, secret?: string): Promise<Ruritania> {
  let distort: Distortion = (response) => response;
  const createEndpoint = (schema: GraphQLSchema, graphqlEndpoint: string) =>
    createYoga({ schema, graphqlEndpoint, logging: false, landingPage: false, plugins: [limits] });
  const endpoints = new Map([
    [
      '/subgraph',
      createEndpoint(
        buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolversOf(sdl) as never }]),
        '/subgraph',
      ),
    ],
    ['/graphql', createEndpoint(createPublicSchema(sdl), '/graphql')],
  ]);
  const handle = async (request: IncomingMessage): Promise<{ status: number; body: string }> => {
    const path = request.url ?? '';
    const body = await text(request);
    if (path === '/health/live' || path === '/health/ready') {
      const health = distort('{"status":"ok"}', path);
      return { status: health.includes('ok') ? 200 : 503, body: health };
    }
    const yoga = endpoints.get(path);
    if (!yoga) return { status: 404, body: '{}' };
    const isAuthorized =
      path !== '/subgraph' || secret === undefined || request.headers.authorization === `Bearer ${secret}`;
    if (!isAuthorized && distort('401', 'secret') === '401') return { status: 401, body: '{}' };
    const response = await yoga.fetch(`http://127.0.0.1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const { query } = JSON.parse(body) as { query: string };
    return { status: response.status, body: distort(await response.text(), `${path} ${query}`) };
  };
  const server = createServer((request, response) => {
    void handle(request).then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
  });
  // Longer than a busy machine stops a test: a request on a connection that the server has just closed fails.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/subgraph`,
    distortBy: (distortion = (response) => response) => {
      distort = distortion;
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

const maxFields = 500;
const maxDepth = 20;

/** Rejects large operations: any client may send them to `/graphql`, where the limits of the gateway do not apply. */
function operationLimits(context: ValidationContext): ASTVisitor {
  let [fields, depth] = [0, 0];
  const reject = (): void => {
    context.reportError(
      new GraphQLError(
        `The operation is too large: at most ${maxFields - 1} fields, nested at most ${maxDepth - 1} levels deep.`,
        { extensions: { code: 'QUERY_TOO_LARGE' } },
      ),
    );
  };
  return {
    Field: {
      enter: () => {
        [fields, depth] = [fields + 1, depth + 1];
        if (fields === maxFields || depth === maxDepth) reject();
      },
      leave: () => {
        depth -= 1;
      },
    },
  };
}

const limits: Plugin = {
  onValidate: ({ addValidationRule }) => {
    addValidationRule(operationLimits);
  },
};

/** The schema without federation: the resolvers of references are left out. */
function createPublicSchema(sdl: string): GraphQLSchema {
  const publicResolvers = Object.fromEntries(
    Object.entries(resolversOf(sdl)).map(([type, fields]) => {
      const { __resolveReference: _reference, ...others } = fields as Record<string, unknown>;
      return [type, type === 'Date' ? fields : others];
    }),
  );
  return createSchema({ typeDefs: publicSdl(sdl), resolvers: publicResolvers as never });
}

/** The resolvers of the types and fields that an SDL has: that of an earlier contract has fewer. */
function resolversOf(sdl: string): Readonly<Record<string, unknown>> {
  const definitions = new Map(
    parse(sdl).definitions.flatMap((definition) =>
      'name' in definition ? [[definition.name.value, definition] as const] : [],
    ),
  );
  const entries = Object.entries(resolvers as Readonly<Record<string, object>>).flatMap(([type, fields]) => {
    const definition = definitions.get(type);
    if (!definition) return [];
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return [[type, fields] as const];
    const names = new Set(definition.fields?.map(({ name }) => name.value));
    const own = Object.entries(fields).filter(([field]) => field.startsWith('__') || names.has(field));
    return [[type, Object.fromEntries(own)] as const];
  });
  return Object.fromEntries(entries);
}
