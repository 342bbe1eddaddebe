import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

import { fetch } from 'undici';

import { openTestDoor, type TestDoor } from './testing.js';

const question = JSON.stringify({ query: '{ greeting }', operationName: null });
const large = `{"query":"{ greeting }${' '.repeat(2_000_000)}"}`;

let door: TestDoor;
beforeAll(async () => {
  door = await openTestDoor();
});
afterAll(() => door.stop());

const told = async (response: Pick<Response, 'status' | 'json'>) => {
  const body = (await response.json()) as {
    data?: unknown;
    errors?: { message: string; extensions: { code: string } }[];
  };
  return {
    status: response.status,
    data: body.data,
    ...body.errors?.[0]?.extensions,
    message: body.errors?.[0]?.message,
  };
};

it.each(['application/json', 'Application/JSON; charset=utf-8', 'application/json;charset="UTF-8"'])(
  'takes %s',
  async (type) => {
    expect(await told(await door.post(question, { 'content-type': type }))).toMatchObject({
      data: { greeting: 'hello' },
    });
  },
);

const encodings = {
  gzip: gzipSync,
  deflate: deflateSync,
  br: brotliCompressSync,
  identity: (text: string) => Buffer.from(text),
};
it.each(Object.entries(encodings))('takes a body in %s', async (encoding, encode) => {
  const response = await door.post(encode(question), { 'content-encoding': encoding });
  expect(await told(response)).toMatchObject({ data: { greeting: 'hello' } });
});

it('takes a body that comes in pieces', async () => {
  const pieces = async function* () {
    for (const letter of question) yield await Promise.resolve(Buffer.from(letter));
  };
  const response = await fetch(door.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: pieces(),
    duplex: 'half',
  });
  expect(await told(response)).toMatchObject({ data: { greeting: 'hello' } });
});

const malformed: readonly [string, string | Buffer, Record<string, string>, number, string][] = [
  ['no JSON', '{"query":', {}, 400, 'no valid JSON'],
  ['nothing', '', {}, 400, 'no valid JSON'],
  ['no UTF-8', Buffer.from('{"query":"{ greeting }","a":"\xe9"}', 'latin1'), {}, 400, 'no valid JSON'],
  ['a batch', `[${question},${question}]`, {}, 400, ''],
  ['another type', question, { 'content-type': 'text/plain' }, 415, 'content-type: application/json'],
  ['another charset', question, { 'content-type': 'application/json; charset=klingon' }, 415, 'UTF-8'],
  ['an unknown encoding', question, { 'content-encoding': 'klingon' }, 415, 'gzip, deflate, br'],
  ['an encoding of JavaScript’s own', question, { 'content-encoding': 'constructor' }, 415, 'gzip, deflate, br'],
  ['a broken encoding', question, { 'content-encoding': 'gzip' }, 400, 'no valid gzip'],
  ['too much', large, {}, 413, 'it can have 1mb'],
  ['little that becomes too much', gzipSync(large), { 'content-encoding': 'gzip' }, 413, 'it can have 1mb'],
];
it.each(malformed)('refuses %s', async (_what, body, headers, status, message) => {
  expect(await told(await door.post(body, headers))).toEqual({
    status,
    code: 'BAD_REQUEST',
    message: expect.stringContaining(message) as string,
  });
});

it('refuses a body that does not say how long it will be, once it is too long', async () => {
  const endless = async function* () {
    for (let piece = 0; piece < 40; piece += 1) yield await Promise.resolve(Buffer.alloc(65_536, ' '));
  };
  const response = await fetch(door.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: endless(),
    duplex: 'half',
  });
  expect(await told(response)).toMatchObject({ status: 413 });
});
