import type { ServerResponse } from 'node:http';

import { HttpError, type RawHeaders, toErrorBody } from '../http-error.js';
import type { Logger } from '../observability/logger.js';
import { type RequestContext, toLogIds } from '../observability/request-context.js';

/** Responses are not pages, unless their route sets other headers. */
export const securityHeaders: RawHeaders = [
  'content-security-policy',
  "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy',
  'no-referrer',
  'x-content-type-options',
  'nosniff',
];

/** Sets headers of a response. */
export function setHeaders(response: ServerResponse, headers: RawHeaders): void {
  for (let index = 0; index + 1 < headers.length; index += 2)
    response.setHeader(headers[index] ?? '', headers[index + 1] ?? '');
}

/** Responds with one JSON error, not with a page of HTML. An unexpected error is logged. */
export function sendRequestError(
  response: ServerResponse,
  error: unknown,
  logger: Logger,
  request?: RequestContext,
): void {
  const rejection = error instanceof HttpError ? error : toHttpError(error as { status?: number });
  if (rejection.status === 500) logger.error({ err: error, ...toLogIds(request) }, 'a request failed');
  const body = toErrorBody(rejection);
  setHeaders(response, [...rejection.headers, 'content-type', 'application/json; charset=utf-8']);
  response.setHeader('content-length', body.length);
  response.statusCode = rejection.status;
  response.end(body);
}

/** What a client may know of an error. Those of Express state a status. */
export const toHttpError = ({ status = 500 }: { readonly status?: number }): HttpError =>
  status < 500
    ? new HttpError('The request could not be read.', { status, code: 'BAD_REQUEST' })
    : new HttpError('Internal error. It has been logged.', { status: 500, code: 'INTERNAL_SERVER_ERROR' });
