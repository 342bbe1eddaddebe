import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

import type { ApolloServer } from '@apollo/server';

import type { Logger } from '../../services/kit/observability/logger.js';
import { newRequestId, parseRequestId, parseTraceparent } from '../../services/kit/observability/trace-context.js';
import { withServerSpan } from '../../services/kit/observability/tracing.js';
import type { GraphQLResponse } from '../cache/cached-response.js';
import type { RequestLimits } from './rate-limit.js';
import type { GatewayContext } from '../request/request-context.js';
import { type RequestHandlerOptions, createRequestHandler } from './answer-request.js';
import { getClientIp } from './client-ip.js';
import { createResponseHeaders, preflightHeaders } from './headers.js';
import { readRequest } from './read-request.js';
import { type RawHeaders, HttpError } from '../request/http-error.js';
import { send, sendResponse, sendError } from './send-response.js';

export interface HttpHandlerOptions extends RequestHandlerOptions {
  /** What is asked of a single client, and of all at once. Default: nothing. */
  readonly limits?: RequestLimits | undefined;
  /** How many proxies stand before the gateway. Default: none. */
  readonly trustedProxyHops?: number | undefined;
  /** The origins whose pages may read answers. Default: any. */
  readonly corsOrigins?: readonly string[] | undefined;
  /** Where people can ask, as seen from here. Default: nowhere. */
  readonly playgroundPath?: string | undefined;
  readonly logger: Logger;
}

/**
 * The way into the gateway over HTTP: reads requests and sends what answers them. An answer that is known already goes out
 * from here. Apollo Server is asked for the others only.
 */
export const createHttpHandler =
  (options: HttpHandlerOptions) =>
  (server: ApolloServer<GatewayContext>): RequestListener => {
    const { limits: guards, trustedProxyHops: proxies = 0, cache: memory, playgroundPath: page, logger } = options;
    const headersOf = createResponseHeaders(options.corsOrigins);
    const ask = createRequestHandler(server, options);

    const answer = async (
      request: IncomingMessage,
      response: ServerResponse,
      requestId: string,
    ): Promise<GraphQLResponse | undefined> => {
      const received = await readRequest(request);
      // Somebody who has left takes nobody's place.
      if (response.destroyed) return undefined;
      guards?.admit(response);
      const kept = memory?.responses.getByBytes(received.bytes);
      if (kept) return kept;
      const { result, leave } = ask(received, { headers: request.headers, requestId });
      response.once('close', leave);
      return result.finally(() => response.off('close', leave));
    };

    const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const requestId = parseRequestId(request.headers['x-request-id']) ?? newRequestId();
      let headers: RawHeaders = headersOf(request, requestId);
      const reply = () => ({ request, response, headers });
      if (request.method === 'OPTIONS') {
        send(reply(), 204, preflightHeaders);
        return;
      }
      if (page !== undefined && isBrowserVisit(request)) {
        send(reply(), 303, ['location', page]);
        return;
      }
      try {
        if (guards) headers = [...headers, ...(await guards.countRequest(getClientIp(request, proxies)))];
        const found = await answer(request, response, requestId);
        if (found) sendResponse(reply(), found);
      } catch (error) {
        // What goes wrong when nobody waits any longer is no fault.
        if (response.destroyed) return;
        if (!(error instanceof HttpError)) logger.error({ err: error, requestId }, 'a request failed');
        sendError(reply(), error instanceof HttpError ? error : internalError());
      }
    };
    return (request, response) => {
      const caller = parseTraceparent(request.headers['traceparent']);
      withServerSpan(`${toSpanMethod(request)} /graphql`, caller, response, () => void serve(request, response));
    };
  };

/** Somebody opened the address of the graph in a browser, and asks nothing yet. */
const isBrowserVisit = ({ method, url = '', headers }: IncomingMessage): boolean =>
  method === 'GET' && !url.includes('?') && (headers.accept ?? '').startsWith('text/html');

/** What a stranger makes up names no span. */
const toSpanMethod = ({ method = '' }: IncomingMessage): string =>
  /^(?:GET|HEAD|POST|OPTIONS)$/.test(method) ? method : '?';

const internalError = (): HttpError =>
  new HttpError('This failed here. It has been logged.', { status: 500, code: 'INTERNAL_SERVER_ERROR' });
