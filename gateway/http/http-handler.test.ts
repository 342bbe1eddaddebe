import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

import { serverAudits } from 'graphql-http';

import { silentLogger } from '../../services/kit/testing/silent-logger.js';
import { gate, startTestHandler, type TestHandler, until } from '../testing/test-handler.js';

interface Body {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

const read = async (response: Response): Promise<Body> => (await response.json()) as Body;

const errorOf = async (response: Response) => {
  const { errors, ...rest } = await read(response);
  expect(rest).toEqual({});
  expect(errors).toHaveLength(1);
  expect(response.headers.get('cache-control')).toBe('no-store');
  return [response.status, errors?.[0]?.extensions.code];
};

const query = '{ greeting }';
const greeting = { data: { greeting: 'hello' } };

describe('the HTTP handler', () => {
  let handler: TestHandler;
  beforeAll(async () => {
    handler = await startTestHandler();
  });
  afterAll(() => handler.stop());

  const audits = serverAudits({ url: () => handler.url, fetchFn: fetch });
  it.each(audits.map(({ id, name }) => [id, name]))('conforms to GraphQL over HTTP: %s %s', async (id) => {
    const result = await audits.find((audit) => audit.id === id)?.fn();
    expect(result?.status === 'ok' ? 'ok' : `${result?.status ?? ''}: ${result?.reason ?? ''}`).toBe('ok');
  });

  it('responds to POST, GET, and HEAD without a body', async () => {
    expect(await read(await handler.post({ query }))).toEqual(greeting);
    const search = `?query=${encodeURIComponent(query)}`;
    const got = await handler.get(search);
    expect(await read(got.clone())).toEqual(greeting);
    const head = await fetch(handler.url + search, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(head.headers.get('content-length')).toBe(String((await got.arrayBuffer()).byteLength));
  });

  it.each(['PUT', 'DELETE', 'PATCH'])('rejects %s, and names the allowed methods', async (method) => {
    const response = await fetch(handler.url, { method });
    expect(await errorOf(response)).toEqual([405, 'METHOD_NOT_ALLOWED']);
    expect(response.headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS');
  });

  it('allows requests from pages of any origin', async () => {
    const preflight = await fetch(handler.url, {
      method: 'OPTIONS',
      headers: { origin: 'https://example.org', 'access-control-request-method': 'POST' },
    });
    expect([preflight.status, await preflight.text()]).toEqual([204, '']);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('content-type');
    const response = await handler.post({ query }, { origin: 'https://example.org' });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    expect(response.headers.get('access-control-expose-headers')).toContain('x-request-id');
  });

  it.each([
    ['a response with data', { query }],
    ['an error', { query: '{ nope }' }],
    ['an error', '{'],
  ])('makes browsers treat %s as data only', async (_what, body) => {
    const { headers } = await handler.post(body);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'content-type': 'application/json; charset=utf-8',
      'cross-origin-resource-policy': 'cross-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  });

  it("returns a request id, the client's if it is valid", async () => {
    const nameOf = async (name: string): Promise<string | null> =>
      (await handler.post({ query }, { 'x-request-id': name })).headers.get('x-request-id');
    expect(await nameOf('my_request-1')).toBe('my_request-1');
    for (const name of ['', 'a b', 'x'.repeat(65), '"}']) expect(await nameOf(name)).toMatch(/^[\da-f-]{36}$/);
    const rejected = await handler.post('{', { 'x-request-id': 'mine' });
    expect(rejected.headers.get('x-request-id')).toBe('mine');
  });

  it('continues the trace of the client with a span of its own', async () => {
    const trace = '0af7651916cd43dd8448eb211c80319c';
    await handler.post({ query: '{ denmark { title } }' }, { traceparent: `00-${trace}-b7ad6b7169203331-01` });
    expect(handler.denmark.contexts.at(-1)?.traceparent).toMatch(
      new RegExp(`^00-${trace}-(?!b7ad6b7169203331)[\\da-f]{16}-01$`),
    );
    await handler.post({ query: '{ denmark { title } }' }, { traceparent: 'nonsense' });
    expect(handler.denmark.contexts.at(-1)?.traceparent).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-\d\d$/);
  });

  it('passes on the client, for which an operation is planned', async () => {
    await handler.post({ query: '{ denmark { title } }' });
    expect(handler.denmark.contexts.at(-1)?.client).toBe('127.0.0.1');
  });

  it('passes on the deadline', async () => {
    await handler.post({ query: '{ denmark { title } }' });
    const left = (handler.denmark.contexts.at(-1)?.deadline ?? 0) - performance.now();
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(10_000);
  });

  it('does not return details of internal errors', async () => {
    const response = await handler.post({ query: '{ broken }' });
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.text()).not.toContain('10.0.0.1');
  });

  it('cancels the execution when the client disconnects', async () => {
    const held = gate();
    handler.denmark.gate = held.opened;
    handler.denmark.contexts.length = 0;
    const leaving = new AbortController();
    const left = handler.post({ query: '{ denmark { title } }' }, {}, leaving.signal);
    await until(() => handler.denmark.contexts.length > 0);
    const [context] = handler.denmark.contexts;
    expect(context?.cancellation.isCancelled).toBe(false);
    leaving.abort();
    await expect(left).rejects.toThrow();
    await until(() => context?.cancellation.isCancelled === true);
    held.open();
    handler.denmark.gate = Promise.resolve();
  });

  it('survives a client that disconnects in the middle of its request', async () => {
    const sent = request(handler.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': 100 },
    });
    sent.on('error', () => undefined);
    await new Promise((resolve) => sent.write('{"query":', resolve));
    sent.destroy();
    expect(await read(await handler.post({ query }))).toEqual(greeting);
  });
});

describe('an HTTP handler with a playground', () => {
  const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
  const visit = (handler: TestHandler, search: string, init: RequestInit = { headers: browser }) =>
    fetch(handler.url + search, { redirect: 'manual', ...init });

  it('redirects browsers there, with their query, and no other clients', async () => {
    const handler = await startTestHandler({ playgroundPath: './' });
    const search = `?query=${encodeURIComponent(query)}&variables=%7B%7D`;
    for (const address of ['', search, `/${search}`]) {
      const { status, headers } = await visit(handler, address);
      expect([status, headers.get('location')]).toEqual([
        303,
        address.startsWith('/') ? `.././${search}` : `./${address}`,
      ]);
      expect(headers.get('vary')).toBe('accept, accept-encoding');
    }
    for (const accept of ['application/json', 'application/graphql-response+json', '*/*'])
      expect((await visit(handler, search, { headers: { accept } })).status).toBe(200);
    const posted = { method: 'POST', headers: { ...browser, 'content-type': 'application/json' }, body: '{}' };
    expect((await visit(handler, '', posted)).status).toBe(400);
    await handler.stop();
  });

  it('responds to browsers as to any client without a playground', async () => {
    const handler = await startTestHandler();
    expect((await visit(handler, '')).status).toBe(400);
    await handler.stop();
  });
});

describe('compression', () => {
  const many = `{ ${'a'.repeat(2_000)}: greeting }`;
  const search = `?query=${encodeURIComponent(many)}`;
  /** Does not decompress, as `fetch` does. */
  const getRaw = (url: string, encoding: string | undefined, headers: OutgoingHttpHeaders = {}) =>
    new Promise<{ response: IncomingMessage; body: Buffer }>((resolve, reject) => {
      const options = { headers: { ...headers, ...(encoding !== undefined && { 'accept-encoding': encoding }) } };
      request(url, options, (response) => {
        buffer(response).then((body) => {
          resolve({ response, body });
        }, reject);
      })
        .on('error', reject)
        .end();
    });

  let handler: TestHandler;
  let plain: Buffer;
  beforeAll(async () => {
    handler = await startTestHandler();
    plain = (await getRaw(handler.url + search, undefined)).body;
  });
  afterAll(() => handler.stop());

  it.each([
    ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
    ['gzip;q=0.5', 'gzip', gunzipSync],
  ])('is used for a client that sends Accept-Encoding: %s', async (encoding, coding, decompress) => {
    const { response, body } = await getRaw(handler.url + search, encoding);
    const { headers } = response;
    expect([headers['content-encoding'], headers['content-length'], headers.vary]).toEqual([
      coding,
      String(body.length),
      'accept, accept-encoding',
    ]);
    expect(body.length).toBeLessThan(plain.length / 4);
    expect(decompress(body)).toEqual(plain);
  });

  it.each([[undefined], [''], ['identity'], ['deflate'], ['br;q=0, gzip;q=0'], ['identity, br;q=0.5']])(
    'is not used for a client that sends Accept-Encoding: %s',
    async (encoding) => {
      const { response, body } = await getRaw(handler.url + search, encoding);
      expect([response.headers['content-encoding'], body]).toEqual([undefined, plain]);
    },
  );

  it('is not used for a response that fits into a packet', async () => {
    const { response } = await getRaw(`${handler.url}?query=${encodeURIComponent(query)}`, 'br');
    expect(response.headers['content-encoding']).toBeUndefined();
  });
});

describe('an HTTP handler with CORS origins', () => {
  it('allows these origins, and no others', async () => {
    const handler = await startTestHandler({ corsOrigins: ['https://one.example', 'https://two.example'] });
    const allowed = async (origin: string) => {
      const { headers } = await handler.post({ query }, { origin });
      expect(headers.get('vary')).toBe('accept, accept-encoding, origin');
      return headers.get('access-control-allow-origin');
    };
    expect(await allowed('https://two.example')).toBe('https://two.example');
    expect(await allowed('https://three.example')).toBeNull();
    expect(await read(await handler.post({ query }))).toEqual(greeting);
    await handler.stop();
  });
});

describe('the request timeout', () => {
  it('is passed to the execution, and ends a request that hangs', async () => {
    const handler = await startTestHandler({ timeoutMs: 50 });
    const held = gate();
    handler.denmark.gate = held.opened;
    expect(await errorOf(await handler.post({ query: '{ denmark { title } }' }))).toEqual([504, 'DEADLINE_EXCEEDED']);
    expect(handler.denmark.contexts[0]?.cancellation.isCancelled).toBe(true);
    held.open();
    await handler.stop();
  });
});

it('an internal error is logged, and its details are not returned to the client', async () => {
  const logged: unknown[] = [];
  const logger = Object.assign(Object.create(silentLogger) as typeof silentLogger, {
    error: (what: unknown) => logged.push(what),
  });
  const documents = {
    resolve: () => {
      throw new TypeError('at 10.0.0.1');
    },
  };
  const handler = await startTestHandler({ logger, documents });
  const response = await handler.post({ query });
  expect(await response.clone().text()).not.toContain('10.0.0.1');
  expect(await errorOf(response)).toEqual([500, 'INTERNAL_SERVER_ERROR']);
  expect(logged).toHaveLength(1);
  await handler.stop();
});
