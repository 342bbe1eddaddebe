import { setTimeout } from 'node:timers/promises';

import { createRandom } from '../kit/testing/random.js';
import { type TestMetrics, startTestMetrics } from '../kit/testing/databases.js';
import { type FakeGateway, startFakeGateway } from './testing/fake-gateway.js';
import { startTestPortal, type TestPortal } from './testing/start-test-portal.js';

const solutions = () => ({ nodes: [{ name: 'OS2mo' }], pageInfo: { hasNextPage: false, endCursor: '0' } });

let gateway: FakeGateway;
let portal: TestPortal;
let metrics: TestMetrics;
beforeAll(async () => {
  metrics = await startTestMetrics();
  gateway = await startFakeGateway({ solutions });
  portal = await startTestPortal(gateway.url, {}, metrics.metrics);
});
afterAll(async () => {
  await portal.stop();
  await gateway.stop();
  await metrics.stop();
});

const errorOf = async (response: Response) => {
  const { errors } = (await response.json()) as { errors: { message: string; extensions: { code: string } }[] };
  return { status: response.status, code: errors[0]?.extensions.code, message: errors[0]?.message };
};

/** Another client each time, because the rejections of one are delayed. */
let clients = 0;
const nextClient = () => ({ 'x-forwarded-for': `203.0.113.${(clients += 1) % 250}` });

const namesQuery = `/export?query=${encodeURIComponent('{ solutions { nodes { name } } }')}`;

describe('the portal', () => {
  it('lists its formats at /formats, for pages of any origin, with headers that forbid everything else', async () => {
    const response = await portal.fetch('/formats');
    const { formats } = (await response.json()) as { formats: { path: string }[] };
    expect(formats.map(({ path }) => path)).toContain('/export/{operation}.{csv|jsonl}');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.stringMatching(/^[\w-]{36}$/) as string,
    });
    const etag = response.headers.get('etag') ?? '';
    expect((await portal.fetch('/formats', { headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  it('sends the gateway the address of its client and an id of the request', async () => {
    gateway.received.length = 0;
    const response = await portal.fetch(namesQuery);
    expect(gateway.received[0]?.headers).toMatchObject({
      'x-forwarded-for': '127.0.0.1',
      'x-request-id': response.headers.get('x-request-id'),
    });
  });

  it('rejects other paths and methods with an error that states what is allowed', async () => {
    expect(await errorOf(await portal.fetch('/exports'))).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    const response = await portal.fetch('/export', { method: 'DELETE' });
    expect(response.headers.get('allow')).toBe('GET, HEAD, POST');
    expect(await errorOf(response)).toMatchObject({ status: 405, code: 'METHOD_NOT_ALLOWED' });
  });

  it('responds to made-up paths, parameters and Accept headers without a server error', async () => {
    const accepts = ['', '*/*;q=0', 'text/csv;q=x', 'a/b, c', ';;;,,,', 'text/html', `${'x'.repeat(4_000)}/y`];
    const paths = [
      '/export/%',
      '/export/..%2f..%2fetc.csv',
      '/export/%00.csv',
      '/export/constructor.csv',
      '/export/.csv',
    ];
    const queries = [
      '/export?query[]=1',
      '/export?query=%7B',
      '/export?query=%7Ba%7D&list=__proto__',
      '/export/solutions.csv?variables=7',
    ];
    const other = await startTestPortal(gateway.url, { trustedProxyHops: 1 });
    for (const path of [...paths, ...queries, '//', '/%ff', namesQuery])
      for (const accept of accepts) {
        const { status } = await other.fetch(path, { headers: { accept, ...nextClient() } });
        expect({ path, accept, isServerError: status >= 500 }).toEqual({ path, accept, isServerError: false });
      }
    await other.stop();
  });

  it('responds to random paths and Accept headers without a server error', async () => {
    const random = createRandom(20_240_903);
    // Apart from the one whose metrics are tested.
    const other = await startTestPortal(gateway.url, { trustedProxyHops: 1 });
    const starts = [
      '/export/',
      '/export?',
      '/id/',
      '/dcat/',
      '/feeds/',
      '/en/',
      '/data/',
      '/mcp',
      '/v1/',
      '/health/',
      '/',
    ];
    const parts = [
      ...['dk:administration:0820', 'dk:need:', 'dk:membership:', 'be:catalogue', 'github.com/a/b', 'solutions', 'it'],
      ...[
        '.csv',
        '.nt',
        '.atom',
        '.',
        '..',
        '/',
        '//',
        '?',
        '&',
        '=',
        '#',
        'list=',
        'query=%7Ba%7D',
        'variables=%7B%7D',
      ],
      ...['%', '%2f', '%00', '%ff', '%c3%28', '\u00f8', '"', '[]', '__proto__', 'constructor', 'x'.repeat(300)],
    ];
    const media = [
      'text/html',
      'text/csv',
      'text/turtle',
      'application/*',
      '*/*',
      ';q=',
      '0',
      '1',
      'x',
      ',',
      ', ',
      '"',
      '/',
    ];
    const draw = (from: readonly string[], max: number): string =>
      Array.from({ length: random.below(max + 1) }, () => random.pick(from)).join('');
    for (let count = 0; count < 400; count += 1) {
      const [path, accept] = [random.pick(starts) + draw(parts, 4), draw(media, 6)];
      const method = random.chance(0.2) ? 'POST' : 'GET';
      const response = await other.fetch(path, { method, headers: { accept, ...nextClient() }, redirect: 'manual' });
      await response.body?.cancel();
      expect({ method, path, accept, isServerError: response.status >= 500 }).toMatchObject({ isServerError: false });
    }
    await other.stop();
  });

  it('responds to HEAD as to GET, without a body', async () => {
    for (const path of [
      '/',
      '/formats',
      '/en/',
      '/export',
      namesQuery,
      '/export/solutions.jsonl',
      '/feeds/solutions.atom',
      '/v1/status',
    ]) {
      const [head, get] = [await portal.fetch(path, { method: 'HEAD' }), await portal.fetch(path)];
      expect([path, head.status, head.headers.get('content-type'), await head.text()]).toEqual([
        path,
        get.status,
        get.headers.get('content-type'),
        '',
      ]);
      await get.text();
    }
  });

  it('retries while the gateway is overloaded, and reports in /health/ready that it does not respond', async () => {
    gateway.next.push(
      { status: 503, headers: { 'retry-after': '0.01' } },
      { status: 429, headers: { 'retry-after': '0.01' } },
    );
    expect((await portal.fetch(namesQuery)).status).toBe(200);
    const alone = await startTestPortal('http://127.0.0.1:9/graphql');
    expect(await errorOf(await alone.fetch(namesQuery))).toMatchObject({ status: 503, code: 'GATEWAY_UNAVAILABLE' });
    const ready = await alone.fetch('/health/ready');
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { status: 'ok', problems: [], notices: ['the gateway does not respond'] },
    ]);
    await alone.stop();
  });

  it.each([namesQuery, '/en/across-borders', '/id/dk:catalogue', '/v1/software', '/feeds/solutions.atom'])(
    'does not wait until the budget at the gateway is renewed, but states when to retry: %s',
    async (path) => {
      const { stop, ...other } = await startTestPortal(gateway.url);
      gateway.next.push(...Array.from({ length: 4 }, () => ({ status: 429, headers: { 'retry-after': '30' } })));
      const accept = path.startsWith('/en/') ? 'text/html' : 'text/csv, text/turtle, application/json';
      const { status, headers } = await other.fetch(path, { headers: { accept } });
      gateway.next.length = 0;
      expect([status, headers.get('retry-after')]).toEqual([503, '30']);
      await stop();
    },
  );

  it.each(['/en/across-borders', '/id/dk:catalogue', '/v1/software', '/feeds/solutions.atom?search=x'])(
    'is unavailable while the gateway is too busy to plan an operation of the portal: %s',
    async (path) => {
      const { stop, ...other } = await startTestPortal(gateway.url);
      const extensions = { code: 'QUERY_TOO_LARGE', limit: 'planningMs', allowed: 2_000 };
      const errors = [{ message: 'Planning took too long.', extensions }];
      gateway.next.push(...Array.from({ length: 4 }, () => ({ status: 400, body: { errors } })));
      const accept = path.startsWith('/en/') ? 'text/html' : 'text/turtle, application/json';
      const { status } = await other.fetch(path, { headers: { accept } });
      gateway.next.length = 0;
      expect(status).toBe(503);
      await stop();
    },
  );

  it('waits for the budget at the gateway once a list has begun', async () => {
    const page = { nodes: [{ name: 'OS2mo' }], pageInfo: { hasNextPage: true, endCursor: '0' } };
    gateway.root = { solutions: () => page };
    const controller = new AbortController();
    const response = await portal.fetch(namesQuery, { signal: controller.signal });
    gateway.next.push(...Array.from({ length: 4 }, () => ({ status: 429, headers: { 'retry-after': '30' } })));
    const body = response.text().catch(() => 'cut off');
    expect(await Promise.race([body, setTimeout(300, 'waiting')])).toBe('waiting');
    controller.abort();
    await body;
    gateway.root = { solutions };
    gateway.next.length = 0;
  });

  it('limits what one client may use in a minute: a request, and each operation that it sends to the gateway', async () => {
    const limited = await startTestPortal(gateway.url, { costBudgetPerMinute: 350 });
    const first = await limited.fetch(namesQuery);
    expect([first.status, first.headers.get('ratelimit-policy')]).toEqual([200, '"cost";q=350;w=60']);
    await first.text();
    expect(await errorOf(await limited.fetch(namesQuery))).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
    // The Open Catalog API has its own form of errors.
    for (const [init, status] of [
      [{}, 429],
      [{ method: 'DELETE' }, 405],
    ] as const) {
      const rejected = await limited.fetch('/v1/software', init);
      expect(rejected.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      expect(await rejected.json()).toMatchObject({ status, detail: expect.any(String) as string });
    }
    await limited.stop();
    gateway.cost = 350;
    const exact = await startTestPortal(gateway.url, { costBudgetPerMinute: 1_000 });
    await (await exact.fetch(namesQuery)).text();
    // 100 for each of two requests, and 350 for the operation as the gateway states.
    expect((await exact.fetch('/')).headers.get('ratelimit')).toMatch(/^"cost";r=450;/);
    gateway.cost = 0;
    await exact.stop();
  });

  it('charges for assets and unknown paths, too, and delays what a client repeats without a cost', async () => {
    const limited = await startTestPortal(gateway.url, { costBudgetPerMinute: 250 });
    const paths = ['/assets/none.js', '/en/none', '/assets/none.js'];
    const statuses = await Promise.all(paths.map(async (path) => (await limited.fetch(path)).status));
    expect(statuses.sort()).toEqual([404, 404, 429]);
    const startedAt = performance.now();
    const preflights = Array.from({ length: 30 }, () => limited.fetch('/export', { method: 'OPTIONS' }));
    expect(new Set((await Promise.all(preflights)).map(({ status }) => status))).toEqual(new Set([204]));
    // Twenty at once, and then one every 20 ms.
    expect(performance.now() - startedAt).toBeGreaterThan(150);
    await limited.stop();
  });

  it('measures requests by route and page, and by no path that a client makes up', async () => {
    for (const path of ['/en/solutions/github.com/a/b', '/data/da/about', '/da/unknown']) await portal.fetch(path);
    const routes = Object.keys(await metrics.read()).flatMap(
      (name) => /^http_request_duration_seconds_count\{route="([^"]*)"/.exec(name)?.[1] ?? [],
    );
    expect(new Set(routes)).toEqual(
      new Set([
        '/',
        '/formats',
        '/en',
        '/en/solutions/*',
        '/data/da/about',
        '/da{/*page}',
        '/export',
        '/export/:file',
        '/feeds/solutions.atom',
        '/v1/status',
        'other',
      ]),
    );
  });
});

it.each([
  '/export/solutions.csv',
  namesQuery,
  '/id/dk:catalogue',
  '/id/code/DK_KLE',
  '/dcat/dk.nt',
  '/v1/software',
  '/feeds/solutions.atom',
  '/en/across-borders',
  '/data/en/across-borders',
])('the portal passes on when the gateway may be read again that rejects an operation: %s', async (path) => {
  const errors = [{ message: 'Too late.', extensions: { code: 'DEADLINE_EXCEEDED' } }];
  // A page is read in several operations.
  const rejected = Array.from({ length: 4 }, () => ({
    status: 504,
    headers: { 'retry-after': '7' },
    body: { errors },
  }));
  gateway.next.push(...rejected);
  const accept = path.startsWith('/id/') ? 'text/turtle' : '*/*';
  const { status, headers } = await portal.fetch(path, { headers: { accept } });
  gateway.next.length = 0;
  expect([status, headers.get('retry-after')]).toEqual([503, '7']);
});
