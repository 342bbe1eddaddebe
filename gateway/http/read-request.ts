import type { IncomingMessage } from 'node:http';

import { parseBody, readBody } from './read-body.js';
import { allowedMethods } from './headers.js';
import { type ParsedRequest, parseBodyParams, parseSearchParams } from '../request/graphql-request.js';
import { HttpError } from '../request/http-error.js';

/** A request that has come in whole. */
export interface RawRequest {
  /** The same for requests that came in the same bytes, as far as these decide on the answer. */
  readonly bytes: string;
  /** Which forms of an answer the client takes. */
  readonly accept: string;
  /** Reads it, if that has to be. Throws a Refusal when it cannot be read. */
  readonly parse: () => ParsedRequest;
}

/** @throws HttpError when nothing can be asked in this way. */
export async function readRequest(request: IncomingMessage): Promise<RawRequest> {
  const { method = '', url = '', headers } = request;
  const { accept = '' } = headers;
  if (method === 'POST') {
    const body = await readBody(request);
    // One letter for each byte, so that no two bodies look alike.
    return { bytes: `POST ${accept}\n${body.toString('latin1')}`, accept, parse: () => parsePost(parseBody(body)) };
  }
  if (method === 'GET' || method === 'HEAD') {
    const type = headers['content-type'] ?? '';
    return { bytes: `GET ${accept}\n${type}\n${url}`, accept, parse: () => parseGet(url, type) };
  }
  throw new HttpError(`Ask by POST or GET; ${method} is neither.`, {
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
    headers: ['allow', allowedMethods],
  });
}

const parsePost = (body: unknown): ParsedRequest => ({
  httpRequest: { method: 'POST', search: '', body },
  params: parseBodyParams(body),
});

/** A question in the address of a request that announces a body is malformed. */
function parseGet(url: string, type: string): ParsedRequest {
  const mark = url.indexOf('?');
  const search = mark === -1 ? '' : url.slice(mark);
  return {
    httpRequest: { method: 'GET', search, body: undefined },
    params: type === '' ? parseSearchParams(search) : undefined,
  };
}
