import { connect, type Socket } from 'node:net';

import { makeExecutableSchema } from '@graphql-tools/schema';

import { CostBudget } from '../limits/cost-budget.js';
import type { RequestContext, RequestScope } from '../observability/request-context.js';
import { silentLogger } from '../testing/silent-logger.js';
import { waitUntil } from '../testing/wait-until.js';
import { type RunningService, startService } from './service.js';

/** Resolves the slow fields that are being resolved. */
let finish: (() => void)[];
let aborted: number;

/** Rejects, as a statement does, when its request is aborted. */
const resolveSlowly = (_root: unknown, _args: unknown, { request }: RequestScope): Promise<string> =>
  new Promise((resolve, reject) => {
    finish.push(() => {
      resolve('done');
    });
    request.signal.addEventListener('abort', () => {
      aborted += 1;
      reject(new Error('aborted'));
    });
  });

const schema = makeExecutableSchema({
  typeDefs:
    'type Query { hello: String slow: String item: Item } type Item { name: String } type Mutation { write: String }',
  resolvers: {
    Query: {
      hello: () => 'world',
      item: () => ({ name: 'one' }),
      slow: resolveSlowly,
    },
    Mutation: { write: () => 'written' },
  },
});

let service: RunningService;
let origin: string;
async function start(perMinute = 1_000_000): Promise<void> {
  finish = [];
  aborted = 0;
  const endpoint = {
    options: { schema },
    createContext: (_request: unknown, request: RequestContext) => ({ request }),
  };
  service = await startService({
    port: 0,
    logger: silentLogger,
    trustedProxyHops: 1,
    endpoints: [
      { ...endpoint, path: '/graphql', isPublic: true, budget: new CostBudget(perMinute) },
      { ...endpoint, path: '/subgraph', isPublic: false },
    ],
    readinessProblems: () => Promise.resolve([]),
  });
  origin = `http://127.0.0.1:${service.port}`;
}
afterEach(async () => {
  for (const resolve of finish) resolve();
  await service.stop();
});

const post = (client: string, query: string, path = '/graphql'): Promise<Response> =>
  fetch(origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': client },
    body: query.startsWith('{"') ? query : JSON.stringify({ query }),
  });

const codeOf = async (response: Response): Promise<string> => {
  const { errors } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
  return [response.status, ...(errors ?? []).map(({ extensions }) => extensions.code)].join(' ');
};
const ok = '200';

/** Sends GET requests one after the other over a connection, without waiting for responses. */
function pipeline(client: string, queries: readonly string[], path = '/graphql'): Socket {
  const socket = connect(service.port, '127.0.0.1');
  const write = (query: string): string =>
    `GET ${path}?query=${encodeURIComponent(query)} HTTP/1.1\r\nhost: x\r\nx-forwarded-for: ${client}\r\n\r\n`;
  socket.write(queries.map(write).join(''));
  return socket;
}

const running = (count: number) => waitUntil(`${count} operations`, () => finish.length === count, { intervalMs: 1 });

describe('the budget of a client', () => {
  const left = (response: Response): string | null => response.headers.get('ratelimit');

  it('is charged for queries, mutations and requests that cannot be read, and stated in every response', async () => {
    await start(400);
    const first = await post('198.51.100.1', '{ hello }');
    expect(first.headers.get('ratelimit-policy')).toBe('"cost";q=400;w=60');
    expect(first.headers.get('access-control-expose-headers')).toContain('ratelimit');
    // 100 for the request and 1 for its field. Its 9 characters, which were parsed, are charged when the response is made.
    expect(left(first)).toMatch(/^"cost";r=(?:290|299);t=\d+$/);
    expect(left(await post('198.51.100.1', '{"query":'))).toMatch(/^"cost";r=190;/);
    await post('198.51.100.1', 'mutation { write }');
    const limited = await post('[::ffff:198.51.100.1]:99', '{ hello hello }');
    expect([left(limited), Number(limited.headers.get('retry-after')) > 0]).toEqual([
      expect.stringMatching(/r=/),
      true,
    ]);
    expect(await codeOf(limited)).toBe('429 RATE_LIMITED');
    expect(await codeOf(await post('198.51.100.2', '{ hello }'))).toEqual(ok);
  });

  it('rejects an operation that costs more than is left, with the limit and when to retry', async () => {
    await start(150);
    const items = Array.from({ length: 20 }, (_, index) => `a${index}: item { name __typename }`);
    const many = `{ ${items.join(' ')} }`;
    const limited = await post('198.51.100.1', many);
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await limited.clone().json()).toMatchObject({
      errors: [{ extensions: { limit: 'costPerMinute', allowed: 150 } }],
    });
    expect(await codeOf(limited)).toBe('429 RATE_LIMITED');
  });

  it('does not concern the gateway', async () => {
    await start(150);
    for (let time = 0; time < 3; time += 1) {
      const response = await post('198.51.100.1', '{ hello }', '/subgraph');
      expect([left(response), await codeOf(response)]).toEqual([null, ok]);
    }
  });
});

it.each([
  ['unknown paths', 'GET', '/none', 404],
  ['its health', 'GET', '/health/ready', 200],
  ['what other origins may send', 'OPTIONS', '/graphql', 204],
])('a client that requests %s again and again is delayed, and no other is', async (_what, method, path, status) => {
  await start();
  const leaving = new AbortController();
  const request = (client: string, signal: AbortSignal | null = null) =>
    fetch(origin + path, { method, headers: { 'x-forwarded-for': client }, signal });
  let served = 0;
  const repeated = Array.from({ length: 100 }, () =>
    request('203.0.113.1', leaving.signal).then(
      () => (served += 1),
      () => undefined,
    ),
  );
  await waitUntil('the first responses', () => served > 0, { intervalMs: 1 });
  expect((await request('198.51.100.1')).status).toBe(status);
  expect(served).toBeLessThan(100);
  leaving.abort();
  await Promise.all(repeated);
});

describe('execution slots', () => {
  it('are limited for each client, and those of the gateway are others', async () => {
    await start();
    const attack = Array.from({ length: 44 }, () => post('203.0.113.1', '{ slow }'));
    await running(8);
    expect(await codeOf(await post('198.51.100.1', '{ hello }'))).toEqual(ok);
    expect(await codeOf(await post('203.0.113.1', '{ hello }', '/subgraph'))).toEqual(ok);
    // 32 more wait, and are executed when the first eight are.
    const whole = Promise.all(attack.map(async (request) => codeOf(await request)));
    for (let round = 0; round < 5; round += 1) {
      await running(8);
      for (const resolve of finish.splice(0)) resolve();
    }
    const codes = await whole;
    expect(codes.filter((code) => code === '429 RATE_LIMITED')).toHaveLength(4);
    expect(codes.filter((code) => code === ok)).toHaveLength(40);
  });

  it('bound the operations of the gateway too, without shares', async () => {
    await start();
    const socket = pipeline(
      '198.51.100.1',
      Array.from({ length: 300 }, () => '{ slow }'),
      '/subgraph',
    );
    await running(256);
    for (const resolve of finish.splice(0)) resolve();
    await running(44);
    socket.destroy();
  });

  it('are given back when the response is handed over, although the client does not read it', async () => {
    await start();
    // No response is sent before the first.
    const socket = pipeline('198.51.100.1', ['{ slow }', ...Array.from({ length: 20 }, () => '{ hello }')]);
    await running(1);
    await waitUntil('the others to be executed', async () => {
      const responses = await Promise.all(Array.from({ length: 7 }, () => post('198.51.100.1', '{ hello }')));
      return responses.every(({ status }) => status === 200);
    });
    socket.destroy();
  });

  it('are given back when the client disconnects, and not taken by its pipelined requests', async () => {
    await start();
    const socket = pipeline(
      '198.51.100.1',
      Array.from({ length: 16 }, () => '{ slow }'),
    );
    await running(8);
    socket.destroy();
    await waitUntil('all to be aborted', () => aborted === 8, { intervalMs: 1 });
    expect(await codeOf(await post('198.51.100.1', '{ hello }'))).toEqual(ok);
    expect(finish).toHaveLength(8);
  });
});
