import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

import { Agent, request } from 'undici';

import { type Fault, internals } from './faults.js';
import { type ProxyServer, startProxyServer } from './proxy-server.js';

const answer = JSON.stringify({ data: { denmark: { id: 'dk:catalogue' } } });
let service: Server;
let proxy: ProxyServer;
let deaths = 0;
let asked: { url: string | undefined; body: string }[] = [];

beforeAll(async () => {
  service = createServer((incoming, response) => {
    let body = '';
    incoming.on('data', (part: Buffer) => (body += part.toString()));
    incoming.on('end', () => {
      asked.push({ url: incoming.url, body });
      response.setHeader('content-type', 'application/json').end(answer);
    });
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  const target = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  proxy = await startProxyServer({ port: 0, target, die: () => (deaths += 1) });
});
beforeEach(() => {
  asked = [];
  proxy.have(undefined);
});
afterAll(async () => {
  await proxy.close();
  await new Promise((resolve) => service.close(resolve));
});

/** Longer than any answer takes. */
const patience = 10_000;
/** For one that does not come. */
const impatience = 500;

/** What a client sees: a status, a type and a text, or why it saw none. */
async function ask(milliseconds = patience, dispatcher = new Agent()) {
  try {
    const { statusCode, headers, body } = await request(`http://127.0.0.1:${proxy.port}/subgraph?a=b`, {
      dispatcher,
      method: 'POST',
      body: '{"query":"{ denmark { id } }"}',
      signal: AbortSignal.timeout(milliseconds),
    });
    return { status: statusCode, type: headers['content-type'], text: await body.text() };
  } catch (error) {
    const { name, code } = error as { name: string; code?: string };
    return { failed: name === 'TimeoutError' ? name : code };
  } finally {
    // Not closed in order: some of the answers have no end.
    if (dispatcher !== kept) await dispatcher.destroy();
  }
}

const kept = new Agent({ connections: 1 });
afterAll(() => kept.destroy());

it('passes everything on when nothing is wrong', async () => {
  expect(await ask()).toEqual({ status: 200, type: 'application/json', text: answer });
  expect(asked).toEqual([{ url: '/subgraph?a=b', body: '{"query":"{ denmark { id } }"}' }]);
});

it.each<Fault>(['hanging', 'halfOpen', 'endless'])('with the fault %s a client waits in vain', async (fault) => {
  proxy.have(fault);
  expect(await ask(impatience)).toEqual({ failed: 'TimeoutError' });
  proxy.have(undefined);
  expect(await ask()).toMatchObject({ text: answer });
});

it.each<[Fault, unknown]>([
  ['slow', { status: 200, type: 'application/json', text: answer }],
  ['cutBody', { failed: 'UND_ERR_SOCKET' }],
  ['cutJson', { status: 200, type: 'application/json', text: answer.slice(0, answer.length / 2) }],
  ['html', { status: 200, type: 'text/html', text: expect.stringMatching(/^<!doctype html>/) as string }],
  ['wrongType', { status: 200, type: 'text/plain', text: answer }],
])('with the fault %s a client sees that', async (fault, seen) => {
  proxy.have(fault);
  expect(await ask()).toEqual(seen);
  proxy.have(undefined);
  expect(await ask()).toMatchObject({ text: answer });
});

it('tells of the inside in errors of the right form', async () => {
  proxy.have('ownErrors');
  const { text } = (await ask()) as { text: string };
  expect(JSON.parse(text)).toMatchObject({ data: null, errors: [{ message: expect.any(String) as string }] });
  for (const word of internals) expect(text).toContain(word);
});

it('forgets also connections that were there before, and drops them when it is back', async () => {
  expect(await ask(patience, kept)).toMatchObject({ text: answer });
  proxy.have('halfOpen');
  const forgotten = ask(patience, kept);
  await wait(impatience);
  proxy.have(undefined);
  expect(await forgotten).toEqual({ failed: 'ECONNRESET' });
  expect(await ask(patience, kept)).toMatchObject({ text: answer });
});

it('dies of a request', async () => {
  proxy.have('restarting');
  expect(await ask(impatience)).toEqual({ failed: 'TimeoutError' });
  expect(deaths).toBe(1);
});

it('is gone for its clients when the service behind it is', async () => {
  const elsewhere = await startProxyServer({ port: 0, target: 'http://127.0.0.1:1', die: () => undefined });
  await expect(request(`http://127.0.0.1:${elsewhere.port}/subgraph`)).rejects.toMatchObject({ code: 'ECONNRESET' });
  await elsewhere.close();
});
