import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { ApolloServer, ApolloServerOptions, BaseContext } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import cors from 'cors';
import express, { type ErrorRequestHandler, type Router } from 'express';

import { createApolloServer } from './graphql-server.js';
import type { Logger } from './log.js';

/** A GraphQL endpoint of a process: what it serves, and how requests for it are read. */
export type Door<Context extends BaseContext> = Endpoint<Context> & (ReadByExpress<Context> | ReadByItself<Context>);

interface Endpoint<Context extends BaseContext> {
  readonly path: string;
  /** Whether anybody may ask there, and not the gateway alone: then what one operation may hold is limited. */
  readonly isOpen: boolean;
  readonly options: Pick<
    ApolloServerOptions<Context>,
    'schema' | 'gateway' | 'plugins' | 'formatError' | 'validationRules' | 'hideSchemaDetailsFromClientErrors'
  >;
}

interface ReadByExpress<Context> {
  /** Makes a context anew for every request. */
  readonly createContext: () => Context;
  readonly handle?: undefined;
}

interface ReadByItself<Context extends BaseContext> {
  /** Reads requests and answers them, where Express is too slow. */
  readonly handle: (server: ApolloServer<Context>) => RequestListener;
}

export interface ServiceOptions<Context extends BaseContext> {
  readonly port: number;
  /** The address it listens on. Default: only this machine. */
  readonly host?: string | undefined;
  readonly logger: Logger;
  readonly doors: readonly Door<Context>[];
  /** Other pages it serves, and what stands before its doors. */
  readonly pages?: Router;
  /** Why it cannot answer just now, in words fit for anybody; empty when it can. */
  readonly problems: () => Promise<readonly string[]>;
}

/** A process that listens. */
export interface RunningService {
  readonly port: number;
  /** Finishes what is under way, for ten seconds at most, and takes nothing new. */
  readonly stop: () => Promise<void>;
}

const largestBody = '1mb';

/** Who needs longer to send a request only holds a connection. Node closes it. */
const slowestRequestMs = 30_000;

/** Serves GraphQL at each door, and `/health/live` and `/health/ready`. Rejects when the port is taken. */
export async function startService<Context extends BaseContext>({
  port,
  host = '127.0.0.1',
  logger,
  doors,
  pages,
  problems,
}: ServiceOptions<Context>): Promise<RunningService> {
  const app = express();
  app.disable('x-powered-by');
  const direct = new Map<string, RequestListener>();
  const httpServer = createServer({ requestTimeout: slowestRequestMs }, (request, response) => {
    const path = request.url?.split('?', 1)[0] ?? '';
    (direct.get(path) ?? app)(request, response);
  });
  let draining = false;

  app.get('/health/live', (_request, response) => response.json({ status: 'ok' }));
  app.get('/health/ready', async (_request, response) => {
    const found = draining ? ['stopping'] : await problems();
    response
      .status(found.length === 0 ? 200 : 503)
      .json({ status: found.length === 0 ? 'ok' : 'unavailable', problems: found });
  });
  if (pages) app.use(pages);

  const servers = doors.map((door, index) => createApolloServer(door, logger, index === 0 ? httpServer : undefined));
  await Promise.all(servers.map((server) => server.start()));
  for (const [index, door] of doors.entries()) {
    const server = servers[index];
    if (!server) continue;
    if (door.handle) {
      direct.set(door.path, door.handle(server));
      continue;
    }
    const { path, createContext } = door;
    app.use(
      path,
      cors(),
      express.json({ limit: largestBody }),
      expressMiddleware(server, { context: () => Promise.resolve(createContext()) }),
    );
  }
  app.use((request, response) => {
    const places = [...doors.map(({ path }) => path), '/health/live', '/health/ready'].join(', ');
    const message = `There is nothing at ${request.method} ${request.path.slice(0, 100)}; there is ${places}.`;
    response.status(404).json({ errors: [{ message, extensions: { code: 'NOT_FOUND' } }] });
  });
  app.use(refuseUnreadable(logger));

  await listen(httpServer, port, host);
  return {
    port: (httpServer.address() as AddressInfo).port,
    stop: async () => {
      draining = true;
      // The first server drains the connections of all; one after the other, so that none closes them twice.
      for (const server of servers) await server.stop();
    },
  };
}

/** A body that is no JSON, or too large, gets one clear error and no page of HTML. */
const refuseUnreadable =
  (logger: Logger): ErrorRequestHandler =>
  (error: { status?: number; type?: string }, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = error.status !== undefined && error.status < 500 ? error.status : 500;
    if (status === 500) logger.error({ err: error }, 'a request failed');
    const message =
      messages.get(error.type ?? '') ??
      (status === 500 ? 'This failed here. It has been logged.' : 'The request could not be read.');
    response
      .status(status)
      .json({ errors: [{ message, extensions: { code: status === 500 ? 'INTERNAL_SERVER_ERROR' : 'BAD_REQUEST' } }] });
  };

const messages = new Map([
  ['entity.parse.failed', 'The body is no valid JSON. Send {"query": "…", "variables": {…}} as application/json.'],
  ['entity.too.large', `The body is too large; it can have ${largestBody}.`],
]);

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
