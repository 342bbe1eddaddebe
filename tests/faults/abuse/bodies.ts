import { gzipSync } from 'node:zlib';

import { type Abuse, bodyOf, type Refusal, times } from './abuse.js';

const unreadable = (status: number): Refusal => ({ status, code: 'BAD_REQUEST' });
const hello = bodyOf('{ __typename }');

/** Some of it is large, and always the same. */
function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => (made ??= make());
}

/** HTTP itself, and what is no GraphQL. */
export const bodies: readonly Abuse[] = [
  { name: 'no JSON', body: () => '{"query":"{ denmark', refusal: unreadable(400) },
  { name: 'brackets without end', body: () => '['.repeat(900_000), refusal: unreadable(400) },
  { name: 'a batch', body: () => `[${times(100, () => `${hello()},`)}${hello()}]`, refusal: unreadable(400) },
  {
    name: 'bytes that are no UTF-8',
    body: () => Buffer.concat([Buffer.from('{"query":"{ '), Buffer.alloc(1_000, 0xff), Buffer.from(' }"}')]),
    refusal: unreadable(400),
  },
  {
    name: 'fifty megabytes of nothing, zipped',
    headers: { 'content-encoding': 'gzip' },
    body: once(() => gzipSync(Buffer.alloc(50_000_000, ' '))),
    refusal: { ...unreadable(413), limit: 'bytes' },
  },
  {
    name: 'headers without end',
    headers: Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`x-${index}`, 'x'])),
    body: hello,
    refusal: { status: 431 },
  },
  {
    name: 'an address of 100,000 letters',
    method: 'GET',
    path: `/graphql?query=${'a'.repeat(100_000)}`,
    refusal: { status: 431 },
  },
];
