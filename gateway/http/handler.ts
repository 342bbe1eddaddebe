import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

import type { ApolloServer } from '@apollo/server';

import type { Logger } from '../../services/kit/observability/logger.js';
import { newRequestId, parseRequestId, parseTraceparent } from '../../services/kit/observability/trace-context.js';
import { withServerSpan } from '../../services/kit/observability/tracing.js';
import type { Answer } from '../cache/cached-response.js';
import type { Guards } from './rate-limit.js';
import type { GatewayContext } from '../request/request-context.js';
import { type AskOptions, createAsk } from './answer-request.js';
import { clientOf } from './client-ip.js';
import { createHeaders, preflight } from './headers.js';
import { readRequest } from './read-request.js';
import { type RawHeaders, Refusal } from '../request/http-error.js';
import { send, sendAnswer, sendRefusal } from './send-response.js';

export interface DoorOptions extends AskOptions {
  /** What is asked of a single client, and of all at once. Default: nothing. */
  readonly guards?: Guards | undefined;
  /** How many proxies stand before the gateway. Default: none. */
  readonly proxies?: number | undefined;
  /** The origins whose pages may read answers. Default: any. */
  readonly origins?: readonly string[] | undefined;
  /** Where people can ask, as seen from here. Default: nowhere. */
  readonly page?: string | undefined;
  readonly logger: Logger;
}

/**
 * The way into the gateway over HTTP: reads requests and sends what answers them. An answer that is known already goes out
 * from here. Apollo Server is asked for the others only.
 */
export const createDoor =
  (options: DoorOptions) =>
  (server: ApolloServer<GatewayContext>): RequestListener => {
    const { guards, proxies = 0, memory, page, logger } = options;
    const headersOf = createHeaders(options.origins);
    const ask = createAsk(server, options);

    const answer = async (
      request: IncomingMessage,
      response: ServerResponse,
      requestId: string,
    ): Promise<Answer | undefined> => {
      const received = await readRequest(request);
      // Somebody who has left takes nobody's place.
      if (response.destroyed) return undefined;
      guards?.enter(response);
      const kept = memory?.answers.recall(received.bytes);
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
        send(reply(), 204, preflight);
        return;
      }
      if (page !== undefined && isVisit(request)) {
        send(reply(), 303, ['location', page]);
        return;
      }
      try {
        if (guards) headers = [...headers, ...(await guards.count(clientOf(request, proxies)))];
        const found = await answer(request, response, requestId);
        if (found) sendAnswer(reply(), found);
      } catch (error) {
        // What goes wrong when nobody waits any longer is no fault.
        if (response.destroyed) return;
        if (!(error instanceof Refusal)) logger.error({ err: error, requestId }, 'a request failed');
        sendRefusal(reply(), error instanceof Refusal ? error : fault());
      }
    };
    return (request, response) => {
      const caller = parseTraceparent(request.headers['traceparent']);
      withServerSpan(`${methodOf(request)} /graphql`, caller, response, () => void serve(request, response));
    };
  };

/** Somebody opened the address of the graph in a browser, and asks nothing yet. */
const isVisit = ({ method, url = '', headers }: IncomingMessage): boolean =>
  method === 'GET' && !url.includes('?') && (headers.accept ?? '').startsWith('text/html');

/** What a stranger makes up names no span. */
const methodOf = ({ method = '' }: IncomingMessage): string =>
  /^(?:GET|HEAD|POST|OPTIONS)$/.test(method) ? method : '?';

const fault = (): Refusal =>
  new Refusal('This failed here. It has been logged.', { status: 500, code: 'INTERNAL_SERVER_ERROR' });
