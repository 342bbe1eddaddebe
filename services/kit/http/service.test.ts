import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';

import { makeExecutableSchema } from '@graphql-tools/schema';
import express from 'express';

import { type RunningService, startService } from './service.js';
import { silentLogger } from '../testing/silent-logger.js';
import { waitUntil } from '../testing/wait-until.js';
import type { RequestContext } from '../observability/request-context.js';

const logged: unknown[] = [];
const logger = Object.assign(Object.create(silentLogger) as typeof silentLogger, {
  error: (what: unknown) => logged.push(what),
});

let broken = 0;
const schema = makeExecutableSchema({
  typeDefs: 'type Query { hello: String name: String request: Int broken: String }',
  resolvers: {
    Query: {
      hello: () => 'world',
      name: (_root, _args, { name }: { name: string }) => name,
      request: (_root, _args, { request: number }: { request: number }) => number,
      broken: () => {
        broken += 1;
        throw new Error('at 10.0.0.1');
      },
    },
  },
});

let requests = 0;
const endpoint = (path: string, isPublic = true) => ({
  path,
  isPublic,
  options: { schema },
  createContext: (_request: unknown, { requestId }: RequestContext) => ({ request: (requests += 1), name: requestId }),
});

const start = (problems: () => Promise<readonly string[]>): Promise<RunningService> =>
  startService({
    port: 0,
    logger,
    endpoints: [endpoint('/graphql'), endpoint('/subgraph', false)],
    extraRoutes: {
      paths: ['/page'],
      router: express.Router().get('/page', (_request, response) => {
        response.send('a page');
      }),
    },
    readinessProblems: problems,
  });

const post = (origin: string, body: string | Buffer, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: Buffer.from(body),
  });

describe('startService', () => {
  let service: RunningService;
  let origin: string;
  const problems = { now: (): Promise<readonly string[]> => Promise.resolve([]) };
  beforeAll(async () => {
    service = await start(() => problems.now());
    origin = `http://127.0.0.1:${service.port}`;
  });
  beforeEach(() => logged.splice(0));
  afterAll(() => service.stop());

  it('serves each endpoint by POST and by an ordinary GET, and a public one to pages of any origin', async () => {
    const query = '{ hello }';
    for (const path of ['/graphql', '/subgraph']) {
      const got = await fetch(`${origin}${path}?query=${encodeURIComponent(query)}`);
      expect(await got.json()).toEqual({ data: { hello: 'world' } });
      // The gateway is not a page of a browser.
      expect(got.headers.get('access-control-allow-origin')).toBe(path === '/graphql' ? '*' : null);
      expect(got.headers.get('x-powered-by')).toBeNull();
    }
    expect(await (await post(origin, JSON.stringify({ query }))).json()).toEqual({ data: { hello: 'world' } });
  });

  it('creates a context for every request', async () => {
    const number = async () => (await post(origin, '{"query":"{ request }"}')).text();
    expect(await number()).not.toBe(await number());
  });

  it.each([
    ['not compressed', (body: string) => body, {}],
    ['compressed', (body: string) => gzipSync(body), { 'content-encoding': 'gzip' }],
  ])(
    'accepts the request id of the gateway, and not of other clients, with a body that is %s',
    async (_how, write, encoding) => {
      const name = async (path: string) => {
        const response = await fetch(`${origin}${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-request-id': 'request-1', ...encoding },
          body: write('{"query":"{ name }"}'),
        });
        return ((await response.json()) as { data: { name: string } }).data.name;
      };
      expect(await name('/subgraph')).toBe('request-1');
      expect(await name('/graphql')).toMatch(/^[0-9a-f-]{36}$/);
    },
  );

  it('serves its extra routes', async () => {
    expect(await (await fetch(`${origin}/page`)).text()).toBe('a page');
  });

  it.each([
    '/graphql?query={hello}',
    '/graphql?query={',
    '/subgraph',
    '/health/live',
    '/health/ready',
    '/page',
    '/none',
  ])('sets headers that keep browsers from treating a response as a page: %s', async (path) => {
    const { headers } = await fetch(origin + path);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  });

  it('lists the available paths at an unknown path', async () => {
    const response = await fetch(`${origin}/graphq`);
    expect([response.status, await response.json()]).toEqual([
      404,
      {
        errors: [
          {
            message: 'Not found: GET /graphq. Available: /page, /graphql, /subgraph, /health/live, /health/ready.',
            extensions: { code: 'NOT_FOUND' },
          },
        ],
      },
    ]);
  });

  const badRequests: readonly [string, string, Record<string, string>, number, string, object?][] = [
    ['a body that is not JSON', '{"query":', {}, 400, 'BAD_REQUEST'],
    ['an empty body', '', {}, 400, 'BAD_REQUEST'],
    ['a body without a query', '{}', {}, 400, 'BAD_REQUEST'],
    ['an empty query', '{"query":""}', {}, 400, 'BAD_REQUEST'],
    ['a query that is a number', '{"query":1}', {}, 400, 'BAD_REQUEST'],
    ['variables that are a string', '{"query":"{ hello }","variables":"{}"}', {}, 400, 'BAD_REQUEST'],
    ['a batch', '[{"query":"{ hello }"},{"query":"{ hello }"}]', {}, 400, 'BAD_REQUEST'],
    ['another content type', '{ hello }', { 'content-type': 'application/graphql' }, 415, 'BAD_REQUEST'],
    ['an unknown charset', '{}', { 'content-type': 'application/json; charset=klingon' }, 415, 'BAD_REQUEST'],
    ['an unknown encoding', '{}', { 'content-encoding': 'klingon' }, 415, 'BAD_REQUEST'],
    ['a broken encoding', '{}', { 'content-encoding': 'gzip' }, 400, 'BAD_REQUEST'],
    [
      'a body of two megabytes',
      `{"query":"{ hello }${' '.repeat(2_000_000)}"}`,
      {},
      413,
      'BAD_REQUEST',
      { limit: 'bytes', found: 2_000_021, allowed: 1024 ** 2 },
    ],
    ['a truncated query', '{"query":"{ hello"}', {}, 400, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', '{"query":"{ nope }"}', {}, 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['a mutation if the schema has none', '{"query":"mutation { hello }"}', {}, 400, 'OPERATION_RESOLUTION_FAILURE'],
    ['a subscription', '{"query":"subscription { hello }"}', {}, 400, 'OPERATION_RESOLUTION_FAILURE'],
    [
      'two operations without an operation name',
      '{"query":"query A { hello } query B { hello }"}',
      {},
      400,
      'OPERATION_RESOLUTION_FAILURE',
    ],
    [
      'an unknown operation name',
      '{"query":"query A { hello }","operationName":"B"}',
      {},
      400,
      'OPERATION_RESOLUTION_FAILURE',
    ],
  ];
  it.each(badRequests)(
    'rejects %s with one clear error, and does not log it',
    async (_name, body, headers, status, code, exceeded = {}) => {
      const response = await post(origin, body, headers);
      expect(response.status).toBe(status);
      const text = await response.text();
      const { errors, ...rest } = JSON.parse(text) as { errors: { message: string; extensions: unknown }[] };
      expect(rest).toEqual({});
      expect(errors).toEqual([expect.objectContaining({ extensions: { code, ...exceeded } })]);
      expect(errors[0]?.message).toMatch(/\w+ \w+/);
      expect(text).not.toMatch(/stack|node_modules|\.[jt]s:/);
      expect(logged).toEqual([]);
    },
  );

  it.each([
    ['values', `{"query":"{ hello }","variables":{"a":[${'[],'.repeat(300_000)}1]}}`],
    ['variableCharacters', `{"query":"{ hello }","variables":{"a":"${'x'.repeat(200_000)}"}}`],
    ['characters', `{"query":"{ hello ${'#\\n'.repeat(50_000)} }"}`],
  ])('rejects a request that exceeds the limit of %s before its parts are parsed', async (limit, body) => {
    const gzipped = await post(origin, gzipSync(body), { 'content-encoding': 'gzip' });
    expect(gzipped.status).toBe(400);
    expect(await gzipped.json()).toMatchObject({ errors: [{ extensions: { code: 'QUERY_TOO_LARGE', limit } }] });
  });

  it('states how to send a body if one cannot be parsed', async () => {
    expect(await (await post(origin, '{"query":')).text()).toContain('The request body is not valid JSON. Send {');
    expect(await (await post(origin, ' '.repeat(2_000_000))).text()).toContain(
      'The request body is too large; the maximum is 1 MB.',
    );
  });

  it('rejects a mutation over GET', async () => {
    const response = await fetch(`${origin}/graphql?query=${encodeURIComponent('mutation { hello }')}`);
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  });

  it('hides the details of an internal error', async () => {
    const text = await (await post(origin, '{"query":"{ hello broken }"}')).text();
    expect(JSON.parse(text)).toMatchObject({
      data: { hello: 'world', broken: null },
      errors: [{ path: ['broken'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
    });
    expect(text).not.toContain('10.0.0.1');
    expect(logged).toHaveLength(1);
  });

  it('executes an operation with errors once, also when it is known', async () => {
    for (const before of [broken, broken + 1, broken + 2]) {
      const { errors } = (await (await post(origin, '{"query":"{ broken }"}')).json()) as { errors: unknown[] };
      expect([errors.length, broken]).toEqual([1, before + 1]);
    }
  });

  it('reports that it is live, and ready while it has no problems', async () => {
    const health = async (path: string) => {
      const response = await fetch(`${origin}/health/${path}`);
      return [response.status, await response.json()] as const;
    };
    expect(await health('live')).toEqual([200, { status: 'ok' }]);
    expect(await health('ready')).toEqual([200, { status: 'ok', problems: [] }]);
    problems.now = () => Promise.resolve(['the database does not respond']);
    expect(await health('live')).toEqual([200, { status: 'ok' }]);
    expect(await health('ready')).toEqual([
      503,
      { status: 'unavailable', problems: ['the database does not respond'] },
    ]);
    problems.now = () => Promise.reject(new Error('at 10.0.0.1'));
    const [status, body] = (await health('ready')) as [number, unknown];
    expect([status, JSON.stringify(body)]).toEqual([500, expect.not.stringContaining('10.0.0.1')]);
  });

  it('checks whether it is ready once for concurrent requests', async () => {
    let checks = 0;
    problems.now = () => {
      checks += 1;
      // Longer than the pace of probes delays any of these.
      return new Promise((resolve) => {
        setTimeout(resolve, 1_000, []);
      });
    };
    // One packet, so that all requests are received at once.
    const socket = connect(service.port, '127.0.0.1');
    let received = '';
    socket.on('data', (data: Buffer) => {
      received += data.toString();
    });
    socket.write('GET /health/ready HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(20));
    await waitUntil('all responses', () => received.match(/200 OK/g)?.length === 20);
    expect(checks).toBe(1);
    socket.destroy();
  });

  it('rejects if the port is in use', async () => {
    const { port } = service;
    await expect(
      startService({ port, logger, endpoints: [endpoint('/graphql')], readinessProblems: () => Promise.resolve([]) }),
    ).rejects.toThrow(`EADDRINUSE: address already in use 127.0.0.1:${port}`);
  });
});
