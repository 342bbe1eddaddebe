import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

import type { ApolloServer } from '@apollo/server';

import type { Logger } from '../../services/kit/observability/logger.js';
import { newRequestId, parseRequestId, parseTraceparent } from '../../services/kit/observability/trace-context.js';
import { withServerSpan } from '../../services/kit/observability/tracing.js';
import type { GraphQLResponse } from '../cache/graphql-response.js';
import { HttpError, type RawHeaders } from '../../services/kit/http-error.js';
import type { GatewayContext } from '../request/request-context.js';
import { getClientIp } from '../../services/kit/limits/client-ip.js';
import { createResponseHeaders, preflightHeaders } from './headers.js';
import { readRequest } from './read-request.js';
import { createRequestHandler, type RequestHandlerOptions } from './request-handler.js';
import type { RequestLimits } from './request-limits.js';
import { send, sendError, sendResponse } from './send-response.js';

export interface HttpHandlerOptions extends RequestHandlerOptions {
  /** Limits per client and for all clients. Default: none. */
  readonly limits?: RequestLimits | undefined;
  /** How many reverse proxies are in front of the gateway. Default: none. */
  readonly trustedProxyHops?: number | undefined;
  /** The origins whose pages may read responses. Default: any. */
  readonly corsOrigins?: readonly string[] | undefined;
  /** The playground, relative to this endpoint. Default: there is none. */
  readonly playgroundPath?: string | undefined;
  readonly logger: Logger;
}

/**
 * Serves GraphQL over HTTP: applies limits, reads requests, and sends responses and errors. A response that is in the cache
 * is sent from here; the request handler is called for all others.
 */
export const createHttpHandler =
  (options: HttpHandlerOptions) =>
  (server: ApolloServer<GatewayContext>): RequestListener => {
    const { limits, trustedProxyHops = 0, cache, playgroundPath, logger } = options;
    const createHeaders = createResponseHeaders(options.corsOrigins);
    const handleRequest = createRequestHandler(server, options);

    const getResponse = async (
      request: IncomingMessage,
      response: ServerResponse,
      requestId: string,
    ): Promise<GraphQLResponse | undefined> => {
      const rawRequest = await readRequest(request);
      // A client that has disconnected takes no place.
      if (response.destroyed) return undefined;
      limits?.admit(response);
      const cached = cache?.responses.getByBytes(rawRequest.bytes);
      if (cached) return cached;
      const { result, leave } = handleRequest(rawRequest, { headers: request.headers, requestId });
      response.once('close', leave);
      return result.finally(() => response.off('close', leave));
    };

    const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const requestId = parseRequestId(request.headers['x-request-id']) ?? newRequestId();
      let headers: RawHeaders = createHeaders(request, requestId);
      const pending = () => ({ request, response, headers });
      if (request.method === 'OPTIONS') {
        send(pending(), 204, preflightHeaders);
        return;
      }
      if (playgroundPath !== undefined && isBrowserVisit(request)) {
        send(pending(), 303, ['location', playgroundPath]);
        return;
      }
      try {
        if (limits) headers = [...headers, ...(await limits.countRequest(getClientIp(request, trustedProxyHops)))];
        const result = await getResponse(request, response, requestId);
        if (result) sendResponse(pending(), result);
      } catch (error) {
        // An error after the client has disconnected is not a fault.
        if (response.destroyed) return;
        if (!(error instanceof HttpError)) logger.error({ err: error, requestId }, 'a request failed');
        sendError(pending(), error instanceof HttpError ? error : internalError());
      }
    };

    return (request, response) => {
      const parent = parseTraceparent(request.headers['traceparent']);
      withServerSpan(`${toSpanMethod(request)} /graphql`, parent, response, () => void serve(request, response));
    };
  };

/** Whether a person opened the address of the endpoint in a browser, without a query. */
const isBrowserVisit = ({ method, url = '', headers }: IncomingMessage): boolean =>
  method === 'GET' && !url.includes('?') && (headers.accept ?? '').startsWith('text/html');

/** A method that a client made up does not become the name of a span. */
const toSpanMethod = ({ method = '' }: IncomingMessage): string =>
  /^(?:GET|HEAD|POST|OPTIONS)$/.test(method) ? method : '?';

const internalError = (): HttpError =>
  new HttpError('Internal error. It has been logged.', { status: 500, code: 'INTERNAL_SERVER_ERROR' });
