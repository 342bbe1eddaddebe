import type { IncomingMessage, RequestListener } from 'node:http';

import type { BaseContext } from '@apollo/server';
import express, { type ErrorRequestHandler, type Router } from 'express';

import type { Endpoint, SchemaEndpoint, ServerEndpoint } from './endpoint.js';
import { createApolloServer } from './apollo-server.js';
import { createDrainingServer } from './draining-server.js';
import { isClientLimit } from '../http-error.js';
import { listen } from '../listen.js';
import { securityHeaders, sendRequestError, setHeaders } from './request-error.js';
import { readPath } from './request-target.js';
import { createSchemaEndpoint } from './schema-endpoint.js';
import { createSchemaExecutor, type SchemaExecutor } from './schema-executor.js';
import { UnreadResponses } from './unread-responses.js';
import type { Logger } from '../observability/logger.js';
import { type Metrics, noMetrics } from '../observability/metrics.js';
import { getClientIp } from '../limits/client-ip.js';
import { RejectionPace } from '../limits/rejection-pace.js';
import { RequestPace } from '../limits/request-pace.js';
import { measureRequests } from '../observability/request-metrics.js';

export type { Endpoint };

/** The routes of a process besides its endpoints. */
export interface ExtraRoutes {
  readonly router: Router;
  /** The paths to name in a 404 response. */
  readonly paths: readonly string[];
  /** The route of a path, by which its requests are measured: one of few, and none that a client makes up. Undefined: it is counted with all others. */
  readonly routeOf?: (path: string) => string | undefined;
}

export interface ServiceOptions<Context extends BaseContext> {
  readonly port: number;
  /** The address it listens on. Default: only this machine. */
  readonly host?: string | undefined;
  /** How long it still accepts requests when it stops. Default: not at all, for tests. */
  readonly shutdownDelayMs?: number | undefined;
  readonly logger: Logger;
  readonly endpoints: readonly Endpoint<Context>[];
  /** How many trusted reverse proxies are in front of the process. Default: none. */
  readonly trustedProxyHops?: number | undefined;
  /** Routes before the endpoints. */
  readonly extraRoutes?: ExtraRoutes;
  readonly metrics?: Metrics | undefined;
  /** Why it cannot serve requests at present, in words that may be public; empty if it can. */
  readonly readinessProblems: () => Promise<readonly string[]>;
  /** What its operator should know although it can serve requests. Default: nothing. */
  readonly warnings?: (() => readonly string[]) | undefined;
}

export interface RunningService {
  readonly port: number;
  /** Is not ready from now on, accepts no new requests after `shutdownDelayMs`, and finishes those in progress within ten seconds. */
  readonly stop: () => Promise<void>;
}

/**
 * A client that sends a request letter by letter, to occupy a connection, is disconnected with status 408. A connection without a
 * request stays open for longer than proxies keep it for their next one, usually a minute: with Node's default of five seconds, a request
 * may arrive while its connection is being closed, and is reset.
 */
const connectionTimeouts = {
  keepAliveTimeout: 65_000,
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  connectionsCheckingInterval: 1_000,
} as const;

/** Serves GraphQL at each endpoint, and `/health/live` and `/health/ready`. Rejects if the port is in use. */
export async function startService<Context extends BaseContext>({
  port,
  host = '127.0.0.1',
  shutdownDelayMs = 0,
  logger,
  endpoints,
  trustedProxyHops = 0,
  extraRoutes,
  metrics = noMetrics,
  readinessProblems,
  warnings = () => [],
}: ServiceOptions<Context>): Promise<RunningService> {
  const app = express();
  app.disable('x-powered-by');
  // As in URLs, and so for the endpoints that Express does not serve.
  app.enable('case sensitive routing');
  app.use((_request, response, next) => {
    setHeaders(response, securityHeaders);
    next();
  });
  const direct = new Map<string, RequestListener>();
  const endpointPaths = endpoints.map(({ path }) => path);
  const count = measureRequests(metrics, (path) =>
    endpointPaths.includes(path) ? path : extraRoutes?.routeOf?.(path),
  );
  const {
    server: httpServer,
    isDraining,
    drain,
  } = createDrainingServer(connectionTimeouts, (request, response) => {
    const path = readPath(request);
    count(path, response);
    unread.track(request, response);
    (direct.get(path) ?? app)(request, response);
  });
  const clientOf = (request: IncomingMessage): string => getClientIp(request, trustedProxyHops);
  const countUnread = metrics.counter({
    name: 'http_unread_connections_closed_total',
    help: 'Connections that were closed because their client did not read its responses.',
    labels: [],
  });
  const unread = new UnreadResponses(httpServer, {
    clientOf,
    onClose: () => {
      countUnread({});
    },
  });
  unread.start();

  const findProblems = shareInFlight(readinessProblems);
  // Not that of rejections: a probe may have the address of a client that is limited.
  const probePace = new RejectionPace();
  app.use('/health', async (request, response, next) => {
    await probePace.wait(clientOf(request), response);
    next();
  });
  app.get('/health/live', (_request, response) => response.json({ status: 'ok' }));
  app.get('/health/ready', async (_request, response) => {
    const problems = isDraining() ? ['stopping'] : await findProblems();
    response
      .status(problems.length === 0 ? 200 : 503)
      .json({ status: problems.length === 0 ? 'ok' : 'unavailable', problems, ...warningsField(warnings()) });
  });
  if (extraRoutes) app.use(extraRoutes.router);

  const pace = new RejectionPace();
  const requestPace = new RequestPace();
  const servers = endpoints.map((endpoint) => {
    if (endpoint.handle) {
      const server = createApolloServer(endpoint, logger);
      return { server, listener: endpoint.handle(server), path: endpoint.path };
    }
    const executor = createSchemaExecutor<Context>(endpoint.options.schema);
    const server = createApolloServer(toServerEndpoint(endpoint, executor), logger);
    return {
      server,
      listener: createSchemaEndpoint(endpoint, { server, executor, clientOf, pace, requestPace, logger }),
      path: endpoint.path,
    };
  });
  await Promise.all(servers.map(({ server }) => server.start()));
  for (const { path, listener } of servers) direct.set(path, listener);
  app.use(async (request, response) => {
    await pace.wait(clientOf(request), response);
    const paths = [...(extraRoutes?.paths ?? []), ...endpointPaths, '/health/live', '/health/ready'].join(', ');
    const message = `Not found: ${request.method} ${request.path.slice(0, 100)}. Available: ${paths}.`;
    response.status(404).json({ errors: [{ message, extensions: { code: 'NOT_FOUND' } }] });
  });
  app.use(handleRequestErrors({ clientOf, pace, logger }));

  return {
    port: await listen(httpServer, port, host),
    stop: async () => {
      await drain(shutdownDelayMs);
      await Promise.all(servers.map(({ server }) => server.stop()));
      unread.stop();
    },
  };
}

/** What Apollo Server knows of an endpoint whose operations an executor executes. */
function toServerEndpoint<Context extends BaseContext>(
  { isPublic, options: { schema: _, plugins = [], ...options } }: SchemaEndpoint<Context>,
  executor: SchemaExecutor<Context>,
): ServerEndpoint<Context> {
  return {
    isPublic,
    options: { ...options, gateway: executor.gateway, plugins: [executor.plugin, ...plugins] },
    // What was executed already, and is only formatted, was charged already.
    accountOf: (context) => {
      const request = executor.requestOf(context);
      return request?.executed ? undefined : request?.account;
    },
    requestOf: executor.requestOf,
  };
}

/** Concurrent callers share one call: anyone may request `/health/ready`, and each check takes a connection to the database. */
function shareInFlight<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let call: Promise<Result> | undefined;
  return () =>
    (call ??= work().finally(() => {
      call = undefined;
    }));
}

const warningsField = (warnings: readonly string[]) => (warnings.length > 0 ? { notices: warnings } : {});

/** Responds with one JSON error, not with a page of HTML. */
const handleRequestErrors =
  ({
    clientOf,
    pace,
    logger,
  }: {
    clientOf: (request: IncomingMessage) => string;
    pace: RejectionPace;
    logger: Logger;
  }): ErrorRequestHandler =>
  async (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    if (isClientLimit(error)) await pace.wait(clientOf(request), response);
    sendRequestError(response, error, logger);
  };
