import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

import type { ApolloServer } from '@apollo/server';

import { HttpError, isClientLimit } from '../../services/kit/http-error.js';
import { getClientIp } from '../../services/kit/limits/client-ip.js';
import { type CostAccount, type CostBudget, requestCost } from '../../services/kit/limits/cost-budget.js';
import { isRejection, RejectionPace } from '../../services/kit/limits/rejection-pace.js';
import { RequestPace } from '../../services/kit/limits/request-pace.js';
import type { Logger } from '../../services/kit/observability/logger.js';
import { newRequestId, parseRequestId, parseTraceparent } from '../../services/kit/observability/trace-context.js';
import { withServerSpan } from '../../services/kit/observability/tracing.js';
import { onceClosed } from '../../services/kit/once-closed.js';
import type { GraphQLResponse } from '../cache/graphql-response.js';
import type { GatewayContext } from '../request/request-context.js';
import { createResponseHeaders, preflightHeaders } from './headers.js';
import { readRequest } from './read-request.js';
import { createRequestHandler, type RequestHandlerOptions } from './request-handler.js';
import { send, sendError, sendResponse } from './send-response.js';

export interface HttpHandlerOptions extends RequestHandlerOptions {
  /** The cost per minute of each client. Default: it has no limit. */
  readonly budget?: CostBudget | undefined;
  /** How many reverse proxies are in front of the gateway. Default: none. */
  readonly trustedProxyHops?: number | undefined;
  /** The origins whose pages may read responses. Default: any. */
  readonly corsOrigins?: readonly string[] | undefined;
  /** The playground, relative to this endpoint. Default: there is none. */
  readonly playgroundPath?: string | undefined;
  readonly logger: Logger;
}

/** A request, and the response to it. */
interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/**
 * Serves GraphQL over HTTP: applies limits, reads requests, and sends responses and errors. A response that is in the cache
 * is sent from here; the request handler is called for all others.
 */
export const createHttpHandler =
  (options: HttpHandlerOptions) =>
  (server: ApolloServer<GatewayContext>): RequestListener => {
    const { budget, trustedProxyHops = 0, cache, playgroundPath, logger } = options;
    const createHeaders = createResponseHeaders(options.corsOrigins);
    const handleRequest = createRequestHandler(server, options);
    const pace = new RejectionPace();
    const requestPace = budget && new RequestPace();

    const getResponse = async (
      { request, response }: Exchange,
      requestId: string,
      client: string,
      account: CostAccount | undefined,
    ): Promise<GraphQLResponse | undefined> => {
      const rawRequest = await readRequest(request, client);
      account?.chargeBytes(rawRequest.bytes.length);
      // A client that has disconnected takes no slot.
      if (request.socket.destroyed) return undefined;
      const cached = cache?.responses.getByBytes(rawRequest.bytes);
      if (cached) return cached;
      const source = { headers: request.headers, requestId, client, account, leave: () => undefined };
      const stopListening = onceClosed(response, () => {
        source.leave();
      });
      try {
        return await handleRequest(rawRequest, source);
      } finally {
        stopListening();
      }
    };

    const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const requestId = parseRequestId(request.headers['x-request-id']) ?? newRequestId();
      const headers = createHeaders(request, requestId);
      const pending = { request, response, headers };
      const client = getClientIp(request, trustedProxyHops);
      if (request.method === 'OPTIONS') {
        await pace.wait(client, response);
        send(pending, 204, preflightHeaders);
        return;
      }
      if (playgroundPath !== undefined && isBrowserVisit(request)) {
        await pace.wait(client, response);
        send(pending, 303, ['location', toPlayground(playgroundPath, request)]);
        return;
      }
      const account = budget?.open(client);
      try {
        if (account) await account.charge(requestCost);
        await requestPace?.wait(client, response);
        const result = await getResponse(pending, requestId, client, account);
        if (account && result && isRejection(result.status)) await pace.wait(client, response);
        if (account) headers.push(...account.headers());
        if (!result) return;
        const sentBytes = await sendResponse(pending, result);
        account?.chargeBytes(sentBytes);
      } catch (error) {
        // An error after the client has disconnected is not a fault.
        if (request.socket.destroyed) return;
        if (!(error instanceof HttpError)) logger.error({ err: error, requestId }, 'a request failed');
        if (isClientLimit(error)) await pace.wait(client, response);
        if (account) headers.push(...account.headers());
        sendError(pending, error instanceof HttpError ? error : internalError());
      }
    };

    return (request, response) => {
      const parent = parseTraceparent(request.headers['traceparent']);
      withServerSpan(`${toSpanMethod(request)} /graphql`, parent, response, () => void serve(request, response));
    };
  };

/** Whether a person opened the address of the endpoint in a browser. The playground shows the operation in the address. */
const isBrowserVisit = ({ method, headers }: IncomingMessage): boolean =>
  method === 'GET' && (headers.accept ?? '').startsWith('text/html');

/** The address of the playground with the query in a request. With a trailing slash, an address is one level deeper. */
function toPlayground(playgroundPath: string, { url = '' }: IncomingMessage): string {
  const [path = '', ...search] = url.split(/(?=\?)/);
  return (path.endsWith('/') ? `../${playgroundPath}` : playgroundPath) + search.join('');
}

/** A method that a client made up does not become the name of a span. */
const toSpanMethod = ({ method = '' }: IncomingMessage): string =>
  /^(?:GET|HEAD|POST|OPTIONS)$/.test(method) ? method : '?';

const internalError = (): HttpError =>
  new HttpError('Internal error. It has been logged.', { status: 500, code: 'INTERNAL_SERVER_ERROR' });
