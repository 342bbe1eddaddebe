import { setTimeout as wait } from 'node:timers/promises';

import { type Logger, silentLogger } from '../../services/kit/observability/logger.js';
import { answer, closedUrl, type FakeSubgraph, type Reply, startFakeSubgraph } from '../testing/fake-graph.js';
import { createSubgraph, type FetchEvent, type RemoteSubgraph, type SubgraphOptions } from './subgraph-client.js';
import { type Act, createAsker, rawAnswer, type RawServer, startRawServer, until } from '../testing/raw-server.js';

const body = '{"query":"{ denmark { id } }","variables":{}}';
const data = { denmark: { id: 'dk:catalogue' } };
const hangs: Reply = () => undefined;

interface WatchedSubgraph extends RemoteSubgraph {
  readonly events: FetchEvent[];
}

let fake: FakeSubgraph;
let made: RemoteSubgraph[] = [];
let servers: RawServer[] = [];
beforeAll(async () => {
  fake = await startFakeSubgraph();
});
beforeEach(() => {
  fake.asked.splice(0);
  fake.willReply(answer({ data }));
});
afterEach(async () => {
  await Promise.all(made.map((subgraph) => subgraph.close()));
  await Promise.all(servers.map((server) => server.stop()));
  made = [];
  servers = [];
});
afterAll(() => fake.stop());

/** The client of a subgraph, with what it tells of its fetches. */
function create(options: Partial<SubgraphOptions> = {}): WatchedSubgraph {
  const events: FetchEvent[] = [];
  const onFetch = (event: FetchEvent) => events.push(event);
  const subgraph = createSubgraph({
    name: 'denmark',
    url: fake.url,
    timeoutMs: 10_000,
    logger: silentLogger,
    onFetch,
    ...options,
  });
  made.push(subgraph);
  return { ...subgraph, events };
}

async function startServer(act: Act): Promise<RawServer> {
  const server = await startRawServer(act);
  servers.push(server);
  return server;
}

/** Asks so often, each time something else, and tells why there was no answer. */
const failuresOf = (subgraph: WatchedSubgraph, times: number): Promise<string[]> =>
  Promise.all(
    Array.from({ length: times }, (_, nth) =>
      subgraph.ask(JSON.stringify({ query: `{ a${nth} }` }), createAsker()).then(
        () => 'none',
        (error: unknown) => (error as { failure: string }).failure,
      ),
    ),
  );

it('brings what was asked for', async () => {
  const subgraph = create();
  expect(subgraph.name).toBe('denmark');
  expect(await subgraph.ask(body, createAsker())).toEqual({ data, errors: [] });
  expect(fake.asked).toEqual([JSON.parse(body)]);
  expect(subgraph.state()).toBe('closed');
});

it('waits for a slow answer', async () => {
  fake.willReply((response, asked) =>
    setTimeout(() => {
      answer({ data })(response, asked);
    }, 200),
  );
  expect(await create().ask(body, createAsker())).toEqual({ data, errors: [] });
});

describe('what it tells of a question', () => {
  const event = { service: 'denmark', outcome: 'OK', shared: false, retried: false };
  const told = (event: object): unknown => expect.objectContaining(event);

  it('that was answered, alone or together', async () => {
    const subgraph = create();
    await Promise.all([1, 2].map(() => subgraph.ask(body, createAsker())));
    expect(subgraph.events).toEqual([told(event), told({ ...event, shared: true })]);
    expect(subgraph.events[0]?.milliseconds).toBeGreaterThan(0);
  });

  it('that had to be sent twice', async () => {
    const server = await startServer((socket, nth) => {
      if (nth === 1) socket.resetAndDestroy();
      else socket.write(rawAnswer('{"errors":[{"message":"no"}]}'));
    });
    const subgraph = create({ url: server.url });
    expect(await subgraph.ask(body, createAsker())).toEqual({ data: null, errors: [{ message: 'no' }] });
    expect(subgraph.events).toEqual([told({ ...event, retried: true })]);
  });

  it('whose asker left', async () => {
    fake.willReply(hangs);
    const [subgraph, asker] = [create(), createAsker()];
    const reply = subgraph.ask(body, asker);
    asker.leave();
    await expect(reply).rejects.toMatchObject({ failure: 'SUBGRAPH_UNAVAILABLE' });
    expect(subgraph.events).toEqual([told({ ...event, outcome: 'LEFT' })]);
  });

  it('that found no answer, and one that was not sent any longer', async () => {
    const subgraph = create({ url: await closedUrl(), breaker: { failures: 1, openMs: 60_000 } });
    await failuresOf(subgraph, 1);
    await failuresOf(subgraph, 1);
    expect(subgraph.events).toEqual([
      told({ ...event, outcome: 'SUBGRAPH_UNAVAILABLE', retried: true }),
      told({ ...event, outcome: 'NOT_ASKED' }),
    ]);
  });
});

describe('the breaker', () => {
  const breaker = { failures: 3, openMs: 60_000 };

  it.each([
    ['cannot be reached', answer('', 503), 'SUBGRAPH_UNAVAILABLE'],
    ['does not answer in time', hangs, 'SUBGRAPH_TIMEOUT'],
    ['sends no JSON', answer('<html>', 200, 'text/html'), 'SUBGRAPH_BAD_RESPONSE'],
    ['sends cut JSON', answer('{"data":'), 'SUBGRAPH_BAD_RESPONSE'],
    ['sends no answer of GraphQL', answer({ status: 'ok' }), 'SUBGRAPH_BAD_RESPONSE'],
  ] satisfies [string, Reply, string][])('opens when a subgraph %s', async (_name, reply, failure) => {
    fake.willReply(reply);
    const subgraph = create({ breaker, timeoutMs: 1_000 });
    expect(await failuresOf(subgraph, 3)).toEqual([failure, failure, failure]);
    expect(subgraph.state()).toBe('open');
    expect(await failuresOf(subgraph, 5)).toEqual(Array(5).fill('SUBGRAPH_UNAVAILABLE'));
    expect(fake.asked).toHaveLength(3);
  });

  it('stays closed when a subgraph reports errors of its own', async () => {
    fake.willReply(answer({ data: null, errors: [{ message: 'no' }] }, 500));
    const subgraph = create({ breaker });
    expect(await failuresOf(subgraph, 5)).toEqual(Array(5).fill('none'));
    expect(subgraph.state()).toBe('closed');
  });

  it('stays closed when clients leave', async () => {
    fake.willReply(hangs);
    const subgraph = create({ breaker });
    const askers = Array.from({ length: 5 }, () => createAsker());
    const gone = askers.map((asker) => expect(subgraph.ask(body, asker)).rejects.toThrow('left'));
    for (const asker of askers) asker.leave();
    await Promise.all(gone);
    expect(subgraph.state()).toBe('closed');
  });

  it('closes when the subgraph answers again', async () => {
    fake.willReply(answer('', 503));
    const subgraph = create({ breaker: { failures: 3, openMs: 20 } });
    await failuresOf(subgraph, 3);
    expect(subgraph.state()).toBe('open');
    fake.willReply(answer({ data }));
    await wait(50);
    expect(await subgraph.ask(body, createAsker())).toEqual({ data, errors: [] });
    expect(subgraph.state()).toBe('closed');
  });
});

it('writes a line for what failed, and none for who left or was refused', async () => {
  const lines: string[] = [];
  const write = (_fields: unknown, line: string) => lines.push(line);
  const logger = { info: write, warn: write, error: write } as unknown as Logger;
  fake.willReply(answer('', 503));
  const subgraph = create({ logger, breaker: { failures: 20, openMs: 60_000 } });
  const asker = createAsker();
  const gone = expect(subgraph.ask(body, asker)).rejects.toThrow('left');
  asker.leave();
  await gone;
  await failuresOf(subgraph, 20);
  await failuresOf(subgraph, 20);
  expect([...new Set(lines)]).toEqual([
    'denmark gave no answer: SUBGRAPH_UNAVAILABLE, it answered with status 503',
    'denmark fails: it is not asked for 60000 ms',
  ]);
});

it('finds a new connection when the other side of one is gone without a word', async () => {
  let isGone = false;
  const server = await startServer((socket) => {
    if (!isGone) socket.write(rawAnswer('{"data":{"a":1}}'));
  });
  const subgraph = create({ url: server.url, timeoutMs: 1_000 });
  await subgraph.ask(body, createAsker());
  isGone = true;
  await expect(subgraph.ask(body, createAsker())).rejects.toMatchObject({ failure: 'SUBGRAPH_TIMEOUT' });
  isGone = false;
  expect(await subgraph.ask(body, createAsker())).toMatchObject({ data: { a: 1 } });
});

it('passes connections on when those who waited for one have left', async () => {
  let isHanging = true;
  const server = await startServer((socket) => {
    if (!isHanging) socket.write(rawAnswer('{"data":{"a":1}}'));
  });
  const subgraph = create({ url: server.url, shareFetches: false });
  const first = failuresOf(subgraph, 64);
  await until(() => server.requests.length === 64);
  const askers = Array.from({ length: 500 }, () => createAsker());
  const gone = askers.map((asker, nth) => expect(subgraph.ask(`${body}${nth}`, asker)).rejects.toThrow('left'));
  for (const asker of askers) asker.leave();
  await Promise.all(gone);

  const last = failuresOf(subgraph, 64);
  isHanging = false;
  for (const socket of server.sockets) socket.write(rawAnswer('{"data":{"a":1}}'));
  expect(new Set([...(await first), ...(await last)])).toEqual(new Set(['none']));
  expect([server.requests.length, server.sockets.length]).toEqual([128, 64]);
});

it('leaves nothing behind after a thousand fetches', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  const before = timers();
  const server = await startServer((socket, nth) => {
    if (nth % 10 === 0) socket.destroy();
    else socket.write(rawAnswer('{"data":{"a":1}}'));
  });
  const subgraph = create({ url: server.url });
  const asker = createAsker();
  const asks = Array.from({ length: 1_000 }, (_, nth) => subgraph.ask(`${body}${nth}`, asker));
  await Promise.allSettled(asks);
  expect(asker.listeners()).toBe(0);
  await until(() => server.sockets.filter((socket) => !socket.destroyed).length <= 64);
  await subgraph.close();
  await until(() => server.sockets.every((socket) => socket.destroyed));
  await until(() => timers() <= before);
});

it('lets everybody go when it is closed', async () => {
  fake.willReply(hangs);
  const subgraph = create();
  const ended = expect(subgraph.ask(body, createAsker())).rejects.toMatchObject({ failure: 'SUBGRAPH_UNAVAILABLE' });
  await until(() => fake.asked.length === 1);
  await subgraph.close();
  await ended;
});
