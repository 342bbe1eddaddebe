import { Pool } from 'undici';

import { HttpExchange } from './http-exchange.js';
import { SubgraphError } from './subgraph.js';
import { rawResponse, type RawServer, startRawServer, until } from '../testing/raw-server.js';

const failure = new SubgraphError('SUBGRAPH_TIMEOUT', 'given up');

let server: RawServer;
let pool: Pool;
let isAnswering: boolean;
beforeEach(async () => {
  isAnswering = true;
  server = await startRawServer((socket) => isAnswering && socket.write(rawResponse('{}')));
  pool = new Pool(new URL(server.url).origin, { connections: 1 });
});
afterEach(async () => {
  await pool.destroy();
  await server.stop();
});

function send(): HttpExchange {
  const exchange = new HttpExchange();
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
    expect(await exchange.response).toMatchObject({ status: 200, text: '{}' });
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
