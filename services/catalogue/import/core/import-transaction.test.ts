import { type Database, openDatabase } from '../../../kit/database/database.js';
import { createTestDatabase, type TestDatabase } from '../../../kit/testing/databases.js';
import { waitUntil } from '../../../kit/testing/wait-until.js';
import { ImportBusyError, ImportInterruptedError, inImportTransaction } from './import-transaction.js';
import { describeRows } from './progress.js';

let own: TestDatabase;
let database: Database;
beforeAll(async () => {
  own = await createTestDatabase();
  database = await openDatabase({ url: own.url, entities: [], migrations: [] });
  await database.query('CREATE TABLE written (id int)');
});
afterAll(async () => {
  await database.close();
  await own.drop();
});
beforeEach(() => database.query('TRUNCATE written'));

const write = async (manager: { query: (text: string) => Promise<unknown> }) => {
  await manager.query('INSERT INTO written VALUES (1)');
  return { result: 'done', commit: true };
};
const countWritten = async (): Promise<number> => (await database.query('SELECT FROM written')).length;
const findRunning = (text: string) =>
  database.query(`SELECT FROM pg_stat_activity WHERE state = 'active' AND query LIKE $1`, [text]);

/** An import that holds the lock until it is released. */
async function holdLock(): Promise<{ readonly processId: number; readonly release: () => Promise<void> }> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let processId = 0;
  const over = inImportTransaction(database.dataSource, {}, async (manager) => {
    const [{ pid } = { pid: 0 }]: { pid: number }[] = await manager.query('SELECT pg_backend_pid() AS pid');
    processId = pid;
    await released;
    return { result: null, commit: false };
  });
  await waitUntil('the lock', () => Promise.resolve(processId !== 0));
  return {
    processId,
    release: async () => {
      release();
      await over;
    },
  };
}

it('commits if the work says so, and otherwise writes nothing', async () => {
  expect(
    await inImportTransaction(database.dataSource, {}, async (manager) => ({
      ...(await write(manager)),
      commit: false,
    })),
  ).toBe('done');
  expect(await countWritten()).toBe(0);
  expect(await inImportTransaction(database.dataSource, {}, write)).toBe('done');
  expect(await countWritten()).toBe(1);
});

it('waits for another import, reports which, and goes on when that has ended', async () => {
  const other = await holdLock();
  const steps: string[] = [];
  const waiting = inImportTransaction(database.dataSource, { onStep: (step) => steps.push(step) }, write);
  await waitUntil('a report', () => Promise.resolve(steps.length > 0));
  expect(steps[0]).toMatch(
    new RegExp(`^waiting for another import: PostgreSQL process ${other.processId}, since \\d{4}-\\d\\d-\\d\\dT.*Z$`),
  );
  await other.release();
  expect(await waiting).toBe('done');
});

it('gives up waiting after a time, and names the other import and how to end it', async () => {
  const other = await holdLock();
  const error = await inImportTransaction(database.dataSource, { maxWaitMs: 10 }, write).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ImportBusyError);
  expect((error as Error).message).toMatch(
    new RegExp(
      `^Another import is still running after 0 s: PostgreSQL process ${other.processId}, .*pg_terminate_backend`,
    ),
  );
  await other.release();
  expect(await countWritten()).toBe(0);
});

it('stops waiting when it is interrupted', async () => {
  const other = await holdLock();
  const interruption = new AbortController();
  const waiting = inImportTransaction(database.dataSource, { signal: interruption.signal }, write);
  interruption.abort();
  await expect(waiting).rejects.toThrow(ImportInterruptedError);
  await other.release();
});

it('cancels its statement when it is interrupted, writes nothing, and leaves the lock', async () => {
  const interruption = new AbortController();
  const running = inImportTransaction(database.dataSource, { signal: interruption.signal }, async (manager) => {
    await write(manager);
    await manager.query('SELECT pg_sleep(600)');
    return { result: null, commit: true };
  });
  const rejected = expect(running).rejects.toThrow(ImportInterruptedError);
  await waitUntil('the statement', async () => (await findRunning('SELECT pg_sleep(600)')).length > 0);
  interruption.abort();
  await rejected;
  expect(await findRunning('SELECT pg_sleep(600)')).toEqual([]);
  expect(await countWritten()).toBe(0);
  expect(await inImportTransaction(database.dataSource, { maxWaitMs: 0 }, write)).toBe('done');
});

it('lets PostgreSQL end the statement of a process that is killed', async () => {
  const read = async (manager: { query: (text: string) => Promise<unknown> }) => ({
    result: await manager.query('SHOW client_connection_check_interval'),
    commit: true,
  });
  expect(await inImportTransaction(database.dataSource, {}, read)).toEqual([
    { client_connection_check_interval: '5s' },
  ]);
});

it('progress is shown with its rate and the remaining time', () => {
  expect(describeRows(0, 60_000, 0)).toBe('0 of 60000 rows');
  expect(describeRows(5_000, 60_000, 500)).toBe('5000 of 60000 rows, 10000 a second, 6 s left');
});
