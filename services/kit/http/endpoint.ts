import type { IncomingMessage, RequestListener } from 'node:http';

import type { ApolloServer, ApolloServerOptions, BaseContext } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import type { GatewayInterface } from '@apollo/server-gateway-interface';
import compression from 'compression';
import cors from 'cors';
import type { RequestHandler } from 'express';
import type { GraphQLSchema } from 'graphql';
import onHeaders from 'on-headers';

import { type CostAccount, type CostBudget, requestCost } from '../limits/cost-budget.js';
import { ClientBulkheads } from '../limits/client-bulkheads.js';
import { ExecutionSlots } from '../limits/execution-slots.js';
import { Turns } from '../limits/turns.js';
import { createRequestContext, currentRequest, runInContext } from '../observability/request-context.js';
import { createBearerCheck } from '../config/subgraph-secrets.js';
import { parseTraceparent } from '../observability/trace-context.js';
import { withServerSpan } from '../observability/tracing.js';
import { onceClosed } from '../once-closed.js';
import { setHeaders } from './budget-headers.js';
import { parseBody, parseJson, readBody } from './read-body.js';
import { checkNumbers, checkRequestSize } from './request-size.js';

/** A GraphQL endpoint of a process: what it serves, and how its requests are read. */
export type Endpoint<Context extends BaseContext> = ExpressEndpoint<Context> | RawEndpoint<Context>;

interface EndpointBase<Context extends BaseContext> {
  readonly path: string;
  /** Whether it serves all clients, not only the gateway: then operations are limited. */
  readonly isPublic: boolean;
  /** What an operation is charged to. Default: the account of the current request. */
  readonly accountOf?: ((context: Context) => CostAccount | undefined) | undefined;
  readonly options: Pick<
    ApolloServerOptions<Context>,
    'plugins' | 'formatError' | 'validationRules' | 'hideSchemaDetailsFromClientErrors'
  > &
    ({ readonly schema: GraphQLSchema } | { readonly gateway: GatewayInterface });
}

interface ExpressEndpoint<Context extends BaseContext> extends EndpointBase<Context> {
  /** A request must have one of them. Default: none is required. */
  readonly secrets?: readonly string[] | undefined;
  /** Creates the context of each request. An error that it throws is the response. */
  readonly createContext: (request: IncomingMessage) => Context | Promise<Context>;
  /** The cost per minute of each client. Default: it has no limit. */
  readonly budget?: CostBudget | undefined;
  readonly handle?: undefined;
}

interface RawEndpoint<Context extends BaseContext> extends EndpointBase<Context> {
  /** Handles requests without Express, which is too slow for the gateway. */
  readonly handle: (server: ApolloServer<Context>) => RequestListener;
}

/**
 * How many operations a process executes at the same time. It has 16 connections to its database, which clients and the gateway
 * share: clients get few, so that the gateway does not wait for them, and each of them a part.
 */
const publicSlots = { max: 32, maxPerClient: 8, maxWaitingPerClient: 32 } as const;
/** A gateway has 64 connections to a subgraph. There may be several, which all look like one client behind a proxy. */
const subgraphSlots = { max: 256 } as const;

/**
 * An operation has several statements, so eight operations would take all connections, and all processors of the database. The
 * gateway's operations are cheap ones of many clients, and do not wait for each other.
 */
const maxStatementsPerClient = 2;

type ClientOf = (request: IncomingMessage) => string;

/** The middleware of an endpoint, in order. */
export const endpointMiddleware = <Context extends BaseContext>(
  { path, isPublic, secrets, createContext, budget }: ExpressEndpoint<Context>,
  server: ApolloServer<Context>,
  clientOf: ClientOf,
  statements = isPublic ? new ClientBulkheads(maxStatementsPerClient) : undefined,
): RequestHandler[] => [
  // Pages of any origin may send requests to a public endpoint.
  ...(isPublic ? [cors({ exposedHeaders: ['ratelimit', 'ratelimit-policy', 'retry-after', 'x-request-id'] })] : []),
  ...(secrets ? [requireSecret(secrets)] : []),
  (request, response, next) => {
    const parent = isPublic ? undefined : parseTraceparent(request.headers['traceparent']);
    withServerSpan(`${request.method} ${path}`, parent, response, () => {
      const context = createRequestContext(request, response, !isPublic);
      // For users who report a failure.
      response.set('x-request-id', context.requestId);
      context.account = budget?.open(clientOf(request));
      context.statements = statements?.of(clientOf(request));
      runInContext(context, next);
    });
  },
  ...(isPublic ? [chargeRequest, compression(), chargeResponse, readPublicBody(clientOf)] : [readTrustedBody]),
  takeSlot(
    {
      slots: new ExecutionSlots(isPublic ? publicSlots : subgraphSlots),
      turns: isPublic ? new Turns() : undefined,
      clientOf,
    },
    expressMiddleware(server, { context: async ({ req }) => createContext(req) }),
  ),
];

/** Rejects a request of a client that has used up its budget, before its body is read. */
const chargeRequest: RequestHandler = async (_request, response, next) => {
  const account = currentRequest()?.account;
  try {
    await account?.charge(requestCost);
  } finally {
    setHeaders(response, account?.headers() ?? []);
  }
  next();
};

/** Charges for the response before it is compressed: a compressed one took no less work. */
const chargeResponse: RequestHandler = (request, response, next) => {
  const account = currentRequest()?.account;
  if (account && request.method !== 'HEAD')
    // Headers are passed on to the listener that was added last first, so that `compression` has not removed this one yet.
    onHeaders(response, () => {
      account.chargeBytes(Number(response.getHeader('content-length') ?? 0));
    });
  next();
};

const readPublicBody =
  (clientOf: ClientOf): RequestHandler =>
  async (request, _response, next) => {
    request.body = undefined;
    if (request.method === 'POST') {
      const body = await readBody(request, clientOf(request));
      currentRequest()?.account?.chargeBytes(body.length);
      request.body = parseBody(body);
    }
    const { query, variables } = Object(request.body) as { readonly query?: unknown; readonly variables?: unknown };
    checkRequestSize(query, variables);
    checkNumbers(variables);
    next();
  };

/** The gateway sends many representations of entities, and what clients send to it was limited there. */
const readTrustedBody: RequestHandler = async (request, _response, next) => {
  request.body = request.method === 'POST' ? parseJson(await readBody(request)) : undefined;
  next();
};

/** Executes a request in one of the slots, when it is the client's turn. The slot is given back when the response is handed over, and not when it is read. */
const takeSlot =
  (
    { slots, turns, clientOf }: { slots: ExecutionSlots; turns: Turns | undefined; clientOf: ClientOf },
    execute: RequestHandler,
  ): RequestHandler =>
  async (request, response, next) => {
    const client = clientOf(request);
    const slot = slots.take(client);
    if (slot.granted) await slot.granted.finally(onceClosed(response, slot.leave));
    try {
      await turns?.take(client, textLength(request.body));
      await execute(request, response, next);
    } finally {
      slot.leave();
    }
  };

/** How long parsing and validating a request takes, by the length of its text. */
function textLength(body: unknown): number {
  const { query } = Object(body) as { readonly query?: unknown };
  return typeof query === 'string' ? query.length : 0;
}

/** Rejects a request without a secret before its body is read. It is not logged: there can be thousands. */
function requireSecret(secrets: readonly string[]): RequestHandler {
  const hasSecret = createBearerCheck(secrets);
  return (request, response, next) => {
    if (hasSecret(request.headers.authorization)) next();
    else response.status(401).set('www-authenticate', 'Bearer').json(unauthenticated);
  };
}

const unauthenticated = {
  errors: [
    {
      message: 'This endpoint is for the gateway only: send `Authorization: Bearer <secret>`.',
      extensions: { code: 'UNAUTHENTICATED' },
    },
  ],
};
