import type { MigrationInterface, QueryRunner } from 'typeorm';

import { type Database, openDatabase } from './database.js';
import { silentLogger } from '../testing/silent-logger.js';
import { migrate, pendingMigrations, prepareSchema, type MigrationPlan } from './migrate-schema.js';
import { createServiceDatabase, type ServiceDatabase } from '../testing/databases.js';

class CreateItem1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE item (name text)');
    await runner.query('CREATE TABLE ledger_entry (id int PRIMARY KEY GENERATED ALWAYS AS IDENTITY, name text)');
    await runner.query('CREATE VIEW named_item AS SELECT * FROM item');
  }
  down(): Promise<void> {
    return Promise.resolve();
  }
}

class AddOther1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE other ("of" text)');
    await runner.query('DROP VIEW named_item');
    await runner.query('CREATE VIEW named_item AS SELECT * FROM item');
    // A running service keeps its privileges until they are granted again.
    const [view] = (await runner.query(
      `SELECT has_table_privilege(current_database() || '_service', 'named_item', 'SELECT') AS "isOpen"`,
    )) as { isOpen: boolean }[];
    if (!view?.isOpen) throw new Error('the view is closed');
  }
  down(): Promise<void> {
    return Promise.resolve();
  }
}

const first: MigrationPlan = {
  service: 'belgium',
  migrations: [CreateItem1700000000000],
  grants: {
    defaultPrivileges: 'SELECT, INSERT, UPDATE, DELETE',
    tablePrivileges: { ledger_entry: 'SELECT, INSERT' },
  },
};
const second: MigrationPlan = { ...first, migrations: [...first.migrations, AddOther1700000000001] };

let store: ServiceDatabase;
let service: Database;
let owner: Database;
beforeAll(async () => {
  store = await createServiceDatabase();
  service = await openDatabase({ url: store.serviceUrl, entities: [], migrations: [] });
  owner = await openDatabase({ url: store.url, entities: [], migrations: [] });
});
afterAll(async () => {
  await Promise.all([service.close(), owner.close()]);
  await store.drop();
});

const roleOf = (url: string): string => new URL(url).username;

it('prepareSchema waits until the migrations were run, or fails', async () => {
  expect(await pendingMigrations(service, first)).toEqual(['CreateItem1700000000000']);
  const preparation = { database: service, plan: first, logger: silentLogger };
  await expect(prepareSchema({ ...preparation, onPending: 'fail' })).rejects.toThrow(
    /CreateItem1700000000000.*npm run migrate -- belgium/,
  );
  const waiting = prepareSchema({ ...preparation, onPending: 'wait' });
  const leaving = new AbortController();
  const given = expect(prepareSchema({ ...preparation, onPending: 'wait', signal: leaving.signal })).rejects.toThrow();
  leaving.abort();
  await given;
  await migrate(store.url, first, roleOf(store.serviceUrl));
  await waiting;
});

it('gives the service its rows and nothing of the schema', async () => {
  await service.query(`INSERT INTO item VALUES ('a')`);
  await service.query(`UPDATE item SET name = 'b'`);
  expect(await service.query('SELECT * FROM named_item')).toEqual([{ name: 'b' }]);
  await service.query('DELETE FROM item');
  await service.query('ANALYZE item');
  for (const statement of [
    'CREATE TABLE own (a int)',
    'CREATE TEMPORARY TABLE own (a int)',
    'CREATE SCHEMA own',
    'CREATE EXTENSION hstore',
    'ALTER TABLE item ADD COLUMN a int',
    'DROP TABLE item',
    'DROP VIEW named_item',
    'CREATE INDEX ON item (name)',
    'ALTER TABLE item DISABLE TRIGGER ALL',
    'TRUNCATE item',
    'INSERT INTO named_item VALUES (1)',
    `INSERT INTO migrations (timestamp, name) VALUES (1, 'x')`,
    'DELETE FROM migrations',
  ])
    await expect(service.query(statement)).rejects.toThrow(/permission denied|must be owner/);
});

it('keeps to the exceptions', async () => {
  await service.query(`INSERT INTO ledger_entry (name) VALUES ('a')`);
  expect(await service.query('SELECT name FROM ledger_entry')).toEqual([{ name: 'a' }]);
  for (const statement of [`UPDATE ledger_entry SET name = 'b'`, 'DELETE FROM ledger_entry', 'TRUNCATE ledger_entry'])
    await expect(service.query(statement)).rejects.toThrow('permission denied');
});

it('migrate grants privileges on what a later migration adds, and revokes all others', async () => {
  await owner.query(`GRANT ALL ON ledger_entry TO "${roleOf(store.serviceUrl)}"`);
  expect(await migrate(store.url, second, roleOf(store.serviceUrl))).toEqual(['AddOther1700000000001']);
  await service.query(`INSERT INTO other VALUES ('a')`);
  await expect(service.query('DELETE FROM ledger_entry')).rejects.toThrow('permission denied');
  expect(await migrate(store.url, second, roleOf(store.serviceUrl))).toEqual([]);
  // One version of the service back: a schema that is ahead is none that is behind.
  expect(await pendingMigrations(service, first)).toEqual([]);
});

it('warns of a role that could change the schema', async () => {
  const warned: unknown[] = [];
  const logger = Object.assign(Object.create(silentLogger) as typeof silentLogger, {
    warn: (text: unknown) => void warned.push(text),
  });
  const preparation = { plan: second, logger, onPending: 'fail' } as const;
  await prepareSchema({ ...preparation, database: service });
  expect(warned).toEqual([]);
  await prepareSchema({ ...preparation, database: owner });
  expect(warned).toEqual([expect.stringContaining('can change the schema')]);
});

it('migrate leaves an owner that is also the service all privileges, and rejects a role that does not exist', async () => {
  await migrate(store.url, second, roleOf(store.url));
  await owner.query('DELETE FROM ledger_entry');
  await expect(migrate(store.url, second, 'missing')).rejects.toThrow(
    'the role "missing" of the service does not exist',
  );
  await expect(migrate(store.serviceUrl, { ...second, migrations: [] }, roleOf(store.serviceUrl))).resolves.toEqual([]);
});
