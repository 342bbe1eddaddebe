import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

import { respond, type FakeSubgraph, startFakeSubgraph } from '../testing/fake-graph.js';
import { type ConnectionPool, createConnectionPool } from './connection-pool.js';
import { createRequester, rawResponse, startRawServer, until } from '../testing/raw-server.js';

/** Sends one request with these options, and returns what arrives. */
async function headersOf(secret: string | undefined, msLeft: number): Promise<IncomingHttpHeaders> {
  let headers: IncomingHttpHeaders = {};
  const server = createServer((request, response) => {
    headers = request.headers;
    response.setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/subgraph?a=1`;
  const connection = createConnectionPool({ url, secret, timeoutMs: 10_000 });
  await connection.send('{}', createRequester(), msLeft).response;
  await connection.close();
  server.close();
  return headers;
}

describe('a request', () => {
  it('contains the secret, the request id, the trace and the time left', async () => {
    expect(await headersOf('s'.repeat(32), 1234.9)).toMatchObject({
      accept: 'application/json',
      'content-type': 'application/json',
      authorization: `Bearer ${'s'.repeat(32)}`,
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      'x-request-id': 'request-1',
      'x-deadline-ms': '1234',
    });
  });

  it('contains no secret if there is none, and at least one millisecond', async () => {
    const headers = await headersOf(undefined, 0.3);
    expect(headers).not.toHaveProperty('authorization');
    expect(headers['x-deadline-ms']).toBe('1');
  });
});

describe('a response', () => {
  let fake: FakeSubgraph;
  let connection: ConnectionPool;
  beforeAll(async () => {
    fake = await startFakeSubgraph();
    connection = createConnectionPool({ url: fake.url, timeoutMs: 10_000 });
  });
  afterAll(async () => {
    await connection.close();
    await fake.stop();
  });
  const send = () => connection.send('{}', createRequester(), 10_000).response;

  it('is complete in any language and any number of chunks', async () => {
    const text = JSON.stringify({ data: 'Løsning, λύση, решение, 🇪🇺 '.repeat(10_000) });
    fake.respondWith((response) => {
      response.setHeader('content-type', 'application/json');
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; at += 1_001) response.write(bytes.subarray(at, at + 1_001));
      response.end();
    });
    expect(await send()).toEqual({ status: 200, type: 'application/json', body: Buffer.from(text) });
  });

  it('is read up to the maximum size, and its connection is closed', async () => {
    let left = false;
    fake.respondWith((response) => {
      response.setHeader('content-type', 'application/json');
      const part = 'x'.repeat(1024 * 1024);
      const write = () => {
        while (!response.destroyed && response.write(part));
      };
      response.on('drain', write).on('close', () => {
        left = true;
      });
      write();
    });
    await expect(send()).rejects.toMatchObject({ code: 'UND_ERR_RES_EXCEEDED_MAX_SIZE' });
    await until(() => left);
  });

  it('may be empty and without a content type', async () => {
    fake.respondWith(respond('', 204, null));
    expect(await send()).toEqual({ status: 204, type: '', body: Buffer.alloc(0) });
  });
});

it('a connection is reused for the next request', async () => {
  const server = await startRawServer((socket) => socket.write(rawResponse('{}')));
  const connection = createConnectionPool({ url: server.url, timeoutMs: 10_000 });
  for (let times = 0; times < 20; times += 1) await connection.send('{}', createRequester(), 10_000).response;
  expect(server.requests).toHaveLength(20);
  // undici leaves a connection idle for a moment after a response: two take turns.
  expect(server.sockets.length).toBeLessThanOrEqual(2);
  await connection.close();
  await server.stop();
});
