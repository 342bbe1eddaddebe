import type { IncomingMessage } from 'node:http';

import { parseBody, readBody } from '../../services/kit/http/read-body.js';
import { allowedMethods } from './headers.js';
import { type ParsedRequest, parseBodyParams, parseSearchParams } from '../request/graphql-request.js';
import { HttpError } from '../../services/kit/http-error.js';

/** A request that was received completely, and not parsed yet. */
export interface RawRequest {
  /** All bytes of the request that determine its response. */
  readonly bytes: string;
  /** The content types that the client accepts. */
  readonly accept: string;
  /** Parses it, for requests that are not in the cache. Throws an HttpError when it cannot be parsed. */
  readonly parse: () => ParsedRequest;
}

/** @throws HttpError when the method is not allowed, or the body cannot be read. */
export async function readRequest(request: IncomingMessage, client: string): Promise<RawRequest> {
  const { method = '', url = '', headers } = request;
  const { accept = '' } = headers;
  if (method === 'POST') {
    const body = await readBody(request, client);
    // One character per byte, so that different bodies have different keys.
    return { bytes: `POST ${accept}\n${body.toString('latin1')}`, accept, parse: () => parsePost(parseBody(body)) };
  }
  if (method === 'GET' || method === 'HEAD') {
    const type = headers['content-type'] ?? '';
    return { bytes: `GET ${accept}\n${type}\n${url}`, accept, parse: () => parseGet(url, type) };
  }
  throw new HttpError(`Method not allowed: use GET or POST, and not ${method}.`, {
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
    headers: ['allow', allowedMethods],
  });
}

const parsePost = (body: unknown): ParsedRequest => ({
  httpRequest: { method: 'POST', search: '', body },
  params: parseBodyParams(body),
});

/** A GET request with a content type announces a body, and is malformed. */
function parseGet(url: string, type: string): ParsedRequest {
  const queryStart = url.indexOf('?');
  const search = queryStart === -1 ? '' : url.slice(queryStart);
  return {
    httpRequest: { method: 'GET', search, body: undefined },
    params: type === '' ? parseSearchParams(search) : undefined,
  };
}
