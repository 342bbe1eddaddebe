import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { ApolloServer, type ApolloServerOptions, type ApolloServerPlugin, type BaseContext } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { expressMiddleware } from '@as-integrations/express5';
import cors from 'cors';
import express, { type ErrorRequestHandler, type Router } from 'express';
import { GraphQLError } from 'graphql';

import { limitDepth } from './depth.js';
import { formatErrorFor } from './errors.js';
import { legacyStatus } from './legacy-status.js';
import { limitCost, limitParts, limits, nameTooManyTokens } from './limits.js';
import type { Logger } from './log.js';
import { mergeRefusalsPlugin } from './merge-refusals.js';

/** A GraphQL endpoint of a process: what it serves, and a context made anew for every request. */
export interface Door<Context extends BaseContext> {
  readonly path: string;
  /** Whether anybody may ask there, and not the gateway alone: then what one operation may hold is limited. */
  readonly isOpen: boolean;
  readonly options: Pick<ApolloServerOptions<Context>, 'schema' | 'gateway' | 'plugins' | 'formatError'>;
  readonly createContext: () => Context;
}

export interface ServiceOptions<Context extends BaseContext> {
  readonly port: number;
  /** The address it listens on. Default: only this machine. */
  readonly host?: string | undefined;
  readonly logger: Logger;
  readonly doors: readonly Door<Context>[];
  /** Other pages it serves, and what stands before its doors. */
  readonly pages?: Router;
  /** How many proxies stand before it, whose word on who the client is it takes. */
  readonly proxies?: number | undefined;
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

/** Serves GraphQL at each door, and `/health/live` and `/health/ready`. Rejects when the port is taken. */
export async function startService<Context extends BaseContext>({
  port,
  host = '127.0.0.1',
  logger,
  doors,
  pages,
  proxies = 0,
  problems,
}: ServiceOptions<Context>): Promise<RunningService> {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', proxies);
  const httpServer = createServer(app);
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
  for (const [index, { path, createContext }] of doors.entries()) {
    const server = servers[index];
    if (!server) continue;
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

function createApolloServer<Context extends BaseContext>(
  { options, isOpen }: Door<Context>,
  logger: Logger,
  drained: Server | undefined,
): ApolloServer<Context> {
  const formatError = options.formatError ?? formatErrorFor(logger);
  return new ApolloServer<Context>({
    ...options,
    formatError: (formatted, error) => nameTooManyTokens(formatError(formatted, error)),
    parseOptions: isOpen ? { maxLexicalTokens: limits.tokens } : {},
    validationRules: [limitDepth, ...(isOpen ? [limitParts] : [])],
    introspection: true,
    includeStacktraceInErrorResponses: false,
    // The protection would refuse an ordinary GET. There is nothing to forge here: no cookies, no writes, all data public.
    csrfPrevention: false,
    plugins: [
      refuseUnanswerable,
      ...(isOpen ? [limitCost] : []),
      mergeRefusalsPlugin,
      ...(options.plugins ?? []),
      legacyStatus,
      ...(drained ? [ApolloServerPluginDrainHttpServer({ httpServer: drained })] : []),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      // Nothing leaves this machine that the operator did not configure, whatever APOLLO_* the environment holds.
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
    // Signals are the process's own affair: see `run`.
    stopOnTerminationSignals: false,
  } as ApolloServerOptions<Context>);
}

/** An operation that the client forgot to name, or of a sort that is not served, is no fault of ours, as executors make it. */
const refuseUnanswerable: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: ({ operation, schema }) => {
        if (!operation) throw unanswerable('Say by `operationName` which of the operations in `query` to run.');
        if (!schema.getRootType(operation.operation)) throw unanswerable(`There is no ${operation.operation} here.`);
        return Promise.resolve();
      },
    }),
};

const unanswerable = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } } });

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
