import pg from 'pg';

import { type Database, openDatabase } from './database.js';
import { testRequest } from '../testing/test-request.js';
import type { RequestContext } from '../observability/request-context.js';
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

const server = async (request = testRequest()): Promise<unknown> =>
  (await database.forRequest(request).query<{ name: string }>('SELECT name FROM server'))[0]?.name;
const lagging = (): RequestContext => ({ ...testRequest(), allowReplicaReads: true });

it('reads at the primary unless a request may lag', async () => {
  expect((await database.query<{ name: string }>('SELECT name FROM server'))[0]?.name).toBe('primary');
  expect(await server()).toBe('primary');
});

it('reads at a replica what may lag, and leaves one alone that cannot be reached', async () => {
  const request = lagging();
  const names = [await server(request), await server(request), await server(request), await server(request)];
  expect(names.filter((name) => name === 'primary').length).toBeLessThanOrEqual(1);
  expect(names.slice(2)).toEqual(['replica', 'replica']);
  expect(errors).toHaveLength(1);
});

it('reads from the primary as soon as the request forbids replicas', async () => {
  const request = lagging();
  const first = await server(request);
  request.allowReplicaReads = false;
  const names = [first, await server(request)];
  expect(names).toEqual(['replica', 'primary']);
});

it('writes at the primary whatever may lag', async () => {
  await database.forRequest(lagging()).transaction((query) => query(`UPDATE server SET name = 'first'`));
  expect(await server()).toBe('first');
});

it('rejects with the error of a statement, and does not run it twice', async () => {
  const request = lagging();
  await expect(database.forRequest(request).query('SELECT 1 / 0')).rejects.toThrow('division by zero');
  expect(await server(request)).toBe('replica');
});

it('reads at the primary what a replica does not have yet, and when none is left', async () => {
  const request = lagging();
  expect(await database.forRequest(request).query('SELECT * FROM added')).toEqual([]);
  expect(await server(request)).toBe('first');
  expect(errors).toHaveLength(2);
});
