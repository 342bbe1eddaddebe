import { connect, type Socket } from 'node:net';

import { createResponseCache } from '../cache/response-cache.js';
import { CostBudget } from '../../services/kit/limits/cost-budget.js';
import { RequestPace } from '../../services/kit/limits/request-pace.js';
import { RejectionPace } from '../../services/kit/limits/rejection-pace.js';
import { ExecutionSlots } from '../../services/kit/limits/execution-slots.js';
import { gate, startTestHandler, type TestHandler, until } from '../testing/test-handler.js';
import type { HttpHandlerOptions } from './http-handler.js';

const query = '{ greeting }';
const slow = { query: '{ denmark { title } }' };

let handler: TestHandler;
const start = async (options: Partial<HttpHandlerOptions>): Promise<void> => {
  handler = await startTestHandler({ trustedProxyHops: 1, ...options });
};
afterEach(() => handler.stop());

/** Sends a request as the client with an address. */
const send = (client: string, body: unknown, signal?: AbortSignal): Promise<Response> =>
  handler.post(body, { 'x-forwarded-for': client }, signal);

const codeOf = async (response: Response): Promise<unknown> => {
  const { errors } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
  return [response.status, errors?.[0]?.extensions.code];
};
const ok = [200, undefined];

/** Sends GET requests one after the other over a connection, without waiting for responses. */
function pipeline(requests: readonly (readonly [client: string, query: string])[]): Socket & { received: string } {
  const { port } = new URL(handler.url);
  const socket = Object.assign(connect(Number(port), '127.0.0.1'), { received: '' });
  socket.on('data', (data: Buffer) => {
    socket.received += data.toString();
  });
  const write = ([client, text]: readonly [string, string]): string =>
    `GET /graphql?query=${encodeURIComponent(text)} HTTP/1.1\r\nhost: x\r\nx-forwarded-for: ${client}\r\n\r\n`;
  socket.write(requests.map(write).join(''));
  return socket;
}

describe('the budget of a client', () => {
  const left = (response: Response): string | null => response.headers.get('ratelimit');

  it('is charged for every request, whatever its response, and rejects a client that used it up', async () => {
    await start({ budget: new CostBudget(350) });
    const first = await send('198.51.100.1', { query });
    expect(first.headers.get('ratelimit-policy')).toBe('"cost";q=350;w=60');
    // 100 for the request, 1 for its field, and 12 for its characters, which were parsed.
    expect(left(first)).toMatch(/^"cost";r=237;t=\d+$/);
    expect(first.headers.get('x-request-cost')).toBe('113');
    expect(left(await send('198.51.100.1:5555', '{'))).toMatch(/^"cost";r=137;/);
    expect(left(await send('[::ffff:198.51.100.1]:5555', { query: '{ nope }' }))).toMatch(/^"cost";r=29;/);
    const limited = await send('198.51.100.1', { query });
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(limited.headers.get('access-control-allow-origin')).toBe('*');
    expect(left(limited)).toMatch(/^"cost";r=29;/);
    expect(await codeOf(limited)).toEqual([429, 'RATE_LIMITED']);
    expect(await codeOf(await send('198.51.100.2', { query }))).toEqual(ok);
  });

  it('paces the rejections of a client’s invalid operations, and none of its other responses', async () => {
    const wait = jest.spyOn(RejectionPace.prototype, 'wait');
    await start({ budget: new CostBudget(1_000_000) });
    for (const name of ['nope', 'greeting', 'neither', 'greeting'])
      expect((await send('198.51.100.1', { query: `{ ${name} }` })).status).toBe(name === 'greeting' ? 200 : 400);
    expect(wait.mock.calls.map(([client]) => client)).toEqual(['198.51.100.1', '198.51.100.1']);
    wait.mockRestore();
  });

  it('paces the requests of each client beside others, also for what is in the cache', async () => {
    const wait = jest.spyOn(RequestPace.prototype, 'wait');
    await start({ budget: new CostBudget(1_000_000) });
    for (const client of ['198.51.100.1', '198.51.100.1', '198.51.100.2']) await send(client, { query });
    expect(wait.mock.calls.map(([client]) => client)).toEqual(['198.51.100.1', '198.51.100.1', '198.51.100.2']);
    wait.mockRestore();
  });

  it('does not pay for preflight requests and visits of a browser, which are paced instead', async () => {
    const wait = jest.spyOn(RejectionPace.prototype, 'wait');
    await start({ budget: new CostBudget(1), playgroundPath: './' });
    const request = (method: string, accept: string) =>
      fetch(handler.url, {
        method,
        headers: { accept, 'x-forwarded-for': '198.51.100.1' },
        redirect: 'manual',
      });
    expect([(await request('OPTIONS', '*/*')).status, (await request('GET', 'text/html')).status]).toEqual([204, 303]);
    expect(wait.mock.calls.map(([client]) => client)).toEqual(['198.51.100.1', '198.51.100.1']);
    wait.mockRestore();
  });

  const selections = Array.from({ length: 29 }, (_, index) => `a${index}: denmark { title changes __typename }`);
  /** Costs 116. */
  const many = `{ ${selections.join(' ')} }`;

  it.each([
    ['less than a minute’s budget', 150, 429, 'RATE_LIMITED'],
    ['more than a minute’s budget', 110, 400, 'QUERY_TOO_LARGE'],
  ])('rejects an operation that costs more than is left, and %s', async (_what, perMinute, status, code) => {
    await start({ budget: new CostBudget(perMinute) });
    const response = await send('198.51.100.1', { query: many });
    const { errors } = (await response.clone().json()) as { errors: unknown };
    expect(errors).toMatchObject([{ extensions: { code, limit: 'costPerMinute', allowed: perMinute } }]);
    expect(await codeOf(response)).toEqual([status, code]);
  });

  it('does not affect an identical request of another client', async () => {
    await start({ budget: new CostBudget(300) });
    await send('198.51.100.1', { query });
    const socket = pipeline([
      ['198.51.100.1', many],
      ['198.51.100.2', many],
      ['198.51.100.3', '{'],
    ]);
    await until(() => socket.received.includes('400 Bad Request'));
    expect(socket.received.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 429', 'HTTP/1.1 200', 'HTTP/1.1 400']);
    socket.destroy();
  });
});

describe('execution slots', () => {
  const slots = (max: number, maxPerClient: number) => new ExecutionSlots({ max, maxPerClient, maxWaitMs: 20 });
  /** Makes Denmark wait until the returned function is called. */
  const holdDenmark = (): (() => void) => {
    const held = gate();
    handler.denmark.gate = held.opened;
    return held.open;
  };
  /** A slow operation that differs from all others. */
  const slowOperation = (turn: number) => ({ query: `{ denmark(id: "${turn}") { title } }` });
  const isRunning = (count: number) => until(() => handler.denmark.contexts.length === count);

  it('are not needed by a request that is sent slowly, nor by one that joins an identical one', async () => {
    await start({ slots: slots(1, 1) });
    const unfinished = connect(Number(new URL(handler.url).port), '127.0.0.1');
    unfinished.write(
      'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{"q',
    );
    const open = holdDenmark();
    const requests = [send('198.51.100.1', slow), send('198.51.100.2', slow)];
    await isRunning(1);
    expect(await codeOf(await send('198.51.100.1', { query }))).toEqual([429, 'RATE_LIMITED']);
    open();
    for (const request of requests) expect(await codeOf(await request)).toEqual(ok);
    expect(await codeOf(await send('198.51.100.1', { query }))).toEqual(ok);
    unfinished.destroy();
  });

  it('are limited for each client, so that the slow operations of one leave slots to others', async () => {
    await start({ slots: slots(10, 2) });
    const open = holdDenmark();
    const attack = Array.from({ length: 20 }, (_, turn) => send(`203.0.113.1:${turn + 1_000}`, slowOperation(turn)));
    await isRunning(2);
    for (let turn = 0; turn < 5; turn += 1)
      expect(await codeOf(await send(`198.51.100.${turn}`, { query }))).toEqual(ok);
    const codes = await Promise.all(attack.slice(2).map(async (request) => codeOf(await request)));
    expect(codes).toEqual(codes.map(() => [429, 'RATE_LIMITED']));
    open();
    expect(await Promise.all(attack.slice(0, 2).map(async (request) => codeOf(await request)))).toEqual([ok, ok]);
  });

  it('are not needed by cached responses', async () => {
    const versions = { current: () => new Map([['denmark', '1']]), areUnchanged: () => true, isDown: () => false };
    const responses = createResponseCache({ megabytes: 1, staleIfErrorSeconds: 60, versions });
    await start({ slots: slots(1, 1), cache: { responses, versions } });
    await send('198.51.100.1', slow);
    const open = holdDenmark();
    const running = send('198.51.100.2', slowOperation(1));
    await isRunning(2);
    for (let time = 0; time < 3; time += 1) expect(await codeOf(await send('198.51.100.1', slow))).toEqual(ok);
    expect(await codeOf(await send('198.51.100.1', slowOperation(2)))).toEqual([503, 'OVERLOADED']);
    open();
    expect(await codeOf(await running)).toEqual(ok);
  });

  it('are given back when the operation is executed, although the client does not read the response', async () => {
    await start({ slots: slots(1, 1) });
    const open = holdDenmark();
    // The response to the second request has to wait for the first.
    const socket = pipeline([
      ['198.51.100.1', slow.query],
      ['198.51.100.1', '{ greeting a: greeting }'],
    ]);
    socket.pause();
    await isRunning(1);
    open();
    await until(() => socket.bytesRead > 0);
    expect(await codeOf(await send('198.51.100.1', { query }))).toEqual(ok);
    socket.destroy();
  });

  it('are given back when the client disconnects, also by pipelined requests', async () => {
    await start({ slots: slots(2, 2) });
    const open = holdDenmark();
    const socket = pipeline([
      ['198.51.100.1', slowOperation(1).query],
      ['198.51.100.1', slowOperation(2).query],
      ['198.51.100.1', slowOperation(3).query],
    ]);
    await isRunning(2);
    socket.destroy();
    await until(() => handler.denmark.contexts.every(({ cancellation }) => cancellation.isCancelled));
    open();
    await until(() => handler.denmark.contexts.length === 2);
    expect(await codeOf(await send('198.51.100.1', { query }))).toEqual(ok);
    // The third did not wait any longer.
    expect(handler.denmark.contexts).toHaveLength(2);
  });
});
