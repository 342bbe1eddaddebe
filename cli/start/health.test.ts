import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { untilIndexComplete } from './health.js';

let gateway: Server;
let responses: readonly [number, unknown][];
let requests: number;
beforeEach(async () => {
  requests = 0;
  gateway = createServer((_request, response) => {
    const [status, body] = responses[Math.min(requests, responses.length - 1)] ?? [500, null];
    requests += 1;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  gateway.close();
});

const wait = (maxWaitMs?: number): Promise<readonly string[]> =>
  untilIndexComplete((gateway.address() as AddressInfo).port, new AbortController().signal, maxWaitMs);
const stale = (...codes: string[]): [number, unknown] => [200, { data: { solutions: { staleCatalogues: codes } } }];
const unavailable: [number, unknown] = [200, { data: { solutions: null }, errors: [{ message: 'no index' }] }];

describe('a start waits for the index', () => {
  it('until it is available and contains every catalogue', async () => {
    responses = [unavailable, stale('DK', 'BE'), stale('BE'), stale()];
    expect(await wait()).toEqual([]);
    expect(requests).toBe(4);
  });

  it('no longer than it may, and names the countries that are missing', async () => {
    responses = [stale('IT')];
    expect(await wait(200)).toEqual(['IT']);
  });

  it('not at a gateway that executes trusted documents only', async () => {
    responses = [[403, { errors: [{ message: 'not trusted' }] }]];
    expect(await wait()).toEqual([]);
    expect(requests).toBe(1);
  });
});
