import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { HttpError } from '../../services/kit/http-error.js';
import { createRequestLimits, type RequestLimitOptions } from './request-limits.js';
import { waitUntil } from '../../services/kit/testing/wait-until.js';

let server: Server;
afterEach(() => new Promise((resolve) => server.close(resolve)));

/** A server with limits that responds when a test lets it. */
async function start(options: Partial<RequestLimitOptions>) {
  const waiting: ServerResponse[] = [];
  const limits = createRequestLimits({ requestsPerMinute: 0, maxConcurrentRequests: 100, ...options });
  const listener: RequestListener = ({ url, headers }, response) => {
    const admit = async (): Promise<void> => {
      try {
        response.setHeader('limits', await limits.countRequest(headers.from ?? ''));
        limits.admit(response);
        if (url === '/later') waiting.push(response);
        else response.end();
      } catch (error) {
        if (!(error instanceof HttpError)) throw error;
        response
          .writeHead(error.status, [...error.headers])
          .end(JSON.stringify({ code: error.code, ...error.exceeded }));
      }
    };
    void admit();
  };
  server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    get: (path: string, from = 'a', signal?: AbortSignal) =>
      fetch(origin + path, { headers: { from }, ...(signal ? { signal } : {}) }),
    finish: () => {
      for (const response of waiting.splice(0)) response.end();
    },
    arrived: (count: number) => waitUntil(`${count} requests`, () => waiting.length >= count, { intervalMs: 1 }),
  };
}

const parseError = async (response: Response) => ({
  status: response.status,
  wait: Number(response.headers.get('retry-after')) > 0,
  ...((await response.json()) as object),
});

it('a client that sends too many requests gets Retry-After, and other clients are served', async () => {
  const { get } = await start({ requestsPerMinute: 3 });
  for (let request = 0; request < 3; request += 1) expect((await get('/now')).status).toBe(200);
  expect(await parseError(await get('/now'))).toEqual({
    ...{ status: 429, wait: true, code: 'RATE_LIMITED' },
    ...{ limit: 'requestsPerMinute', found: 4, allowed: 3 },
  });
  expect((await get('/now', 'b')).status).toBe(200);
});

it('a client gets headers with its remaining requests', async () => {
  const { get } = await start({ requestsPerMinute: 3 });
  await get('/now');
  const headers = (await get('/now')).headers.get('limits');
  expect(headers).toMatch(/^ratelimit-policy, "client";q=3;w=60, ratelimit, "client";r=1;t=\d+$/);
});

it('requests are not counted without a limit', async () => {
  const { get } = await start({});
  for (let request = 0; request < 50; request += 1) expect((await get('/now')).status).toBe(200);
});

it('a request beyond the maximum is rejected immediately, and may be retried', async () => {
  const { get, finish, arrived } = await start({ maxConcurrentRequests: 2 });
  const first = [get('/later'), get('/later')];
  await arrived(2);
  expect(await parseError(await get('/now'))).toEqual({
    ...{ status: 503, wait: true, code: 'OVERLOADED' },
    ...{ limit: 'requestsAtOnce', found: 3, allowed: 2 },
  });
  finish();
  for (const response of await Promise.all(first)) expect(response.status).toBe(200);
  expect((await get('/now')).status).toBe(200);
});

it('a client that disconnects frees its place', async () => {
  const { get, arrived } = await start({ maxConcurrentRequests: 1 });
  const leaving = new AbortController();
  const left = get('/later', 'a', leaving.signal);
  await arrived(1);
  leaving.abort();
  await expect(left).rejects.toThrow();
  await waitUntil('a request to be admitted', async () => (await get('/now')).status === 200, { intervalMs: 1 });
});
