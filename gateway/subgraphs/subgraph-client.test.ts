import { setTimeout as wait } from 'node:timers/promises';

import type { Logger } from '../../services/kit/observability/logger.js';
import { silentLogger } from '../../services/kit/testing/silent-logger.js';
import { respond, closedUrl, type FakeSubgraph, type Respond, startFakeSubgraph } from '../testing/fake-graph.js';
import {
  createSubgraphClient,
  type FetchEvent,
  type SubgraphClient,
  type SubgraphClientOptions,
} from './subgraph-client.js';
import {
  type HandleData,
  createRequester,
  rawResponse,
  type RawServer,
  startRawServer,
  until,
} from '../testing/raw-server.js';

const body = '{"query":"{ denmark { id } }","variables":{}}';
const data = { denmark: { id: 'dk:catalogue' } };
const hangs: Respond = () => undefined;

interface WatchedSubgraph extends SubgraphClient {
  readonly events: FetchEvent[];
}

let fake: FakeSubgraph;
let created: SubgraphClient[] = [];
let servers: RawServer[] = [];
beforeAll(async () => {
  fake = await startFakeSubgraph();
});
beforeEach(() => {
  fake.requests.splice(0);
  fake.respondWith(respond({ data }));
});
afterEach(async () => {
  await Promise.all(created.map((subgraph) => subgraph.close()));
  await Promise.all(servers.map((server) => server.stop()));
  created = [];
  servers = [];
});
afterAll(() => fake.stop());

/** The client of a subgraph, with the events of its fetches. */
function create(options: Partial<SubgraphClientOptions> = {}): WatchedSubgraph {
  const events: FetchEvent[] = [];
  const onFetch = (event: FetchEvent) => events.push(event);
  const subgraph = createSubgraphClient({
    name: 'denmark',
    url: fake.url,
    timeoutMs: 10_000,
    logger: silentLogger,
    onFetch,
    ...options,
  });
  created.push(subgraph);
  return { ...subgraph, events };
}

async function startServer(act: HandleData): Promise<RawServer> {
  const server = await startRawServer(act);
  servers.push(server);
  return server;
}

/** Sends so many different requests, and resolves to the error code of each. */
const findErrorCodes = (subgraph: WatchedSubgraph, times: number): Promise<string[]> =>
  Promise.all(
    Array.from({ length: times }, (_, nth) =>
      subgraph.execute(JSON.stringify({ query: `{ a${nth} }` }), createRequester()).then(
        () => 'none',
        (error: unknown) => (error as { code: string }).code,
      ),
    ),
  );

it('the client returns the response', async () => {
  const subgraph = create();
  expect(subgraph.name).toBe('denmark');
  expect(await subgraph.execute(body, createRequester())).toEqual({ data, errors: [] });
  expect(fake.requests).toEqual([JSON.parse(body)]);
  expect(subgraph.state()).toBe('closed');
});

it('the client waits for a slow response', async () => {
  fake.respondWith((response, request) =>
    setTimeout(() => {
      respond({ data })(response, request);
    }, 200),
  );
  expect(await create().execute(body, createRequester())).toEqual({ data, errors: [] });
});

describe('the event of a fetch', () => {
  const event = { service: 'denmark', outcome: 'OK', shared: false, retried: false };
  const matching = (event: object): unknown => expect.objectContaining(event);

  it('reports success, shared or not', async () => {
    const subgraph = create();
    await Promise.all([1, 2].map(() => subgraph.execute(body, createRequester())));
    expect(subgraph.events).toEqual([matching(event), matching({ ...event, shared: true })]);
    expect(subgraph.events[0]?.milliseconds).toBeGreaterThan(0);
  });

  it('reports a retry', async () => {
    const server = await startServer((socket, nth) => {
      if (nth === 1) socket.resetAndDestroy();
      else socket.write(rawResponse('{"errors":[{"message":"no"}]}'));
    });
    const subgraph = create({ url: server.url });
    expect(await subgraph.execute(body, createRequester())).toEqual({ data: null, errors: [{ message: 'no' }] });
    expect(subgraph.events).toEqual([matching({ ...event, retried: true })]);
  });

  it('reports that the client disconnected', async () => {
    fake.respondWith(hangs);
    const [subgraph, requester] = [create(), createRequester()];
    const reply = subgraph.execute(body, requester);
    requester.disconnect();
    await expect(reply).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
    expect(subgraph.events).toEqual([matching({ ...event, outcome: 'CLIENT_DISCONNECTED' })]);
  });

  it('reports a failure, and an open circuit', async () => {
    const subgraph = create({ url: await closedUrl(), breaker: { failures: 1, openMs: 60_000 } });
    await findErrorCodes(subgraph, 1);
    await findErrorCodes(subgraph, 1);
    expect(subgraph.events).toEqual([
      matching({ ...event, outcome: 'SUBGRAPH_UNAVAILABLE', retried: true }),
      matching({ ...event, outcome: 'CIRCUIT_OPEN' }),
    ]);
  });
});

describe('the circuit breaker', () => {
  const breaker = { failures: 3, openMs: 60_000 };

  it.each([
    ['cannot be reached', respond('', 503), 'SUBGRAPH_UNAVAILABLE'],
    ['does not respond in time', hangs, 'SUBGRAPH_TIMEOUT'],
    ['sends HTML', respond('<html>', 200, 'text/html'), 'SUBGRAPH_BAD_RESPONSE'],
    ['sends truncated JSON', respond('{"data":'), 'SUBGRAPH_BAD_RESPONSE'],
    ['sends JSON that is not a GraphQL response', respond({ status: 'ok' }), 'SUBGRAPH_BAD_RESPONSE'],
  ] satisfies [string, Respond, string][])('opens when a subgraph %s', async (_name, reply, failure) => {
    fake.respondWith(reply);
    const subgraph = create({ breaker, timeoutMs: 1_000 });
    expect(await findErrorCodes(subgraph, 3)).toEqual([failure, failure, failure]);
    expect(subgraph.state()).toBe('open');
    expect(await findErrorCodes(subgraph, 5)).toEqual(Array(5).fill('SUBGRAPH_UNAVAILABLE'));
    expect(fake.requests).toHaveLength(3);
  });

  it('stays closed when a subgraph reports errors of its own', async () => {
    fake.respondWith(respond({ data: null, errors: [{ message: 'no' }] }, 500));
    const subgraph = create({ breaker });
    expect(await findErrorCodes(subgraph, 5)).toEqual(Array(5).fill('none'));
    expect(subgraph.state()).toBe('closed');
  });

  it('stays closed when clients disconnect', async () => {
    fake.respondWith(hangs);
    const subgraph = create({ breaker });
    const requesters = Array.from({ length: 5 }, () => createRequester());
    const gone = requesters.map((requester) =>
      expect(subgraph.execute(body, requester)).rejects.toThrow('disconnected'),
    );
    for (const requester of requesters) requester.disconnect();
    await Promise.all(gone);
    expect(subgraph.state()).toBe('closed');
  });

  it('closes when the subgraph responds again', async () => {
    fake.respondWith(respond('', 503));
    const subgraph = create({ breaker: { failures: 3, openMs: 20 } });
    await findErrorCodes(subgraph, 3);
    expect(subgraph.state()).toBe('open');
    fake.respondWith(respond({ data }));
    await wait(50);
    expect(await subgraph.execute(body, createRequester())).toEqual({ data, errors: [] });
    expect(subgraph.state()).toBe('closed');
  });
});

describe('a subgraph that does not respond to polls', () => {
  it('fails all fetches at once, those in flight too, until it responds to a poll', async () => {
    const waiting: (() => void)[] = [];
    fake.respondWith((response, request) => {
      waiting.push(() => {
        respond({ data })(response, request);
      });
    });
    const subgraph = create({ silenceTickMs: 5 });
    const inFlight = findErrorCodes(subgraph, 20);
    const poll = subgraph.poll(body, createRequester());
    expect(new Set(await inFlight)).toEqual(new Set(['SUBGRAPH_UNAVAILABLE']));
    expect([subgraph.state(), subgraph.silentMs() >= 3_000]).toEqual(['open', true]);

    const received = fake.requests.length;
    expect(await findErrorCodes(subgraph, 2)).toEqual(['SUBGRAPH_UNAVAILABLE', 'SUBGRAPH_UNAVAILABLE']);
    expect(fake.requests).toHaveLength(received);

    for (const send of waiting) send();
    expect(await poll).toEqual({ data, errors: [] });
    expect([subgraph.state(), subgraph.silentMs()]).toEqual(['closed', 0]);
    fake.respondWith(respond({ data }));
    expect(await findErrorCodes(subgraph, 20)).toEqual(Array(20).fill('none'));
  });

  it('is polled on a connection of its own, which slow queries do not delay', async () => {
    const subgraph = create();
    fake.respondWith((response, request) => {
      if (request.query === '{ poll }') respond({ data })(response, request);
    });
    const requesters = Array.from({ length: 100 }, () => createRequester());
    const slow = requesters.map((requester, nth) =>
      subgraph.execute(JSON.stringify({ query: `{ slow${nth} }` }), requester).catch(() => undefined),
    );
    await until(() => fake.requests.length === 64);
    expect(await subgraph.poll('{"query":"{ poll }"}', createRequester())).toEqual({ data, errors: [] });
    for (const requester of requesters) requester.disconnect();
    await Promise.all(slow);
  });
});

it('the client rejects a response to a poll that is large, and not such a response to a query', async () => {
  const subgraph = create();
  fake.respondWith(respond(JSON.stringify({ data: { a: 'x'.repeat(70_000) } })));
  await expect(subgraph.poll(body, createRequester())).rejects.toMatchObject({ code: 'SUBGRAPH_BAD_RESPONSE' });
  expect(await findErrorCodes(subgraph, 1)).toEqual(['none']);
});

it('the client logs failures, and neither disconnected clients nor an open circuit', async () => {
  const lines: string[] = [];
  const write = (_fields: unknown, line: string) => lines.push(line);
  const logger = { info: write, warn: write, error: write } as unknown as Logger;
  fake.respondWith(respond('', 503));
  const subgraph = create({ logger, breaker: { failures: 20, openMs: 60_000 } });
  const requester = createRequester();
  const gone = expect(subgraph.execute(body, requester)).rejects.toThrow('disconnected');
  requester.disconnect();
  await gone;
  await findErrorCodes(subgraph, 20);
  await findErrorCodes(subgraph, 20);
  expect([...new Set(lines)]).toEqual([
    'denmark did not respond: SUBGRAPH_UNAVAILABLE, it responded with status 503',
    'circuit open: no requests are sent to denmark for 60000 ms',
  ]);
});

it('the client opens a new connection when a host disappears without closing one', async () => {
  let isGone = false;
  const server = await startServer((socket) => {
    if (!isGone) socket.write(rawResponse('{"data":{"a":1}}'));
  });
  const subgraph = create({ url: server.url, timeoutMs: 1_000 });
  await subgraph.execute(body, createRequester());
  isGone = true;
  await expect(subgraph.execute(body, createRequester())).rejects.toMatchObject({ code: 'SUBGRAPH_TIMEOUT' });
  isGone = false;
  expect(await subgraph.execute(body, createRequester())).toMatchObject({ data: { a: 1 } });
});

it('the client passes on connections when the requests that waited for one are cancelled', async () => {
  let isHanging = true;
  const server = await startServer((socket) => {
    if (!isHanging) socket.write(rawResponse('{"data":{"a":1}}'));
  });
  const subgraph = create({ url: server.url, deduplicateFetches: false });
  const first = findErrorCodes(subgraph, 64);
  await until(() => server.requests.length === 64);
  const requesters = Array.from({ length: 500 }, () => createRequester());
  const gone = requesters.map((requester, nth) =>
    expect(subgraph.execute(`${body}${nth}`, requester)).rejects.toThrow('disconnected'),
  );
  for (const requester of requesters) requester.disconnect();
  await Promise.all(gone);

  const last = findErrorCodes(subgraph, 64);
  isHanging = false;
  for (const socket of server.sockets) socket.write(rawResponse('{"data":{"a":1}}'));
  expect(new Set([...(await first), ...(await last)])).toEqual(new Set(['none']));
  expect([server.requests.length, server.sockets.length]).toEqual([128, 64]);
});

it('the client leaves nothing behind after a thousand fetches', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  const before = timers();
  const server = await startServer((socket, nth) => {
    if (nth % 10 === 0) socket.destroy();
    else socket.write(rawResponse('{"data":{"a":1}}'));
  });
  const subgraph = create({ url: server.url });
  const requester = createRequester();
  const fetches = Array.from({ length: 1_000 }, (_, nth) => subgraph.execute(`${body}${nth}`, requester));
  await Promise.allSettled(fetches);
  expect(requester.listeners()).toBe(0);
  await until(() => server.sockets.filter((socket) => !socket.destroyed).length <= 64);
  await subgraph.close();
  await until(() => server.sockets.every((socket) => socket.destroyed));
  await until(() => timers() <= before);
});

it('closing the client rejects all fetches in flight', async () => {
  fake.respondWith(hangs);
  const subgraph = create();
  const ended = expect(subgraph.execute(body, createRequester())).rejects.toMatchObject({
    code: 'SUBGRAPH_UNAVAILABLE',
  });
  await until(() => fake.requests.length === 1);
  await subgraph.close();
  await ended;
});
