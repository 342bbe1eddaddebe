import type { IncomingMessage, ServerResponse } from 'node:http';

import fresh from 'fresh';

import { type GraphQLResponse, toCacheHeaders, getEtag } from '../cache/graphql-response.js';
import { chooseContentCoding } from '../../services/kit/http/content-coding.js';
import { compressBody, isCompressible } from '../../services/kit/http/compress-body.js';
import { toErrorBody, type RawHeaders, type HttpError } from '../../services/kit/http-error.js';

/** A response that is not sent yet, its request, and the headers that it has in any case. */
export interface PendingResponse {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly headers: RawHeaders;
}

/**
 * Sends a response, compressed if its client accepts that, or status 304 if the client has it already. Only GET and HEAD get
 * an ETag: POST has no conditional requests.
 *
 * @returns the size of the body that was sent.
 */
export async function sendResponse(pending: PendingResponse, result: GraphQLResponse): Promise<number> {
  const { method = '', headers } = pending.request;
  const cacheHeaders = toCacheHeaders(result, Date.now());
  const coding = isCompressible(result.body) ? chooseContentCoding(headers['accept-encoding']) : undefined;
  if (result.isCacheable && (method === 'GET' || method === 'HEAD')) {
    const etag = getEtag(result, coding);
    cacheHeaders.push('etag', etag);
    if (fresh({ 'if-none-match': headers['if-none-match'] }, { etag })) {
      send(pending, 304, cacheHeaders);
      return 0;
    }
  }
  const body = coding ? await compressBody(result.body, coding) : result.body;
  const codingHeaders = coding ? ['content-encoding', coding] : [];
  send(pending, result.status, [...result.headers, ...cacheHeaders, ...codingHeaders], body);
  return method === 'HEAD' ? 0 : body.length;
}

export function sendError(pending: PendingResponse, error: HttpError): void {
  const headers = ['content-type', 'application/json; charset=utf-8', 'cache-control', 'no-store', ...error.headers];
  send(pending, error.status, headers, toErrorBody(error));
}

/** Sends a response, if the client is still connected. */
export function send({ response, headers }: PendingResponse, status: number, more: RawHeaders, body?: Buffer): void {
  if (response.destroyed || response.headersSent) return;
  const length = body ? ['content-length', String(body.length)] : [];
  response.writeHead(status, [...headers, ...more, ...length]);
  // Node writes a text and the headers as one chunk, and a buffer as one of its own, which takes longer.
  if (body && body.length <= shortBodyBytes) response.end(body.toString('latin1'), 'latin1');
  else response.end(body);
}

const shortBodyBytes = 8 * 1024;
