import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import express from 'express';

import { type GuardOptions, guards } from './guards.js';

let server: Server;
afterEach(() => new Promise((resolve) => server.close(resolve)));

/** A server behind the guards that answers when it is told to. */
async function start(options: Partial<GuardOptions>) {
  const waiting: (() => void)[] = [];
  const app = express();
  app.use(guards({ requestsPerMinute: 0, mostAtOnce: 100, ...options }));
  app.get('/now', (_request, response) => {
    response.json({ data: null });
  });
  app.get('/later', (_request, response) => {
    waiting.push(() => response.json({ data: null }));
  });
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    get: (path: string) => fetch(origin + path),
    finish: () => {
      for (const answer of waiting.splice(0)) answer();
    },
    arrived: async (count: number) => {
      while (waiting.length < count) await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

const refusal = async (response: Response) => ({
  status: response.status,
  wait: Number(response.headers.get('retry-after')) > 0,
  body: await response.json(),
});

it('a client that asks too often is told how long to wait', async () => {
  const { get } = await start({ requestsPerMinute: 3 });
  for (let request = 0; request < 3; request += 1) expect((await get('/now')).status).toBe(200);
  expect(await refusal(await get('/now'))).toEqual({
    status: 429,
    wait: true,
    body: {
      errors: [
        { message: expect.stringContaining('3 requests a minute') as string, extensions: { code: 'RATE_LIMITED' } },
      ],
    },
  });
});

it('nobody is counted where there is no limit', async () => {
  const { get } = await start({});
  for (let request = 0; request < 50; request += 1) expect((await get('/now')).status).toBe(200);
});

it('who finds too many before him is turned away at once, and may come again', async () => {
  const { get, finish, arrived } = await start({ mostAtOnce: 2 });
  const first = [get('/later'), get('/later')];
  await arrived(2);
  expect(await refusal(await get('/now'))).toEqual({
    status: 503,
    wait: true,
    body: { errors: [{ message: expect.any(String) as string, extensions: { code: 'OVERLOADED' } }] },
  });
  finish();
  for (const response of await Promise.all(first)) expect(response.status).toBe(200);
  expect((await get('/now')).status).toBe(200);
});
