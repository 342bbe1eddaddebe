import { gzipSync } from 'node:zlib';

import { type Abuse, requestBody, type Rejection, times } from './abuse.js';

const unreadable = (status: number): Rejection => ({ status, code: 'BAD_REQUEST' });
const tooMany: Rejection = { status: 400, code: 'QUERY_TOO_LARGE', limit: 'values' };
const hello = requestBody('{ __typename }');

/** Creates a large value once. */
function once<Value>(create: () => Value): () => Value {
  let value: Value | undefined;
  return () => (value ??= create());
}

/** Invalid HTTP requests, and bodies that are not GraphQL requests. */
export const bodies: readonly Abuse[] = [
  { name: 'a body that is not JSON', body: () => '{"query":"{ denmark', rejection: unreadable(400) },
  { name: 'endless brackets', body: () => '['.repeat(900_000), rejection: tooMany },
  {
    name: 'a batch of requests',
    body: () => `[${times(100, () => `${hello()},`)}${hello()}]`,
    rejection: unreadable(400),
  },
  {
    name: 'bytes that are not UTF-8',
    body: () => Buffer.concat([Buffer.from('{"query":"{ '), Buffer.alloc(1_000, 0xff), Buffer.from(' }"}')]),
    rejection: unreadable(400),
  },
  {
    name: 'fifty megabytes of spaces, zipped',
    headers: { 'content-encoding': 'gzip' },
    body: once(() => gzipSync(Buffer.alloc(50_000_000, ' '))),
    rejection: { ...unreadable(413), limit: 'bytes' },
  },
  {
    name: 'three thousand headers',
    headers: Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`x-${index}`, 'x'])),
    body: hello,
    rejection: { status: 431 },
  },
  {
    name: 'a URL of 100,000 letters',
    method: 'GET',
    path: `/graphql?query=${'a'.repeat(100_000)}`,
    rejection: { status: 431 },
  },
];
