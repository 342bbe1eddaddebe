import { silentLogger } from '../../services/kit/testing/silent-logger.js';
import { type CircuitBreaker, createCircuitBreaker } from './circuit-breaker.js';
import { type ConnectionPool, createConnectionPool } from './connection-pool.js';
import { FetchDeduplicator } from './fetch-deduplication.js';
import type { SubgraphError } from './subgraph.js';
import {
  createRequester,
  rawResponse,
  type RawServer,
  startRawServer,
  type TestRequester,
  until,
} from '../testing/raw-server.js';

const body = '{"query":"{ denmark { id } }"}';
const timeoutMs = 10_000;

let server: RawServer;
let connections: ConnectionPool;
let breaker: CircuitBreaker;
let errors: SubgraphError[];
let deduplicator: FetchDeduplicator;
beforeEach(async () => {
  server = await startRawServer(() => undefined);
  connections = createConnectionPool({ url: server.url, timeoutMs });
  breaker = createCircuitBreaker('denmark', silentLogger, { failures: 1, openMs: 60_000 });
  errors = [];
  deduplicator = createDeduplicator(true);
});
afterEach(async () => {
  await connections.close();
  await server.stop();
});

const createDeduplicator = (deduplicateFetches: boolean, timeout = timeoutMs): FetchDeduplicator =>
  new FetchDeduplicator({
    connections,
    breaker,
    timeoutMs: timeout,
    deduplicateFetches,
    onError: (error) => errors.push(error),
  });

const execute = (requester: TestRequester, request = body, by = deduplicator) =>
  by.join(request, requester).fetch.wait(requester);

/** Responds to every request that has arrived so far. */
const respondToAll = (text = '{"data":{"a":[1]}}'): void => {
  for (const socket of server.sockets) socket.write(rawResponse(text));
};
const arrived = (times: number) => until(() => server.requests.length === times);
const isClosed = (nth: number) => until(() => server.sockets[nth]?.destroyed === true);

const disconnected = expect.objectContaining({ message: 'the client disconnected' }) as Error;
const timedOut = expect.objectContaining({ code: 'SUBGRAPH_TIMEOUT' }) as Error;

describe('identical fetches', () => {
  it('share one request, and each gets its own copy of the response', async () => {
    const replies = [1, 2, 3].map(() => execute(createRequester()));
    await arrived(1);
    respondToAll();
    const [first, ...others] = await Promise.all(replies);
    (first?.data?.['a'] as number[]).push(2);
    expect(others).toEqual([1, 2].map(() => ({ data: { a: [1] }, errors: [] })));
    expect(server.requests).toHaveLength(1);
  });

  it('report whether they joined another', () => {
    const joined = [1, 2].map(() => deduplicator.join(body, createRequester()));
    expect(joined.map(({ isShared }) => isShared)).toEqual([false, true]);
  });

  it('share an error', async () => {
    const replies = [1, 2].map(() => execute(createRequester()));
    const failed = Promise.all(
      replies.map((reply) => expect(reply).rejects.toMatchObject({ code: 'SUBGRAPH_BAD_RESPONSE' })),
    );
    await arrived(1);
    respondToAll('<html>');
    await failed;
    expect(errors).toHaveLength(1);
  });

  it('send a new request after the response has arrived', async () => {
    for (const times of [1, 2]) {
      const reply = execute(createRequester());
      await arrived(times);
      respondToAll();
      await reply;
    }
    expect(server.requests).toHaveLength(2);
  });

  it('send separate requests if one has a much later deadline', async () => {
    const replies = [execute(createRequester(5_000)), execute(createRequester(5_500)), execute(createRequester(8_000))];
    await arrived(2);
    respondToAll();
    await Promise.all(replies);
    expect(server.requests).toHaveLength(2);
  });

  it('send separate requests if deduplication is disabled', async () => {
    const alone = createDeduplicator(false);
    const replies = [1, 2].map(() => execute(createRequester(), body, alone));
    await arrived(2);
    respondToAll();
    await Promise.all(replies);
  });
});

it('different fetches with equal ends are kept apart', async () => {
  const end = 'x'.repeat(1_000);
  const replies = ['a', 'b'].map((start) => execute(createRequester(), start + end));
  await arrived(2);
  respondToAll();
  await Promise.all(replies);
});

describe('a client that disconnects', () => {
  it('is rejected immediately, and the subgraph notices', async () => {
    const requester = createRequester();
    const reply = execute(requester);
    await arrived(1);
    requester.disconnect();
    await expect(reply).rejects.toThrow(disconnected);
    await isClosed(0);
    expect(breaker.state()).toBe('closed');
  });

  it('does not affect other clients', async () => {
    const [first, second] = [createRequester(), createRequester()];
    const replies = [execute(first), execute(second)];
    await arrived(1);
    first.disconnect();
    await expect(replies[0]).rejects.toThrow(disconnected);
    respondToAll();
    expect(await replies[1]).toEqual({ data: { a: [1] }, errors: [] });
  });

  it('cancels the fetch if it is the last', async () => {
    const requesters = [createRequester(), createRequester()];
    const replies = requesters.map((requester) => execute(requester));
    const gone = Promise.all(replies.map((reply) => expect(reply).rejects.toThrow(disconnected)));
    await arrived(1);
    for (const requester of requesters) requester.disconnect();
    await gone;
    await isClosed(0);
  });

  it('does not affect later clients', async () => {
    const requester = createRequester();
    const reply = execute(requester);
    await arrived(1);
    requester.disconnect();
    await expect(reply).rejects.toThrow(disconnected);
    const next = execute(createRequester());
    await arrived(2);
    respondToAll();
    expect(await next).toMatchObject({ data: { a: [1] } });
  });

  it('before its fetch sends no request', () => {
    const requester = createRequester();
    requester.disconnect();
    expect(() => deduplicator.join(body, requester)).toThrow(disconnected);
  });
});

describe('a fetch that times out', () => {
  it('is the fault of a subgraph that had enough time', async () => {
    await expect(execute(createRequester(), body, createDeduplicator(true, 50))).rejects.toThrow(timedOut);
    expect(breaker.state()).toBe('open');
  });

  it('is not the fault of a subgraph that had little time', async () => {
    await expect(execute(createRequester(50))).rejects.toThrow(timedOut);
    expect(breaker.state()).toBe('closed');
  });

  it('is rejected when its token is cancelled at the deadline', async () => {
    const requester = createRequester(50);
    const reply = execute(requester);
    const ended = expect(reply).rejects.toThrow(timedOut);
    await until(() => performance.now() >= requester.deadline);
    requester.disconnect();
    await ended;
  });

  it('is rejected before it starts if its deadline is over', () => {
    expect(() => deduplicator.join(body, createRequester(0))).toThrow(timedOut);
    expect(server.requests).toHaveLength(0);
  });
});

describe('the probe of a circuit breaker', () => {
  it('continues when its client disconnects', async () => {
    breaker = createCircuitBreaker('denmark', silentLogger, { failures: 1, openMs: 1 });
    deduplicator = createDeduplicator(true);
    const first = execute(createRequester());
    const failed = expect(first).rejects.toMatchObject({ code: 'SUBGRAPH_BAD_RESPONSE' });
    await arrived(1);
    respondToAll('<html>');
    await failed;
    await until(() => breaker.state() === 'open');
    await new Promise((resolve) => setTimeout(resolve, 10));

    const requester = createRequester();
    const probe = execute(requester);
    await arrived(2);
    expect(breaker.state()).toBe('halfOpen');
    requester.disconnect();
    await expect(probe).rejects.toThrow(disconnected);
    respondToAll();
    await until(() => breaker.state() === 'closed');
  });
});

it('a fetch leaves no listener behind, and no warning', async () => {
  const warnings: Error[] = [];
  const note = (warning: Error) => warnings.push(warning);
  process.on('warning', note);
  const requester = createRequester();
  const replies = Array.from({ length: 30 }, (_, nth) => execute(requester, `${body}${nth}`));
  expect(requester.listeners()).toBe(30);
  await arrived(30);
  respondToAll();
  await Promise.all(replies);
  expect(requester.listeners()).toBe(0);
  await new Promise(setImmediate);
  process.off('warning', note);
  expect(warnings).toEqual([]);
});
