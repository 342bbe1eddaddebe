import { Pool } from 'undici';

import { HttpExchange } from './http-exchange.js';
import { ResponseLimits } from './response-limits.js';
import { SubgraphError } from './subgraph.js';
import { rawResponse, type RawServer, startRawServer, until } from '../testing/raw-server.js';

const failure = new SubgraphError('SUBGRAPH_TIMEOUT', 'given up');

let server: RawServer;
let pool: Pool;
let limits: ResponseLimits;
let isAnswering: boolean;
beforeEach(async () => {
  isAnswering = true;
  limits = new ResponseLimits();
  server = await startRawServer((socket) => isAnswering && socket.write(rawResponse('{}')));
  pool = new Pool(new URL(server.url).origin, { connections: 1 });
});
afterEach(async () => {
  await pool.destroy();
  await server.stop();
});

function send(): HttpExchange {
  const exchange = new HttpExchange(limits);
  pool.dispatch({ method: 'POST', path: '/subgraph', body: '{}' }, exchange);
  return exchange;
}

describe('a cancelled request', () => {
  it('closes its connection, so that the subgraph notices', async () => {
    isAnswering = false;
    const exchange = send();
    await until(() => server.requests.length === 1);
    exchange.cancel(failure);
    await expect(exchange.response).rejects.toBe(failure);
    await until(() => server.sockets[0]?.destroyed === true);
  });

  it('that waits for a connection ends immediately, and leaves the connection to the next', async () => {
    isAnswering = false;
    const first = send();
    const cancelled = send();
    const last = send();
    await until(() => server.requests.length === 1);
    cancelled.cancel(failure);
    await expect(cancelled.response).rejects.toBe(failure);
    isAnswering = true;
    server.sockets[0]?.write(rawResponse('{}'));
    await Promise.all([first.response, last.response]);
    expect(server.sockets.length).toBe(1);
    expect(server.requests).toHaveLength(2);
  });

  it('keeps its response if it was complete', async () => {
    const exchange = send();
    expect(await exchange.response).toMatchObject({ status: 200, body: Buffer.from('{}') });
    exchange.cancel(failure);
    await send().response;
    expect(server.sockets.length).toBe(1);
  });
});

it('an exchange knows whether its response has started', async () => {
  isAnswering = false;
  const exchange = send();
  await until(() => server.requests.length === 1);
  expect(exchange.hasResponseStarted).toBe(false);
  server.sockets[0]?.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{');
  await until(() => exchange.hasResponseStarted);
  exchange.cancel(failure);
  await expect(exchange.response).rejects.toBe(failure);
});

describe('a response beyond a limit', () => {
  it.each([
    ['values', `[${'{},'.repeat(400_000)}`, 'its response contains more than 300000 values'],
    ['errors', `{"errors":[${'{"message":"no"},'.repeat(20_000)}`, 'it has more than 262144 bytes of errors'],
    ['errors', ` {"data": null,"errors":["${'x'.repeat(300_000)}`, 'it has more than 262144 bytes of errors'],
  ])('of %s is rejected, and its connection is closed, before it is complete', async (_what, beginning, message) => {
    isAnswering = false;
    const exchange = send();
    await until(() => server.requests.length === 1);
    server.sockets[0]?.write(`HTTP/1.1 200 OK\r\ncontent-length: 20000000\r\n\r\n${beginning}`);
    await expect(exchange.response).rejects.toMatchObject({ code: 'SUBGRAPH_BAD_RESPONSE', message });
    await until(() => server.sockets[0]?.destroyed === true);
  });

  it('is rejected if too much is received from its subgraph at the same time', async () => {
    limits = new ResponseLimits(100);
    isAnswering = false;
    const connections = new Pool(new URL(server.url).origin, { connections: 2 });
    const exchanges = [new HttpExchange(limits), new HttpExchange(limits)];
    for (const exchange of exchanges) connections.dispatch({ method: 'POST', path: '/', body: '{}' }, exchange);
    await until(() => server.requests.length === 2);
    const half = `HTTP/1.1 200 OK\r\ncontent-length: 70\r\n\r\n${'x'.repeat(60)}`;
    server.sockets[0]?.write(half);
    await until(() => exchanges.some(({ hasResponseStarted }) => hasResponseStarted));
    server.sockets[1]?.write(half);
    const rejected = { code: 'SUBGRAPH_BAD_RESPONSE', message: expect.stringContaining('100 bytes') as string };
    await expect(
      Promise.any(
        exchanges.map(({ response }) =>
          response.then(
            () => Promise.reject(new Error()),
            (error: unknown) => error,
          ),
        ),
      ),
    ).resolves.toMatchObject(rejected);
    server.sockets[0]?.write('x'.repeat(10));
    expect(await Promise.any(exchanges.map(({ response }) => response))).toMatchObject({
      body: Buffer.from('x'.repeat(70)),
    });
    await connections.destroy();
  });

  it('leaves room for the next when it is complete or cancelled', async () => {
    limits = new ResponseLimits(100);
    for (let turn = 0; turn < 60; turn += 1) expect(String((await send().response).body)).toBe('{}');
    isAnswering = false;
    const cancelled = send();
    await until(() => server.requests.length === 61);
    server.sockets[0]?.write(`HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n${'x'.repeat(98)}`);
    await until(() => cancelled.hasResponseStarted);
    cancelled.cancel(failure);
    await expect(cancelled.response).rejects.toBe(failure);
    isAnswering = true;
    expect(String((await send().response).body)).toBe('{}');
  });
});
