import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import express from 'express';

import { ExecutionSlots } from '../../kit/limits/execution-slots.js';
import { silentLogger } from '../../kit/testing/silent-logger.js';
import { waitUntil } from '../../kit/testing/wait-until.js';
import { ClientTurns } from './client-turns.js';
import { createRouter, type Route } from './route.js';

/** Serves routes to clients that state their addresses, with one slot, or this many. */
async function serve(routes: readonly Route[], maxSlots = 1) {
  const router = createRouter(routes, {
    budget: undefined,
    slots: new ExecutionSlots({ max: maxSlots }),
    streams: new ExecutionSlots({ max: 1, maxWaitMs: 20 }),
    turns: new ClientTurns(),
    trustedProxyHops: 1,
    logger: silentLogger,
  });
  const server = createServer(express().use(router)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    fetch: (path: string, client: number) =>
      fetch(`http://127.0.0.1:${port}${path}`, { headers: { 'x-forwarded-for': `203.0.113.${client}` } }),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

it('responses that are sent part by part take no place of others, and have a limit of their own', async () => {
  let end = (): void => undefined;
  const stream: Route = {
    path: '/stream',
    get: async (_request, response, { beginStream }) => {
      await beginStream();
      response.write('begun');
      await new Promise<void>((resolve) => (end = resolve));
      response.end();
    },
  };
  const page: Route = { path: '/page', get: (_request, response) => void response.send('page') };
  const { fetch, stop } = await serve([stream, page]);
  const begun = await fetch('/stream', 1);
  expect(await (await fetch('/page', 2)).text()).toBe('page');
  expect((await fetch('/stream', 2)).status).toBe(503);
  end();
  expect(await begun.text()).toBe('begun');
  const next = await fetch('/stream', 2);
  end();
  expect(await next.text()).toBe('begun');
  stop();
});

it('a client with many requests waits for the turns of a client with one', async () => {
  const served: string[] = [];
  const route: Route = {
    path: '/pages/:name',
    get: (request, response) => {
      for (const until = performance.now() + 3; performance.now() < until;);
      served.push(String(request.params['name']));
      response.send('done');
    },
  };
  const { fetch, stop } = await serve([route], 50);
  const many = Array.from({ length: 40 }, () => fetch('/pages/many', 1));
  await waitUntil('some to be served', () => served.length > 2);
  const before = served.length;
  await fetch('/pages/one', 2);
  // Those that arrived with it in the same turn of the event loop, and one that was due.
  expect(served.indexOf('one') - before).toBeLessThan(10);
  await Promise.all(many);
  expect(served).toHaveLength(41);
  stop();
});
