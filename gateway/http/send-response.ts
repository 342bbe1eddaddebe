import type { IncomingMessage, ServerResponse } from 'node:http';

import { type GraphQLResponse, toCacheHeaders, getEtag } from '../cache/cached-response.js';
import { toErrorBody, type RawHeaders, type HttpError } from '../request/http-error.js';

/** A response on its way: the request that it answers, and the headers that it has anyway. */
export interface PendingResponse {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly headers: RawHeaders;
}

/** Sends an answer, or that the client has it already. Its name is for those who read: nobody can ask for less by posting. */
export function sendResponse(reply: PendingResponse, answer: GraphQLResponse): void {
  const { method = '', headers } = reply.request;
  const caching = toCacheHeaders(answer, Date.now());
  if (answer.isCacheable && (method === 'GET' || method === 'HEAD')) {
    const etag = getEtag(answer);
    caching.push('etag', etag);
    if (names(headers['if-none-match'], etag)) {
      send(reply, 304, caching);
      return;
    }
  }
  send(reply, answer.status, [...answer.headers, ...caching], answer.body);
}

export function sendError(reply: PendingResponse, refusal: HttpError): void {
  const headers = ['content-type', 'application/json; charset=utf-8', 'cache-control', 'no-store', ...refusal.headers];
  send(reply, refusal.status, headers, toErrorBody(refusal));
}

/** Sends a response at once, if the client is still there. */
export function send({ response, headers }: PendingResponse, status: number, more: RawHeaders, body?: Buffer): void {
  if (response.destroyed || response.headersSent) return;
  const length = body ? ['content-length', String(body.length)] : [];
  response.writeHead(status, [...headers, ...more, ...length]);
  response.end(body);
}

/** Whether a client has the body of this name. */
function names(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const known = ifNoneMatch.split(',').map((name) => name.trim().replace(/^W\//, ''));
  return known.includes(etag) || known.includes('*');
}
