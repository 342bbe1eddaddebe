import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { buildSubgraphSchema } from '@apollo/subgraph';
import { type ASTVisitor, GraphQLError, type GraphQLSchema, parse, type ValidationContext } from 'graphql';
import { createSchema, createYoga, type Plugin } from 'graphql-yoga';

import { publicSdl } from '../../../schema/sdl/public-sdl.js';
import { resolvers } from './resolvers.js';

/** A subgraph that runs. */
export interface Ruritania {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Says something else than what the subgraph answered to a query. */
export type Distortion = (answer: string, query: string) => string;

/**
 * A small subgraph on GraphQL Yoga over what stands in memory: a country that shares no code with the others but the contract.
 *
 * @param sdl what it must implement.
 * @param distort makes it a wrong one. Default: it answers as it should.
 */
export async function startRuritania(
  sdl: string,
  secret?: string,
  distort: Distortion = (answer) => answer,
): Promise<Ruritania> {
  const door = (schema: GraphQLSchema, graphqlEndpoint: string) =>
    createYoga({ schema, graphqlEndpoint, logging: false, landingPage: false, plugins: [limits] });
  const doors = new Map([
    ['/subgraph', door(buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]), '/subgraph')],
    ['/graphql', door(openSchema(sdl), '/graphql')],
  ]);
  const answer = async (request: IncomingMessage): Promise<{ status: number; body: string }> => {
    const path = request.url ?? '';
    const body = await text(request);
    if (path === '/health/live' || path === '/health/ready') {
      const told = distort('{"status":"ok"}', path);
      return { status: told.includes('ok') ? 200 : 503, body: told };
    }
    const yoga = doors.get(path);
    if (!yoga) return { status: 404, body: '{}' };
    const isLetIn =
      path !== '/subgraph' || secret === undefined || request.headers.authorization === `Bearer ${secret}`;
    if (!isLetIn && distort('401', 'secret') === '401') return { status: 401, body: '{}' };
    const response = await yoga.fetch(`http://127.0.0.1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const { query } = JSON.parse(body) as { query: string };
    return { status: response.status, body: distort(await response.text(), `${path} ${query}`) };
  };
  const server = createServer((request, response) => {
    void answer(request).then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/subgraph`,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

const mostFields = 500;
const deepest = 20;

/** Refuses what asks for too much: a stranger may ask here, and nobody would notice in the gateway. */
function refuseTooMuch(context: ValidationContext): ASTVisitor {
  let [fields, depth] = [0, 0];
  const refuse = (): void => {
    context.reportError(
      new GraphQLError('This asks for too much at once.', { extensions: { code: 'QUERY_TOO_LARGE' } }),
    );
  };
  return {
    Field: {
      enter: () => {
        [fields, depth] = [fields + 1, depth + 1];
        if (fields === mostFields || depth === deepest) refuse();
      },
      leave: () => {
        depth -= 1;
      },
    },
  };
}

const limits: Plugin = {
  onValidate: ({ addValidationRule }) => {
    addValidationRule(refuseTooMuch);
  },
};

/** Types of federation alone have no resolvers for people. */
function openSchema(sdl: string): GraphQLSchema {
  const open = Object.fromEntries(
    Object.entries(resolvers).map(([type, fields]) => {
      const { __resolveReference: _reference, ...others } = fields as Record<string, unknown>;
      return [type, type === 'Date' ? fields : others];
    }),
  );
  return createSchema({ typeDefs: publicSdl(sdl), resolvers: open as never });
}
