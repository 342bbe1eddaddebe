import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

import type { Metrics } from '../observability/metrics.js';
import { createTestDatabase, type TestDatabase } from '../testing/databases.js';
import { waitUntil } from '../testing/wait-until.js';
import { type Database, openDatabase } from './database.js';

/** A proxy before the server. What hangs passes nothing on: to the server it is idle, as a process that is stopped. */
interface HangingProxy {
  readonly url: string;
  /** Lets all present connections hang. New ones work. */
  readonly hang: () => void;
  readonly stop: () => void;
}

async function startProxy(url: string): Promise<HangingProxy> {
  const { hostname, port } = new URL(url);
  const pairs = new Set<readonly [Socket, Socket]>();
  const server = createServer((socket) => {
    const onward = connect(Number(port), hostname);
    const pair = [socket, onward] as const;
    pairs.add(pair);
    socket.pipe(onward).pipe(socket);
    for (const one of pair) one.on('error', () => undefined);
    socket.on('close', () => onward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const through = new URL(url);
  through.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: through.href,
    hang: () => {
      for (const [socket, onward] of pairs) {
        socket.unpipe(onward);
        onward.unpipe(socket);
      }
    },
    stop: () => {
      server.close();
      for (const pair of pairs) for (const one of pair) one.destroy();
    },
  };
}

let testDatabase: TestDatabase;
let proxy: HangingProxy;
let observer: Database;
let database: Database;
let closed = 0;
const metrics: Metrics = {
  counter:
    ({ name }) =>
    (_labels, by = 1) => {
      if (name === 'sql_hung_connections_total') closed += by;
    },
  histogram: () => () => undefined,
  gauge: () => undefined,
};

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  proxy = await startProxy(testDatabase.url);
  observer = await openDatabase({ url: testDatabase.url, entities: [], migrations: [] });
  database = await openDatabase({ url: proxy.url, entities: [], migrations: [], metrics });
});
beforeEach(() => {
  closed = 0;
});
afterAll(async () => {
  await Promise.all([database.close(), observer.close()]);
  proxy.stop();
  await testDatabase.drop();
});

const all = (count: number): Promise<unknown[]> =>
  Promise.all(Array.from({ length: count }, () => database.query('SELECT 1 AS one')));
const countProcesses = async (words: string): Promise<number> =>
  (await observer.query('SELECT FROM pg_stat_activity WHERE query LIKE $1 AND pid <> pg_backend_pid()', [words]))
    .length;

describe('while connections hang and new ones work', () => {
  it('a statement on the connection by which the database was opened fails soon', async () => {
    proxy.hang();
    await expect(database.query('SELECT 0 AS zero')).rejects.toThrow('Connection terminated');
    expect(closed).toBe(1);
  });

  it('a statement fails soon, the next one uses a new connection, and no other connection that may hang is used', async () => {
    await all(8);
    proxy.hang();
    await expect(database.query('SELECT 2 AS two')).rejects.toThrow('Connection terminated');
    expect(await all(16)).toEqual(Array.from({ length: 16 }, () => [{ one: 1 }]));
    expect(closed).toBe(1);
  });

  it('a transaction fails as well, and what it sent is not executed later', async () => {
    await database.query('CREATE TABLE written (id int)');
    const failing = database.transaction(async (query) => {
      await query('INSERT INTO written VALUES (1)');
      proxy.hang();
      await query('INSERT INTO written VALUES (2)');
    });
    await expect(failing).rejects.toThrow('Connection terminated');
    expect(await database.query('SELECT * FROM written')).toEqual([]);
    await waitUntil('the process that hung ends', async () => (await countProcesses('INSERT INTO written%')) === 0);
    expect(closed).toBe(1);
  });
});

it('a statement that takes long or waits for a lock goes on', async () => {
  let waiting: Promise<unknown> | undefined;
  await observer.transaction(async (query) => {
    await query('SELECT pg_advisory_xact_lock(1)');
    waiting = database.query('SELECT pg_advisory_lock(1)::text AS locked');
    expect(await database.query('SELECT pg_sleep(1.8)::text AS slept')).toEqual([{ slept: '' }]);
  });
  expect(await waiting).toEqual([{ locked: '' }]);
  expect(closed).toBe(0);
});
