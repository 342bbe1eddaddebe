import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

import type { ApolloServer, BaseContext } from '@apollo/server';
import cors from 'cors';

import { createBearerCheck } from '../config/subgraph-secrets.js';
import { parseJsonTexts, toJsonLine } from '../graphql/json-text.js';
import { checkCost } from '../graphql/operation-limits.js';
import { HttpError, isClientLimit } from '../http-error.js';
import { ClientBulkheads } from '../limits/client-bulkheads.js';
import { requestCost } from '../limits/cost-budget.js';
import { ExecutionSlots } from '../limits/execution-slots.js';
import { isRejection, type RejectionPace } from '../limits/rejection-pace.js';
import type { RequestPace } from '../limits/request-pace.js';
import { Turns } from '../limits/turns.js';
import type { Logger } from '../observability/logger.js';
import { createRequestContext, type RequestContext } from '../observability/request-context.js';
import { parseTraceparent } from '../observability/trace-context.js';
import { withServerSpan } from '../observability/tracing.js';
import { onceClosed } from '../once-closed.js';
import type { SchemaEndpoint } from './endpoint.js';
import { executeWithApollo } from './execute-with-apollo.js';
import { type GraphQLRequest, readGraphQLRequest, toParams } from './graphql-request.js';
import { RememberedHeaders } from './remembered-headers.js';
import { securityHeaders, sendRequestError, setHeaders } from './request-error.js';
import type { SchemaExecutor } from './schema-executor.js';
import { type EndpointResponse, sendEndpointResponse } from './send-endpoint-response.js';

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

/** Pages of any origin may send requests to a public endpoint. */
const allowAnyOrigin = cors({ exposedHeaders: ['ratelimit', 'ratelimit-policy', 'retry-after', 'x-request-id'] });

export interface SchemaEndpointOptions<Context extends BaseContext> {
  readonly server: ApolloServer<Context>;
  readonly executor: SchemaExecutor<Context>;
  readonly clientOf: (request: IncomingMessage) => string;
  /** Delays the responses to a client that exceeds its limits, or sends requests without a cost, again and again. */
  readonly pace: RejectionPace;
  /** Delays the requests of a client of a public endpoint while others, such as the gateway, are present. */
  readonly requestPace: RequestPace;
  readonly logger: Logger;
}

/** A request that is being served. */
interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly client: string;
  readonly context: RequestContext;
}

/**
 * Serves an endpoint. Operations that Apollo Server has validated before are executed without it: it would parse, look up and wrap
 * for each request what does not change between them. Those with errors still go through it, so that all are formatted in one place.
 */
export function createSchemaEndpoint<Context extends BaseContext>(
  { path, isPublic, secrets, createContext, budget }: SchemaEndpoint<Context>,
  { server, executor, clientOf, pace, requestPace, logger }: SchemaEndpointOptions<Context>,
): RequestListener {
  const hasSecret = secrets ? createBearerCheck(secrets) : () => true;
  const slots = new ExecutionSlots(isPublic ? publicSlots : subgraphSlots);
  const turns = isPublic ? new Turns() : undefined;
  const statements = isPublic ? new ClientBulkheads(maxStatementsPerClient) : undefined;
  const headers = new RememberedHeaders();

  /** Null: Apollo Server has to respond. */
  const executeKnown = async (
    received: GraphQLRequest,
    exchange: Exchange,
    context: Context,
  ): Promise<EndpointResponse | null> => {
    const params = toParams(received);
    const known = params && executor.find(params.query, params.operationName);
    const successHeaders = known && headers.get(received.accept);
    if (!known || !successHeaders) return null;
    const { account } = exchange.context;
    if (isPublic) {
      const cost = checkCost({ ...known, variables: params.variables });
      if (typeof cost !== 'number') return null;
      // What is rejected is not charged, so Apollo Server may charge it again, and be rejected.
      if (account && !(await account.chargeOperation(cost).then(...isFulfilled))) return null;
    }
    const result = await executor.execute(known, params.variables, context, true);
    if (!result.errors) return { status: 200, headers: successHeaders, body: toJsonLine(result) };
    exchange.context.executed = result.data ? { ...result, data: parseJsonTexts(result.data) } : result;
    return null;
  };

  /** An error is formatted by Apollo Server. */
  const createContextOf = async ({
    request,
    context,
  }: Exchange): Promise<{ created: Context } | { error: unknown }> => {
    try {
      const created = await createContext(request, context);
      executor.begin(created, context);
      return { created };
    } catch (error) {
      return { error };
    }
  };

  const execute = async (received: GraphQLRequest, exchange: Exchange): Promise<EndpointResponse> => {
    const context = await createContextOf(exchange);
    if ('created' in context) {
      const executed = await executeKnown(received, exchange, context.created);
      if (executed) return executed;
    }
    // Parsing and validating take milliseconds, which add up if one client sends many texts at once.
    await turns?.take(exchange.client, received.textLength);
    const response = await executeWithApollo(server, received, exchange.request.headers, () =>
      'created' in context ? Promise.resolve(context.created) : Promise.reject(context.error as Error),
    );
    headers.remember(received.accept, response);
    return { ...response, body: response.text };
  };

  const serve = async (exchange: Exchange): Promise<void> => {
    const { request, response, client, context } = exchange;
    const { account } = context;
    try {
      if (account) {
        await account.charge(requestCost);
        await requestPace.wait(client, response);
      } else requestPace.see(client);
      const received = await readGraphQLRequest(request, isPublic ? client : undefined, account);
      // A client that has disconnected takes no slot.
      if (request.socket.destroyed) return;
      const slot = slots.take(client);
      if (slot.granted) await slot.granted.finally(onceClosed(response, slot.leave));
      const executed = await execute(received, exchange).finally(slot.leave);
      if (account && isRejection(executed.status)) await pace.wait(client, response);
      if (account) setHeaders(response, [...account.headers(), ...(account.rejection?.headers ?? [])]);
      const bytes = await sendEndpointResponse(request, response, executed, isPublic);
      account?.chargeBytes(bytes);
    } catch (error) {
      // An error after the client has disconnected is not a fault.
      if (request.socket.destroyed) return;
      if (isClientLimit(error)) await pace.wait(client, response);
      if (account) setHeaders(response, account.headers());
      sendRequestError(response, error, logger, context);
    }
  };

  const accept: RequestListener = (request, response) => {
    if (!hasSecret(request.headers.authorization)) {
      sendRequestError(response, unauthenticated(), logger);
      return;
    }
    const parent = isPublic ? undefined : parseTraceparent(request.headers['traceparent']);
    withServerSpan(`${request.method ?? ''} ${path}`, parent, response, () => {
      const client = clientOf(request);
      const context = createRequestContext(request, response, !isPublic);
      // For users who report a failure.
      response.setHeader('x-request-id', context.requestId);
      context.account = budget?.open(client);
      context.statements = statements?.of(client);
      void serve({ request, response, client, context });
    });
  };

  return (request, response) => {
    setHeaders(response, securityHeaders);
    if (!isPublic) {
      accept(request, response);
      return;
    }
    const acceptFromAnyOrigin = (): void => {
      allowAnyOrigin(request, response, () => {
        accept(request, response);
      });
    };
    // Preflight requests have no budget.
    const paced = request.method === 'OPTIONS' ? pace.wait(clientOf(request), response) : undefined;
    if (paced) void paced.then(acceptFromAnyOrigin);
    else acceptFromAnyOrigin();
  };
}

const isFulfilled = [() => true, () => false] as const;

/** Not logged: there can be thousands. */
const unauthenticated = (): HttpError =>
  new HttpError('This endpoint is for the gateway only: send `Authorization: Bearer <secret>`.', {
    status: 401,
    code: 'UNAUTHENTICATED',
    headers: ['www-authenticate', 'Bearer'],
  });
