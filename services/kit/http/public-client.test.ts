import type { LookupAddress } from 'node:dns';
import { createServer, type Server } from 'node:http';

import { listen } from '../listen.js';
import { createPublicClient, type PublicClientOptions, type ResolveName } from './public-client.js';

let server: Server;
let port = 0;
/** The paths of the requests that arrived. */
let paths: string[] = [];
beforeAll(async () => {
  server = createServer(({ url }, response) => {
    paths.push(url ?? '');
    if (url === '/redirect') response.writeHead(302, { location: '/inner' }).end();
    else if (url === '/busy') response.writeHead(503, { 'retry-after': '7', connection: 'close' }).end('later');
    else if (url === '/endless') response.writeHead(200).write('x'.repeat(100_000));
    else if (url !== '/hang') response.writeHead(204, { connection: 'close' }).end();
  });
  port = await listen(server, 0, '127.0.0.1');
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});
beforeEach(() => {
  paths = [];
});

/** The name server of an attacker: other addresses each time. It states how often it was used. */
const rebinding = (...results: readonly (readonly string[])[]) => {
  let count = 0;
  const resolve: ResolveName = (_hostname, _options, callback) => {
    const found = results[Math.min(count, results.length - 1)] ?? [];
    count += 1;
    callback(
      null,
      found.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return { resolve, used: () => count };
};

/** A client for which only one address of this machine is public. */
const localClient = (options: PublicClientOptions = {}) =>
  createPublicClient(
    { protocols: ['http:'], ports: [port], isAllowedAddress: (address) => address === '127.0.0.1' },
    { timeoutMs: 2_000, ...options },
  );

it('connects to the address that was checked, and resolves a name once for each connection', async () => {
  const { resolve, used } = rebinding(['127.0.0.1'], ['127.0.0.2']);
  const client = localClient({ resolve });
  const url = `http://rebinding.example:${port}/`;
  expect(await client.post(url, {}, '')).toEqual({ status: 204, retryAfterSeconds: undefined });
  expect([used(), paths]).toEqual([1, ['/']]);
  // The server has closed the connection: the next one is checked again.
  await expect(client.post(url, {}, '')).rejects.toMatchObject({ code: 'FORBIDDEN_TARGET' });
  expect([used(), paths]).toEqual([2, ['/']]);
  await client.close();
});

it('rejects a name with any address that is not allowed, and one without addresses', async () => {
  const { resolve } = rebinding(['127.0.0.1', '10.0.0.1'], ['127.0.0.1', '::1'], []);
  const client = localClient({ resolve });
  for (const code of ['FORBIDDEN_TARGET', 'FORBIDDEN_TARGET', undefined])
    await expect(client.post(`http://mixed.example:${port}/`, {}, '')).rejects.toEqual(
      expect.objectContaining(code === undefined ? { name: 'Error' } : { code }),
    );
  expect(paths).toEqual([]);
  await client.close();
});

it.each([
  'https://localhost/',
  'https://localhost:8443/',
  'https://127.0.0.1/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]:8443/',
  'https://2130706433/',
  'https://0177.0.0.1/',
  'http://example.org/',
  'https://example.org:80/',
  'https://example.org:6379/',
  'https://user@example.org/',
  'ftp://example.org/',
])('a request to %s is not sent into the internet', async (url) => {
  const client = createPublicClient();
  await expect(client.post(url, {}, '')).rejects.toMatchObject({ code: 'FORBIDDEN_TARGET' });
  await client.close();
});

it('follows no redirect, discards what is sent, states when to retry, and gives up in time', async () => {
  const client = localClient({ timeoutMs: 300 });
  const post = (path: string) => client.post(`http://127.0.0.1:${port}${path}`, { 'x-a': 'b' }, 'text');
  expect(await post('/redirect')).toMatchObject({ status: 302 });
  expect(await post('/busy')).toEqual({ status: 503, retryAfterSeconds: 7 });
  expect(await post('/endless')).toMatchObject({ status: 200 });
  await expect(post('/hang')).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(paths).toEqual(['/redirect', '/busy', '/endless', '/hang']);
  await client.close();
});
