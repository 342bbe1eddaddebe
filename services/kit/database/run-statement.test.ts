import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

import pg from 'pg';

import { runStatement } from './run-statement.js';
import {
  createServiceDatabase,
  createTestDatabase,
  type ServiceDatabase,
  type TestDatabase,
} from '../testing/databases.js';
import { waitUntil } from '../testing/wait-until.js';

const reason = new Error('the request is over');
const never = new AbortController().signal;

let testDatabase: TestDatabase;
/** Sees what the server does, on a connection that no test shares. */
let observer: pg.Client;
let pool: pg.Pool;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  observer = new pg.Client({ connectionString: testDatabase.url });
  await observer.connect();
});
beforeEach(() => {
  pool = new pg.Pool({ connectionString: testDatabase.url, max: 2 });
});
afterEach(() => pool.end());
afterAll(async () => {
  await observer.end();
  await testDatabase.drop();
});

/** How many statements with these words the server is running. */
async function running(words: string): Promise<number> {
  const { rows } = await observer.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity
     WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid() AND query LIKE $1`,
    [`%${words}%`],
  );
  return rows[0]?.count ?? 0;
}

const until = (condition: () => boolean | Promise<boolean>): Promise<void> =>
  waitUntil(`this to be true: ${condition.toString()}`, condition);

const isQuiet = (): boolean => pool.idleCount === pool.totalCount && pool.waitingCount === 0;

describe('a statement', () => {
  it('gives its rows', async () => {
    expect(await runStatement(pool, { text: 'SELECT $1::int AS one', values: [1] }, never)).toEqual([{ one: 1 }]);
    expect(isQuiet()).toBe(true);
  });

  it('rejects with the error of the server, and closes its connection', async () => {
    await expect(runStatement(pool, { text: 'SELECT nonsense' }, never)).rejects.toThrow('nonsense');
    expect(pool.totalCount).toBe(0);
  });

  it('is not started if its signal is aborted', async () => {
    await expect(runStatement(pool, { text: 'SELECT 1' }, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(pool.totalCount).toBe(0);
  });
});

describe('a statement for which the server accepts no further connection', () => {
  let service: ServiceDatabase;
  let limited: pg.Pool;
  const allow = (connections: number) =>
    observer.query(`ALTER ROLE "${new URL(service.serviceUrl).username}" CONNECTION LIMIT ${connections}`);
  beforeEach(async () => {
    service = await createServiceDatabase();
    limited = new pg.Pool({ connectionString: service.serviceUrl });
  });
  afterEach(async () => {
    await limited.end();
    await service.drop();
  });

  it('waits for a connection that exists', async () => {
    const [first] = await runStatement<{ pid: number }>(limited, { text: 'SELECT pg_backend_pid() AS pid' }, never);
    await allow(1);
    const pids = await Promise.all(
      Array.from({ length: 4 }, () => runStatement(limited, { text: 'SELECT pg_backend_pid() AS pid' }, never)),
    );
    expect(pids.flat()).toEqual(Array(4).fill(first));
  });

  it('fails if there is none', async () => {
    await allow(0);
    await expect(runStatement(limited, { text: 'SELECT 1' }, never)).rejects.toMatchObject({ code: '53300' });
  });
});

describe('a statement whose signal is aborted', () => {
  it('ends in the server, and its connection is used again', async () => {
    const [before] = await runStatement<{ pid: number }>(pool, { text: 'SELECT pg_backend_pid() AS pid' }, never);
    const over = new AbortController();
    const rejected = runStatement(pool, { text: 'SELECT pg_sleep(60) AS sleeping' }, over.signal);
    await until(async () => (await running('sleeping')) === 1);
    over.abort(reason);
    await expect(rejected).rejects.toBe(reason);
    await until(async () => (await running('sleeping')) === 0);
    await until(isQuiet);
    expect(await runStatement(pool, { text: 'SELECT pg_backend_pid() AS pid' }, never)).toEqual([before]);
  });

  it('ends while it waits for a lock', async () => {
    await observer.query('SELECT pg_advisory_lock(1)');
    const over = new AbortController();
    const rejected = runStatement(pool, { text: 'SELECT pg_advisory_lock(1) AS locked' }, over.signal);
    await until(async () => (await running('locked')) === 1);
    over.abort(reason);
    await expect(rejected).rejects.toBe(reason);
    await until(async () => (await running('locked')) === 0);
    await observer.query('SELECT pg_advisory_unlock(1)');
    await until(isQuiet);
  });

  it('leaves the queue of the pool at once, and the next one is served', async () => {
    const held = await Promise.all([pool.connect(), pool.connect()]);
    const over = new AbortController();
    const rejected = runStatement(pool, { text: 'SELECT 1 AS never_run' }, over.signal);
    const next = runStatement(pool, { text: 'SELECT 2 AS two' }, never);
    over.abort(reason);
    await expect(rejected).rejects.toBe(reason);
    for (const client of held) client.release();
    expect(await next).toEqual([{ two: 2 }]);
    await until(isQuiet);
  });

  it('hits no other, at whatever moment it is left', async () => {
    const innocent = async (): Promise<void> => {
      for (let turn = 0; turn < 100; turn += 1)
        expect(await runStatement(pool, { text: 'SELECT $1::int AS turn', values: [turn] }, never)).toEqual([{ turn }]);
    };
    const leaving = async (): Promise<void> => {
      for (let turn = 0; turn < 50; turn += 1) {
        const over = new AbortController();
        const rejected = runStatement(pool, { text: 'SELECT pg_sleep(0.002)' }, over.signal).catch(() => undefined);
        await wait(turn % 5);
        over.abort(reason);
        await rejected;
      }
    };
    await Promise.all([innocent(), leaving(), leaving(), innocent()]);
    await until(isQuiet);
    expect(pool.totalCount).toBeLessThanOrEqual(2);
  });
});

describe('while cancel requests do not reach the server', () => {
  let proxy: CancelProxy;
  let proxied: pg.Pool;
  let over: AbortController;
  let rejected: Promise<unknown>;
  beforeEach(async () => {
    await observer.query('SELECT pg_advisory_lock(2)');
    proxy = await startProxy(testDatabase.url);
    proxied = new pg.Pool({ connectionString: proxy.url, max: 1 });
    over = new AbortController();
    rejected = runStatement(proxied, { text: 'SELECT pg_advisory_lock(2) AS locked' }, over.signal);
    await until(async () => (await running('locked')) === 1);
  });
  afterEach(async () => {
    await proxied.end();
    proxy.stop();
  });

  it('its connection is not used again, not even when the statement has ended', async () => {
    let open = (): void => undefined;
    proxy.admits = new Promise((resolve) => {
      open = () => {
        resolve(true);
      };
    });
    over.abort(reason);
    await expect(rejected).rejects.toBe(reason);
    await observer.query('SELECT pg_advisory_unlock(2)');
    await until(async () => (await running('locked')) === 0);
    const innocent = runStatement(proxied, { text: 'SELECT pg_sleep(0.3)::text AS innocent' }, never);
    await until(async () => (await running('innocent')) === 1 || proxied.waitingCount === 1);
    open();
    expect(await innocent).toEqual([{ innocent: '' }]);
  });

  it('its connection is closed if the request is rejected, and the next statement gets another', async () => {
    proxy.admits = Promise.resolve(false);
    over.abort(reason);
    await expect(rejected).rejects.toBe(reason);
    await until(() => proxied.totalCount === 0);
    proxy.admits = Promise.resolve(true);
    expect(await runStatement(proxied, { text: 'SELECT 1 AS one' }, never)).toEqual([{ one: 1 }]);
    await observer.query('SELECT pg_advisory_unlock(2)');
  });
});

/** A proxy before the server that accepts new connections, rejects them or makes them wait. */
interface CancelProxy {
  readonly url: string;
  admits: Promise<boolean>;
  readonly stop: () => void;
}

async function startProxy(url: string): Promise<CancelProxy> {
  const { hostname, port } = new URL(url);
  const proxy = { admits: Promise.resolve(true) };
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    void proxy.admits.then((isAdmitted) => {
      if (!isAdmitted) {
        socket.destroy();
        return;
      }
      const onward = connect(Number(port), hostname).on('error', () => undefined);
      socket.pipe(onward).pipe(socket);
      socket.on('close', () => onward.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const through = new URL(url);
  through.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(proxy, { url: through.href, stop: () => void server.close() });
}
