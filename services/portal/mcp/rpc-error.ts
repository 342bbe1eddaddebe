import type { ErrorRequestHandler } from 'express';

import { setHeaders } from '../../kit/http/request-error.js';
import { HttpError } from '../../kit/http-error.js';

/** Codes of JSON-RPC 2.0: the body is not JSON, and any other error of a server. */
const [parseError, serverError] = [-32_700, -32_000];

/** Sends an error to a client of MCP in the form of JSON-RPC, by which the response of a message is read. A GET is not a message. */
export const sendRpcError: ErrorRequestHandler = (error: unknown, request, response, next) => {
  if (!(error instanceof HttpError) || response.headersSent || request.method !== 'POST') {
    next(error);
    return;
  }
  const { status, code, message, headers, exceeded } = error;
  setHeaders(response, headers);
  response.status(status).json({
    jsonrpc: '2.0',
    id: null,
    error: { code: status === 400 ? parseError : serverError, message, data: { code, ...exceeded } },
  });
};
