import type { Response } from 'express';

import { setHeaders } from '../../kit/http/request-error.js';
import { HttpError } from '../../kit/http-error.js';

/** An error of the Open Catalog API. */
export const problem = (status: number, detail: string): HttpError =>
  new HttpError(detail, { status, code: status === 404 ? 'NOT_FOUND' : 'BAD_REQUEST' });

/** Sends an error as the Open Catalog API does: RFC 9457, in JSON. */
export function sendProblem(response: Response, { status, message, headers }: HttpError): void {
  setHeaders(response, headers);
  const titles: Readonly<Record<number, string>> = { 404: 'Not found', 422: 'Invalid parameter', 503: 'Unavailable' };
  response
    .status(status)
    .type('application/problem+json')
    .json({ title: titles[status] ?? 'Bad request', detail: message, ...(status < 500 ? { status } : {}) });
}
