import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

import { makeExecutableSchema } from '@graphql-tools/schema';
import { fetch } from 'undici';

import { listen } from '../listen.js';
import { silentLogger } from '../testing/silent-logger.js';
import { waitUntil } from '../testing/wait-until.js';
import { readBody } from './read-body.js';
import { type RunningService, startService } from './service.js';

const validRequest = JSON.stringify({ query: '{ greeting }', operationName: null });
const large = `{"query":"{ greeting }${' '.repeat(2_000_000)}"}`;

let service: RunningService;
let url: string;
beforeAll(async () => {
  const schema = makeExecutableSchema({
    typeDefs: 'type Query { greeting(names: [[String]]): String }',
    resolvers: { Query: { greeting: () => 'hello' } },
  });
  service = await startService({
    port: 0,
    logger: silentLogger,
    endpoints: [
      { path: '/graphql', isPublic: true, options: { schema }, createContext: () => ({}) },
      { path: '/subgraph', isPublic: false, options: { schema }, createContext: () => ({}) },
    ],
    trustedProxyHops: 1,
    readinessProblems: () => Promise.resolve([]),
  });
  url = `http://127.0.0.1:${service.port}/graphql`;
});
afterAll(() => service.stop());

/** Sends a body as JSON, unless other headers are given. */
const post = (body: string | Buffer, headers: Readonly<Record<string, string>> = {}, path = '/graphql') =>
  fetch(new URL(path, url), { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

const parseResponse = async (response: Pick<Response, 'status' | 'json'>) => {
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
  'accepts the content type %s',
  async (type) => {
    expect(await parseResponse(await post(validRequest, { 'content-type': type }))).toMatchObject({
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
it.each(Object.entries(encodings))('accepts a body in %s', async (encoding, encode) => {
  const response = await post(encode(validRequest), { 'content-encoding': encoding });
  expect(await parseResponse(response)).toMatchObject({ data: { greeting: 'hello' } });
});

it('accepts a body that arrives in pieces', async () => {
  const pieces = async function* () {
    for (const letter of validRequest) yield await Promise.resolve(Buffer.from(letter));
  };
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: pieces(),
    duplex: 'half',
  });
  expect(await parseResponse(response)).toMatchObject({ data: { greeting: 'hello' } });
});

const tooManyBytes = { limit: 'bytes', allowed: 1_048_576 };
const malformed: readonly [string, string | Buffer, Record<string, string>, number, string, object?][] = [
  ['a body that is not JSON', '{"query":', {}, 400, 'not valid JSON'],
  ['an empty body', '', {}, 400, 'not valid JSON'],
  ['a body that is not UTF-8', Buffer.from('{"query":"{ greeting }","a":"\xe9"}', 'latin1'), {}, 400, 'not valid JSON'],
  ['a batch', `[${validRequest},${validRequest}]`, {}, 400, ''],
  ['another content type', validRequest, { 'content-type': 'text/plain' }, 415, 'content-type: application/json'],
  ['another charset', validRequest, { 'content-type': 'application/json; charset=klingon' }, 415, 'UTF-8'],
  ['an unknown encoding', validRequest, { 'content-encoding': 'klingon' }, 415, 'gzip, deflate, br'],
  [
    'an encoding with the name of an inherited property',
    validRequest,
    { 'content-encoding': 'constructor' },
    415,
    'gzip, deflate, br',
  ],
  ['a broken encoding', validRequest, { 'content-encoding': 'gzip' }, 400, 'not valid gzip'],
  ['a body that is too large', large, {}, 413, 'the maximum is 1 MB', { ...tooManyBytes, found: large.length }],
  [
    'a small body that is too large when decompressed',
    gzipSync(large),
    { 'content-encoding': 'gzip' },
    413,
    'the maximum is 1 MB',
    tooManyBytes,
  ],
  [
    'a small body with many values when decompressed',
    gzipSync(`{"query":"{ greeting }","variables":{"a":[${'[],'.repeat(300_000)}1]}}`),
    { 'content-encoding': 'gzip' },
    400,
    'at least 2001 values',
    { code: 'QUERY_TOO_LARGE', limit: 'values', found: 2_001, allowed: 2_000 },
  ],
];
it.each(malformed)('rejects %s', async (_what, body, headers, status, message, extensions = {}) => {
  expect(await parseResponse(await post(body, headers))).toEqual({
    status,
    code: 'BAD_REQUEST',
    ...extensions,
    message: expect.stringContaining(message) as string,
  });
});

it('rejects a body without a length once it is too large', async () => {
  const endless = async function* () {
    for (let piece = 0; piece < 40; piece += 1) yield await Promise.resolve(Buffer.alloc(65_536, ' '));
  };
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: endless(),
    duplex: 'half',
  });
  expect(await parseResponse(response)).toMatchObject({ status: 413 });
});

describe('large bodies that are sent slowly', () => {
  const senders: Socket[] = [];
  afterAll(() => {
    for (const sender of senders) sender.destroy();
  });

  /** Sends a body of a megabyte up to its last byte, and returns what arrives meanwhile. */
  const begin = async (client: string): Promise<{ readonly received: () => string }> => {
    const { hostname, port, pathname } = new URL(url);
    const sender = connect(Number(port), hostname);
    senders.push(sender);
    let received = '';
    sender.on('data', (data) => (received += data.toString())).on('error', () => undefined);
    const head = `POST ${pathname} HTTP/1.1\r\nhost: x\r\nx-forwarded-for: ${client}\r\ncontent-type: application/json\r\ncontent-length: 1000000\r\n\r\n`;
    await new Promise((resolve) => sender.write(head + ' '.repeat(999_999), resolve));
    return { received: () => received };
  };
  const mediumRequest = `${validRequest}${' '.repeat(100_000)}`;
  const statusOf = async (body: string): Promise<number> => (await post(body)).status;
  const until = (condition: () => boolean | Promise<boolean>): Promise<void> =>
    waitUntil('the responses to large bodies', condition);

  it('are rejected when those of a client exceed its share; those of others are not', async () => {
    const begun = await Promise.all(Array.from({ length: 20 }, () => begin('192.0.2.1')));
    await until(() => begun.some(({ received }) => received().includes('RATE_LIMITED')));
    const rejected = begun.find(({ received }) => received() !== '');
    expect(rejected?.received()).toMatch(
      /^HTTP\/1.1 429 .*retry-after: 1\r\n.*"limit":"bytesOfLargeBodiesPerClient","found":\d+,"allowed":16777216/is,
    );
    expect(await statusOf(mediumRequest)).toBe(200);
    for (const sender of senders) sender.destroy();
  });

  it('are read in turns and not all at once, and those that are rejected slowly', async () => {
    const count = 40;
    let [read, readBefore, turns] = [0, 0, 0];
    const server = createServer((request, response) => {
      request.on('data', ({ length }: Buffer) => (read += length));
      readBody(request, '192.0.2.1').catch(() => response.writeHead(429).end());
    });
    const port = await listen(server, 0, '127.0.0.1');
    const startedAt = performance.now();
    const head = 'POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000000\r\n\r\n';
    for (let number = 0; number < count; number += 1) {
      const sender = connect(port, '127.0.0.1', () => sender.write(head + ' '.repeat(999_999)));
      senders.push(sender.on('error', () => undefined));
    }
    while (read < count * 999_999) {
      await nextTurn();
      if (read > readBefore) turns += 1;
      readBefore = read;
    }
    // Each body has 15 chunks. Without turns, one of each is read at a time.
    expect(turns).toBeGreaterThan(10 * count);
    // Of bodies that are complete, and of others until they are rejected, there are 16 megabytes each. A chunk has 64 kilobytes.
    const discardedChunks = (count * 999_999 - 2 * 16 * 2 ** 20) / 65_536;
    expect(performance.now() - startedAt).toBeGreaterThan(0.9 * 8 * discardedChunks);
    server.closeAllConnections();
    server.close();
  });

  it('are rejected when they exceed the total size; small bodies are not, and no body is after they have ended', async () => {
    const begun = await Promise.all(Array.from({ length: 80 }, (_, index) => begin(`192.0.2.${index}`)));
    await until(() => begun.some(({ received }) => received().includes('OVERLOADED')));
    const rejected = begun.find(({ received }) => received() !== '');
    expect(rejected?.received()).toMatch(
      /^HTTP\/1.1 503 .*retry-after: 1\r\n.*"limit":"bytesOfLargeBodies","found":\d+,"allowed":67108864/is,
    );
    expect(await statusOf(validRequest)).toBe(200);
    for (const sender of senders) sender.destroy();
    await until(async () => (await statusOf(mediumRequest)) === 200);
  });
});

describe('the endpoint for the gateway', () => {
  it.each([
    ['a body that is not JSON', '{"query":', {}, 400],
    ['another content type', '{ greeting }', { 'content-type': 'text/plain' }, 415],
    ['a body of two megabytes', large, {}, 413],
    ['a zipped body of two megabytes', gzipSync(large), { 'content-encoding': 'gzip' }, 413],
  ])('rejects %s as the public one does', async (_name, body, headers, status) => {
    const ofPublic = await parseResponse(await post(body, headers));
    expect(ofPublic).toMatchObject({ status, code: 'BAD_REQUEST' });
    expect(await parseResponse(await post(body, headers, '/subgraph'))).toEqual(ofPublic);
  });

  it('accepts as many values as fetches of entities have', async () => {
    const names = Array<string[]>(5_000).fill(['x']);
    const body = JSON.stringify({
      query: 'query ($names: [[String]]) { greeting(names: $names) }',
      variables: { names },
    });
    expect(await parseResponse(await post(body, {}, '/subgraph'))).toMatchObject({ data: { greeting: 'hello' } });
    expect(await parseResponse(await post(body))).toMatchObject({ status: 400, code: 'QUERY_TOO_LARGE' });
  });
});
