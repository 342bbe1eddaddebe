import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

import { waitUntil } from '../testing/wait-until.js';
import { sendDeadline, UnreadResponses, type UnreadResponsesOptions } from './unread-responses.js';

/** More than the buffers of the kernel take. */
const size = 24 * 1024 * 1024;
const body = Buffer.alloc(size, 'x');
const deadlineMs = sendDeadline.graceMs + (size / sendDeadline.bytesPerSecond) * 1000;

let server: Server;
let unread: UnreadResponses;
let handled: number;
let clients: Socket[];
/** The connections, in the order in which they were made, as the server sees them. */
let connections: Socket[];
afterEach(async () => {
  for (const client of clients) client.destroy();
  await new Promise((resolve) => server.close(resolve));
});

/** Starts a server with large responses; at `/later` it does not respond. */
async function start(options: Partial<UnreadResponsesOptions> = {}): Promise<void> {
  handled = 0;
  clients = [];
  connections = [];
  server = createServer((request, response) => {
    unread.track(request, response);
    handled += 1;
    if (request.url !== '/later') response.end(body);
  });
  server.on('connection', (socket: Socket) => connections.push(socket));
  unread = new UnreadResponses(server, { clientOf: ({ headers }) => headers.from ?? '', ...options });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
}

/** Connects a client that sends requests at once, and reads nothing. */
async function send(from: string, ...paths: string[]): Promise<Socket> {
  const expected = handled + paths.length;
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1').pause();
  clients.push(client);
  client.on('error', () => undefined);
  client.write(paths.map((path) => `GET ${path} HTTP/1.1\r\nhost: x\r\nfrom: ${from}\r\n\r\n`).join(''));
  await waitUntil('the requests', () => handled === expected, { intervalMs: 1 });
  return client;
}

/** Reads so many bytes, and then no more. */
const read = (client: Socket, bytes: number): Promise<void> =>
  new Promise((resolve) => {
    client.on('data', () => {
      if (client.bytesRead < bytes) return;
      client.pause();
      resolve();
    });
    client.resume();
  });

/** The numbers of the connections that are open. */
const open = (): number[] => connections.flatMap(({ destroyed }, index) => (destroyed ? [] : [index]));

describe('unread responses', () => {
  it('end their connection at the deadline, and not before', async () => {
    let closed = 0;
    await start({ onClose: () => (closed += 1) });
    await send('a', '/');
    unread.check(0);
    unread.check(deadlineMs - 1_000);
    expect([open(), closed]).toEqual([[0], 0]);
    unread.check(deadlineMs + 1_000);
    expect([open(), closed]).toEqual([[], 1]);
  });

  it('have a new deadline when everything was read that was due', async () => {
    await start({ maxBytesPerClient: 3 * size });
    const client = await send('a', '/', '/');
    unread.check(0);
    await read(client, size + 1024 * 1024);
    unread.check(deadlineMs - 1_000);
    unread.check(deadlineMs + 1_000);
    expect(open()).toEqual([0]);
    unread.check(2 * deadlineMs);
    expect(open()).toEqual([]);
  });

  it('have no deadline before they can be sent, nor when they are read', async () => {
    await start();
    await send('a', '/later', '/');
    const client = await send('b', '/');
    unread.check(0);
    await read(client, size);
    await waitUntil('everything to be sent', () => connections[1]?.writableLength === 0);
    for (const factor of [1, 2, 3]) unread.check(factor * deadlineMs);
    expect(open()).toEqual([0, 1]);
  });

  it('of one client end its connections that are stalled for the longest time, if they are too many bytes', async () => {
    await start({ maxBytesPerClient: 2.5 * size });
    for (const from of ['a', 'a', 'b']) await send(from, '/');
    unread.check(0);
    await send('a', '/');
    // The new one may not be stalled, only not sent yet.
    unread.check(1_000);
    expect(open()).toEqual([1, 2, 3]);
    unread.check(2_000);
    expect(open()).toEqual([1, 2, 3]);
  });

  it('count when they wait for another response of their connection', async () => {
    await start({ maxBytesPerClient: 2.5 * size });
    await send('a', '/later', '/', '/');
    unread.check(0);
    expect(open()).toEqual([0]);
    await send('a', '/later', '/');
    unread.check(1_000);
    expect(open()).toEqual([1]);
  });

  it('of all clients end the connections of the client with the most, if they are too many bytes', async () => {
    await start({ maxBytes: 3.5 * size, maxBytesPerClient: 10 * size });
    for (const from of ['b', 'a', 'a', 'c', 'a']) await send(from, '/');
    unread.check(0);
    expect(open()).toEqual([0, 1, 2, 3, 4]);
    unread.check(1_000);
    expect(open()).toEqual([0, 3, 4]);
  });
});
