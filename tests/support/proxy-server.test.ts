import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

import { Agent, request } from 'undici';

import { type Fault, internals } from './faults.js';
import { type ProxyServer, startProxyServer } from './proxy-server.js';

const serviceBody = JSON.stringify({ data: { denmark: { id: 'dk:catalogue' } } });
let service: Server;
let proxy: ProxyServer;
let deaths = 0;
let received: { url: string | undefined; body: string }[] = [];

beforeAll(async () => {
  service = createServer((incoming, response) => {
    let body = '';
    incoming.on('data', (part: Buffer) => (body += part.toString()));
    incoming.on('end', () => {
      received.push({ url: incoming.url, body });
      response.setHeader('content-type', 'application/json').end(serviceBody);
    });
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  const target = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  proxy = await startProxyServer({ port: 0, target, die: () => (deaths += 1) });
});
beforeEach(() => {
  received = [];
  proxy.setFault(undefined);
});
afterAll(async () => {
  await proxy.close();
  await new Promise((resolve) => service.close(resolve));
});

/** Longer than any response takes. */
const timeoutMs = 10_000;
/** The timeout where no response is expected. */
const shortTimeoutMs = 500;

/** What a client receives: status, type and text, or the reason of the failure. */
async function send(milliseconds = timeoutMs, dispatcher = new Agent()) {
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
    // Destroyed rather than closed: some responses have no end.
    if (dispatcher !== kept) await dispatcher.destroy();
  }
}

const kept = new Agent({ connections: 1 });
afterAll(() => kept.destroy());

it('the proxy forwards everything without a fault', async () => {
  expect(await send()).toEqual({ status: 200, type: 'application/json', text: serviceBody });
  expect(received).toEqual([{ url: '/subgraph?a=b', body: '{"query":"{ denmark { id } }"}' }]);
});

it.each<Fault>(['hanging', 'halfOpen', 'endless'])(
  'a client receives no complete response with the fault %s',
  async (fault) => {
    proxy.setFault(fault);
    expect(await send(shortTimeoutMs)).toEqual({ failed: 'TimeoutError' });
    proxy.setFault(undefined);
    expect(await send()).toMatchObject({ text: serviceBody });
  },
);

it.each<[Fault, unknown]>([
  ['slow', { status: 200, type: 'application/json', text: serviceBody }],
  ['cutBody', { failed: 'UND_ERR_SOCKET' }],
  ['cutJson', { status: 200, type: 'application/json', text: serviceBody.slice(0, serviceBody.length / 2) }],
  ['html', { status: 200, type: 'text/html', text: expect.stringMatching(/^<!doctype html>/) as string }],
  ['wrongType', { status: 200, type: 'text/plain', text: serviceBody }],
])('the proxy sends a faulty response with the fault %s', async (fault, expected) => {
  proxy.setFault(fault);
  expect(await send()).toEqual(expected);
  proxy.setFault(undefined);
  expect(await send()).toMatchObject({ text: serviceBody });
});

it('the proxy reveals internals in GraphQL errors with the fault ownErrors', async () => {
  proxy.setFault('ownErrors');
  const { text } = (await send()) as { text: string };
  expect(JSON.parse(text)).toMatchObject({ data: null, errors: [{ message: expect.any(String) as string }] });
  for (const word of internals) expect(text).toContain(word);
});

it('the proxy stops serving existing connections with the fault halfOpen, and resets them afterwards', async () => {
  expect(await send(timeoutMs, kept)).toMatchObject({ text: serviceBody });
  proxy.setFault('halfOpen');
  const pending = send(timeoutMs, kept);
  await wait(shortTimeoutMs);
  proxy.setFault(undefined);
  expect(await pending).toEqual({ failed: 'ECONNRESET' });
  expect(await send(timeoutMs, kept)).toMatchObject({ text: serviceBody });
});

it('the proxy ends its process at a request with the fault restarting', async () => {
  proxy.setFault('restarting');
  expect(await send(shortTimeoutMs)).toEqual({ failed: 'TimeoutError' });
  expect(deaths).toBe(1);
});

it('the proxy resets the connections of its clients when the service behind it is down', async () => {
  const elsewhere = await startProxyServer({ port: 0, target: 'http://127.0.0.1:1', die: () => undefined });
  await expect(request(`http://127.0.0.1:${elsewhere.port}/subgraph`)).rejects.toMatchObject({ code: 'ECONNRESET' });
  await elsewhere.close();
});
