import { type Database, openDatabase } from '../../kit/database/database.js';
import { migrate } from '../../kit/database/migrate-schema.js';
import { createServiceDatabase, type ServiceDatabase } from '../../kit/testing/databases.js';
import { schemaPlan } from './schema-plan.js';

let store: ServiceDatabase;
let service: Database;
beforeAll(async () => {
  store = await createServiceDatabase();
  await migrate(store.url, schemaPlan, new URL(store.serviceUrl).username);
  service = await openDatabase({ url: store.serviceUrl, entities: [], migrations: [] });
});
afterAll(async () => {
  await service.close();
  await store.drop();
});

it('lets the service drop and create indexes by their definitions, and not change these', async () => {
  await service.query('SELECT drop_deferred()');
  expect((await service.query('SELECT FROM deferred_definition')).length).toBeGreaterThan(10);
  for (const statement of [
    `INSERT INTO deferred_definition VALUES ('adoption', 'CREATE ROLE intruder')`,
    `UPDATE deferred_definition SET definition = 'CREATE ROLE intruder'`,
    'DELETE FROM deferred_definition',
    'TRUNCATE deferred_definition',
    'CREATE INDEX ON adoption (user_id)',
    'DROP TABLE adoption',
  ])
    await expect(service.query(statement)).rejects.toThrow(/permission denied|must be owner/);
  await service.query('SELECT create_deferred(array(SELECT relation FROM deferred_definition))');
  expect(await service.query('SELECT FROM deferred_definition')).toEqual([]);
  const [index] = await service.query<{ exists: boolean }>(
    `SELECT to_regclass('adoption_by_solution') IS NOT NULL AS exists`,
  );
  expect(index?.exists).toBe(true);
});
