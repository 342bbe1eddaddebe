import { closedUrl } from '../testing/fake-graph.js';
import { type ConnectionPool, createConnectionPool } from './connection-pool.js';
import { RetryingFetch } from './fetch-with-retry.js';
import { SubgraphError } from './subgraph.js';
import {
  type HandleData,
  createRequester,
  rawResponse,
  type RawServer,
  startRawServer,
  until,
} from '../testing/raw-server.js';

let act: HandleData;
let server: RawServer;
let connection: ConnectionPool;
beforeEach(async () => {
  server = await startRawServer((socket, nth) => {
    act(socket, nth);
  });
  connection = createConnectionPool({ url: server.url, timeoutMs: 10_000 });
});
afterEach(async () => {
  await connection.close();
  await server.stop();
});

const start = (msLeft = 10_000, by = connection): RetryingFetch =>
  new RetryingFetch(by, { body: '{}', ids: createRequester(), deadline: performance.now() + msLeft });

const succeeds: HandleData = (socket) => socket.write(rawResponse('{"data":{}}'));
const resets: HandleData = (socket) => socket.resetAndDestroy();
const closes: HandleData = (socket) => socket.end();
const hangs: HandleData = () => undefined;
const sends =
  (text: string): HandleData =>
  (socket) =>
    socket.end(text);

describe('a connection that fails before the response starts', () => {
  it.each([
    ['is reset', resets],
    ['is closed', closes],
  ])('and %s is retried once, with the time that is left', async (_name, fails) => {
    act = (socket, nth) => {
      (nth === 1 ? fails : succeeds)(socket, nth);
    };
    const fetch = start();
    expect(String(await fetch.body)).toBe('{"data":{}}');
    expect(fetch.wasRetried).toBe(true);
    const deadlines = server.requests.map((request) => Number(/x-deadline-ms: (\d+)/.exec(request)?.[1]));
    expect(deadlines).toHaveLength(2);
    expect(deadlines[1]).toBeLessThan(deadlines[0] ?? 0);
  });

  it('is not retried twice', async () => {
    act = resets;
    await expect(start().body).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
    expect(server.requests).toHaveLength(2);
  });

  it('is retried once when no process listens', async () => {
    const nowhere = createConnectionPool({ url: await closedUrl(), timeoutMs: 10_000 });
    const fetch = start(10_000, nowhere);
    await expect(fetch.body).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
    expect(fetch.wasRetried).toBe(true);
    await nowhere.close();
  });

  it('is not retried if no time is left', async () => {
    act = resets;
    await expect(start(40).body).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
    expect(server.requests).toHaveLength(1);
  });

  it('is not retried after cancellation', async () => {
    act = resets;
    const fetch = start();
    await until(() => server.sockets[0]?.destroyed === true);
    const failure = new SubgraphError('SUBGRAPH_UNAVAILABLE', 'disconnected');
    fetch.cancel(failure);
    await expect(fetch.body).rejects.toBe(failure);
    expect(server.requests).toHaveLength(1);
  });
});

describe('a kept-alive connection', () => {
  it('may be closed before the next fetch', async () => {
    act = succeeds;
    await start().body;
    server.sockets[0]?.destroy();
    expect(String(await start().body)).toBe('{"data":{}}');
    expect(server.sockets.length).toBe(2);
  });

  it('may be closed while the next request is in flight', async () => {
    act = (socket, nth) => {
      (nth === 2 ? resets : succeeds)(socket, nth);
    };
    await start().body;
    const second = start();
    expect(String(await second.body)).toBe('{"data":{}}');
    expect(second.wasRetried).toBe(true);
    expect(server.sockets.length).toBe(2);
  });
});

describe('a response that has started', () => {
  const half = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"data":';

  it.each([
    ['reset', (socket) => socket.write(half, () => setTimeout(() => socket.resetAndDestroy(), 20))],
    ['closed', sends(half)],
  ] satisfies [string, HandleData][])('is not retried when the connection is %s', async (_name, breaksOff) => {
    act = breaksOff;
    await expect(start().body).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['endless headers', `HTTP/1.1 200 OK\r\nx-header: ${'x'.repeat(100_000)}`],
  ])('with %s is not retried', async (_name, text) => {
    act = sends(text);
    await expect(start().body).rejects.toMatchObject({ code: 'SUBGRAPH_BAD_RESPONSE' });
    expect(server.requests).toHaveLength(1);
  });
});

describe('a status', () => {
  const page = (status: number, type = 'content-type: text/html\r\n') =>
    sends(`HTTP/1.1 ${status} Status\r\n${type}content-length: 6\r\n\r\n<html>`);

  it.each([
    ['of a proxy without its server (502)', page(502), 'SUBGRAPH_UNAVAILABLE'],
    ['of an overloaded server (503)', page(503, 'content-type: application/json\r\n'), 'SUBGRAPH_UNAVAILABLE'],
    ['of a proxy with a timeout (504)', page(504), 'SUBGRAPH_UNAVAILABLE'],
    ['of internal errors (500)', page(500), 'SUBGRAPH_BAD_RESPONSE'],
    ['of a redirect (302)', page(302), 'SUBGRAPH_BAD_RESPONSE'],
    ['of missing credentials (401)', page(401, 'content-type: application/json\r\n'), 'SUBGRAPH_BAD_RESPONSE'],
    ['with an HTML page', page(200), 'SUBGRAPH_BAD_RESPONSE'],
    ['with plain text', page(200, 'content-type: text/plain\r\n'), 'SUBGRAPH_BAD_RESPONSE'],
    ['without a content type', page(200, ''), 'SUBGRAPH_BAD_RESPONSE'],
  ])('%s is rejected, and not retried', async (_name, reply, failure) => {
    act = reply;
    await expect(start().body).rejects.toMatchObject({ code: failure });
    expect(server.requests).toHaveLength(1);
  });

  it('with a JSON response is accepted, also if it is an error', async () => {
    act = sends(
      rawResponse('{"errors":[{}]}', 'application/graphql-response+json').replace('200 OK', '400 Bad Request'),
    );
    expect(String(await start().body)).toBe('{"errors":[{}]}');
  });
});

it('a cancelled fetch closes its connection', async () => {
  act = hangs;
  const fetch = start();
  await until(() => server.requests.length === 1);
  const failure = new SubgraphError('SUBGRAPH_TIMEOUT', 'over');
  fetch.cancel(failure);
  await expect(fetch.body).rejects.toBe(failure);
  await until(() => server.sockets[0]?.destroyed === true);
  expect(server.requests).toHaveLength(1);
});

it('a fetch ends when the connections are closed', async () => {
  act = hangs;
  const fetch = start();
  const ended = expect(fetch.body).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
  await until(() => server.requests.length === 1);
  await connection.close();
  await ended;
  expect(server.requests).toHaveLength(1);
});
