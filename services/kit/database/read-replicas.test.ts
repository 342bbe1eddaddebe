import pg from 'pg';

import { type Database, openDatabase } from './database.js';
import { allowReplica, runInContext } from '../observability/request-context.js';
import { createTestDatabase, type TestDatabase } from '../testing/databases.js';

/** Databases that contain their own name represent servers of which one follows the other. */
let [primary, replica]: (TestDatabase | undefined)[] = [];
let database: Database;
const errors: unknown[] = [];

beforeAll(async () => {
  for (const name of ['primary', 'replica']) {
    const made = await createTestDatabase();
    const client = new pg.Client(made.url);
    await client.connect();
    await client.query(`CREATE TABLE server AS SELECT '${name}' AS name`);
    if (name === 'primary') await client.query('CREATE TABLE added (a int)');
    await client.end();
    if (name === 'primary') primary = made;
    else replica = made;
  }
  database = await openDatabase({
    url: primary?.url ?? '',
    replicaUrls: ['postgres://stranger@127.0.0.1:1/nowhere', replica?.url ?? ''],
    onReplicaError: (error) => errors.push(error),
    entities: [],
    migrations: [],
  });
});
afterAll(async () => {
  await database.close();
  await Promise.all([primary?.drop(), replica?.drop()]);
});

const within = <Result>(work: () => Promise<Result>): Promise<Result> =>
  runInContext({ requestId: 'r', traceparent: '', signal: new AbortController().signal }, work);
const server = async (): Promise<unknown> =>
  (await database.query<{ name: string }>('SELECT name FROM server'))[0]?.name;

it('reads at the primary unless a request may lag', async () => {
  expect(await server()).toBe('primary');
  expect(await within(server)).toBe('primary');
});

it('reads at a replica what may lag, and leaves one alone that cannot be reached', async () => {
  const names = await within(async () => {
    allowReplica(true);
    return [await server(), await server(), await server(), await server()];
  });
  expect(names.filter((name) => name === 'primary').length).toBeLessThanOrEqual(1);
  expect(names.slice(2)).toEqual(['replica', 'replica']);
  expect(errors).toHaveLength(1);
});

it('reads from the primary as soon as the request forbids replicas', async () => {
  const names = await within(async () => {
    allowReplica(true);
    const first = await server();
    allowReplica(false);
    return [first, await server()];
  });
  expect(names).toEqual(['replica', 'primary']);
});

it('writes at the primary whatever may lag', async () => {
  await within(async () => {
    allowReplica(true);
    await database.transaction((query) => query(`UPDATE server SET name = 'first'`));
  });
  expect(await server()).toBe('first');
});

it('rejects with the error of a statement, and does not run it twice', async () => {
  await within(async () => {
    allowReplica(true);
    await expect(database.query('SELECT 1 / 0')).rejects.toThrow('division by zero');
    expect(await server()).toBe('replica');
  });
});

it('reads at the primary what a replica does not have yet, and when none is left', async () => {
  await within(async () => {
    allowReplica(true);
    expect(await database.query('SELECT * FROM added')).toEqual([]);
    expect(await server()).toBe('first');
  });
  expect(errors).toHaveLength(2);
});
