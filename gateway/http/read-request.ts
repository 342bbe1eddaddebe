import type { IncomingMessage } from 'node:http';

import { parseBody, readBody } from './read-body.js';
import { methods } from './headers.js';
import { type Asked, questionOfBody, questionOfSearch } from '../request/graphql-request.js';
import { Refusal } from '../request/http-error.js';

/** A request that has come in whole. */
export interface Received {
  /** The same for requests that came in the same bytes, as far as these decide on the answer. */
  readonly bytes: string;
  /** Which forms of an answer the client takes. */
  readonly accept: string;
  /** Reads it, if that has to be. Throws a Refusal when it cannot be read. */
  readonly read: () => Asked;
}

/** @throws Refusal when nothing can be asked in this way. */
export async function readRequest(request: IncomingMessage): Promise<Received> {
  const { method = '', url = '', headers } = request;
  const { accept = '' } = headers;
  if (method === 'POST') {
    const body = await readBody(request);
    // One letter for each byte, so that no two bodies look alike.
    return { bytes: `POST ${accept}\n${body.toString('latin1')}`, accept, read: () => readPost(parseBody(body)) };
  }
  if (method === 'GET' || method === 'HEAD') {
    const type = headers['content-type'] ?? '';
    return { bytes: `GET ${accept}\n${type}\n${url}`, accept, read: () => readGet(url, type) };
  }
  throw new Refusal(`Ask by POST or GET; ${method} is neither.`, {
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
    headers: ['allow', methods],
  });
}

const readPost = (body: unknown): Asked => ({
  form: { method: 'POST', search: '', body },
  question: questionOfBody(body),
});

/** A question in the address of a request that announces a body is malformed. */
function readGet(url: string, type: string): Asked {
  const mark = url.indexOf('?');
  const search = mark === -1 ? '' : url.slice(mark);
  return {
    form: { method: 'GET', search, body: undefined },
    question: type === '' ? questionOfSearch(search) : undefined,
  };
}
