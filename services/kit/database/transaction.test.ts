import { setTimeout as wait } from 'node:timers/promises';

import pg from 'pg';

import { isLockConflict, type Database, openDatabase } from './database.js';
import { createTestDatabase, type TestDatabase } from '../testing/databases.js';
import { runTransaction } from './transaction.js';
import { waitUntil } from '../testing/wait-until.js';

const reason = new Error('the request is over');
const never = new AbortController().signal;

let testDatabase: TestDatabase;
let database: Database;
let pool: pg.Pool;
const statements: string[] = [];
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase({
    url: testDatabase.url,
    entities: [],
    migrations: [],
    onStatement: (text) => statements.push(text),
  });
  await database.query('CREATE TABLE item (name text PRIMARY KEY DEFERRABLE INITIALLY DEFERRED)');
  pool = new pg.Pool({ connectionString: testDatabase.url, max: 1 });
});
beforeEach(async () => {
  await database.query('TRUNCATE item');
  statements.splice(0);
});
afterAll(async () => {
  await pool.end();
  await database.close();
  await testDatabase.drop();
});

const insert = 'INSERT INTO item VALUES ($1)';
const items = async (): Promise<string[]> =>
  (await database.query<{ name: string }>('SELECT name FROM item ORDER BY name')).map(({ name }) => name);

it('is written as a whole, and calls onStatement with its statements', async () => {
  const given = await database.transaction(async (query) => {
    await query(insert, ['a']);
    await query(insert, ['b']);
    expect(await items()).toEqual([]);
    return query('SELECT count(*)::int AS count FROM item');
  });
  expect(given).toEqual([{ count: 2 }]);
  expect(await items()).toEqual(['a', 'b']);
  expect(statements.filter((text) => text === insert)).toHaveLength(2);
});

it('leaves nothing behind when the disk is full, after which its connection is read from and written to', async () => {
  const fill = `DO $$ BEGIN RAISE 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$`;
  const failing = database.transaction(async (query) => {
    await query(insert, ['a']);
    await query(fill);
  });
  await expect(failing).rejects.toMatchObject({ code: '53100' });
  await expect(database.query(fill)).rejects.toMatchObject({ code: '53100' });
  expect(await items()).toEqual([]);
  await database.query(insert, ['b']);
  expect(await items()).toEqual(['b']);
});

it('leaves nothing behind when it throws, wherever it does', async () => {
  const ours = new Error('ours');
  const failing = database.transaction(async (query) => {
    await query(insert, ['a']);
    throw ours;
  });
  await expect(failing).rejects.toBe(ours);
  await expect(database.transaction((query) => query('SELECT nonsense'))).rejects.toThrow('nonsense');
  const atCommit = database.transaction(async (query) => {
    await query(insert, ['a']);
    await query(insert, ['a']);
  });
  await expect(atCommit).rejects.toThrow('duplicate key');
  const swallowing = database.transaction(async (query) => {
    await query(insert, ['a']);
    await query('SELECT nonsense').catch(() => undefined);
  });
  await expect(swallowing).rejects.toThrow('nothing was written');
  expect(await items()).toEqual([]);
});

it('is given up with its request, and its connection and its locks with it', async () => {
  const over = new AbortController();
  const left = runTransaction(pool, over.signal, async (run) => {
    await run({ text: insert, values: ['a'] });
    await run({ text: 'SELECT pg_sleep(60)' });
  });
  await wait(50);
  over.abort(reason);
  await expect(left).rejects.toBe(reason);
  await waitUntil('the connection to be closed', () => pool.totalCount === 0);
  await runTransaction(pool, never, (run) => run({ text: insert, values: ['a'] }));
  expect(await items()).toEqual(['a']);
  expect(pool.idleCount).toBe(1);
});

it('is not committed for a request that is over', async () => {
  const over = new AbortController();
  const left = runTransaction(pool, over.signal, async (run) => {
    await run({ text: insert, values: ['a'] });
    over.abort(reason);
  });
  await expect(left).rejects.toBe(reason);
  expect(await items()).toEqual([]);
});

it('outlives a connection that breaks', async () => {
  const broken = runTransaction(pool, never, async (run) => {
    await run({ text: insert, values: ['a'] });
    await run({ text: 'SELECT pg_terminate_backend(pg_backend_pid())' });
  });
  await expect(broken).rejects.toThrow();
  expect(pool.totalCount).toBe(0);
  expect(await items()).toEqual([]);
});

it('waits for others for a while and no longer', async () => {
  const lock = `SELECT pg_advisory_xact_lock(7)`;
  await database.transaction(async (query) => {
    await query(lock);
    const waiting = database.transaction(async (later) => {
      await later(`SET LOCAL lock_timeout = '20ms'`);
      await later(lock);
    });
    const error: unknown = await waiting.catch((thrown: unknown) => thrown);
    expect(isLockConflict(error)).toBe(true);
    expect(await database.transaction((later) => later('SHOW lock_timeout'))).toEqual([{ lock_timeout: '5s' }]);
  });
  expect(isLockConflict(new Error('another'))).toBe(false);
});
