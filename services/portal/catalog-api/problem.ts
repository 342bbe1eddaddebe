import type { ErrorRequestHandler } from 'express';

import { setHeaders } from '../../kit/http/request-error.js';
import { HttpError } from '../../kit/http-error.js';

/** An error of the Open Catalog API. */
export const problem = (status: number, detail: string): HttpError =>
  new HttpError(detail, { status, code: status === 404 ? 'NOT_FOUND' : 'BAD_REQUEST' });

const titles: Readonly<Record<number, string>> = {
  404: 'Not found',
  405: 'Method not allowed',
  422: 'Invalid parameter',
  429: 'Too many requests',
  503: 'Unavailable',
};

/** Sends errors below `/v1` as the Open Catalog API does, those by the limits of a client included: RFC 9457, in JSON. */
export const sendProblem: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (!(error instanceof HttpError) || response.headersSent) {
    next(error);
    return;
  }
  const { status, message, headers } = error;
  setHeaders(response, headers);
  response
    .status(status)
    .type('application/problem+json')
    .json({ title: titles[status] ?? 'Bad request', detail: message, ...(status < 500 ? { status } : {}) });
};
