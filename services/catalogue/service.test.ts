import pg from 'pg';

import { type Database, openDatabase } from '../kit/database/database.js';
import type { RunningService } from '../kit/http/service.js';
import { silentLogger } from '../kit/testing/silent-logger.js';
import { migrate } from '../kit/database/migrate-schema.js';
import { createServiceDatabase, createTestDatabase, type ServiceDatabase } from '../kit/testing/databases.js';
import { createMigrationPlan } from './migrations/schema-plan.js';
import { openCatalogue } from './open-catalogue.js';
import { startCatalogue } from './service.js';
import { plainCatalogue, writeTables } from './testing/test-catalogue.js';
import { waitUntil } from '../kit/testing/wait-until.js';

const { folder: tables, remove } = writeTables({});
const plan = createMigrationPlan(plainCatalogue);
const port = 20_000 + Math.floor(Math.random() * 12_000);

let store: ServiceDatabase;
let service: RunningService | undefined;
beforeAll(async () => {
  store = await createServiceDatabase();
});
afterAll(async () => {
  await service?.stop();
  await store.drop();
  remove();
});

const logged: unknown[] = [];
const logger = Object.assign(Object.create(silentLogger) as typeof silentLogger, {
  error: (what: unknown) => void logged.push(what),
});
const get = async (path: string): Promise<{ status: number; body: unknown }> => {
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  return { status: response.status, body: await response.json() };
};
const untilListening = (): Promise<void> =>
  waitUntil('the catalogue to listen', async () => (await get('/health/live').catch(() => undefined)) !== undefined);

it('logs how to migrate the schema, and is ready once it is migrated', async () => {
  const starting = startCatalogue(plainCatalogue, { port, databaseUrl: store.serviceUrl, tables, logger });
  await untilListening();
  await waitUntil('a line in the log', () => logged.length > 0);
  expect(logged).toEqual([expect.stringMatching(/CreateCatalogue.*npm run migrate -- denmark/)]);
  expect(await get('/health/ready')).toEqual({
    status: 503,
    body: { status: 'unavailable', problems: ['the catalogue is starting'] },
  });
  expect(await get(`/graphql?query=${encodeURIComponent('{ denmark { id } }')}`)).toEqual({
    status: 503,
    body: {
      errors: [
        {
          message: 'This catalogue is starting. Retry in a few seconds.',
          extensions: { code: 'CATALOGUE_UNAVAILABLE' },
        },
      ],
    },
  });
  await migrate(store.url, plan, new URL(store.serviceUrl).username);
  service = await starting;
  expect(await get('/health/ready')).toMatchObject({ status: 200 });
  expect(await get(`/graphql?query=${encodeURIComponent('{ denmark { country } }')}`)).toMatchObject({
    status: 200,
    body: { data: { denmark: { country: 'DK' } } },
  });
  expect(logged).toHaveLength(1);
});

it('serves /subgraph only at its own port if it has one', async () => {
  const ports: number[] = [];
  const info = (line: unknown): void => {
    const [, found] = /listening on port (\d+)/.exec(String(line)) ?? [];
    if (found !== undefined) ports.push(Number(found));
  };
  const options = {
    databaseUrl: store.serviceUrl,
    tables,
    logger: Object.assign(Object.create(silentLogger) as typeof silentLogger, { info }),
  };
  const started = await startCatalogue(plainCatalogue, { ...options, port: 0, subgraphPort: 0 });
  const statusOf = async (at: number, path: string): Promise<number> =>
    (await fetch(`http://127.0.0.1:${at}${path}?query=${encodeURIComponent('{ __typename }')}`)).status;
  const paths = ['/graphql', '/subgraph', '/health/ready'];
  const statuses = ports.map((at) => Promise.all(paths.map((path) => statusOf(at, path))));
  expect(await Promise.all(statuses)).toEqual([
    [200, 404, 200],
    [404, 200, 200],
  ]);
  await started.stop();
});

it('is not ready while its database hangs, and is ready again at once when it continues', async () => {
  const client = new pg.Client(store.url);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>(
    'SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );
  for (const { pid } of rows) process.kill(pid, 'SIGSTOP');
  try {
    expect(await get('/health/ready')).toEqual({
      status: 503,
      body: { status: 'unavailable', problems: ['the database is unreachable'] },
    });
  } finally {
    for (const { pid } of rows) process.kill(pid, 'SIGCONT');
    await client.end();
  }
  expect(await get('/health/ready')).toMatchObject({ status: 200 });
});

it('rejects an import if the schema is out of date', async () => {
  const empty = await createServiceDatabase();
  const options = { databaseUrl: empty.serviceUrl, tables, logger: silentLogger };
  await expect(openCatalogue(plainCatalogue, options)).rejects.toThrow('npm run migrate -- denmark');
  await (await openCatalogue(plainCatalogue, { ...options, migrationUrl: empty.url })).close();
  await empty.drop();
});

it('reads from a replica, but neither for the gateway nor for the feed', async () => {
  const [own, copy] = [await createServiceDatabase(), await createTestDatabase()];
  const options = { port: 0, databaseUrl: own.serviceUrl, migrationUrl: own.url, logger: silentLogger };
  const copyOptions = { databaseUrl: copy.url, migrationUrl: copy.url, tables, logger: silentLogger };
  // A replica that does not have the organisation yet.
  await (await openCatalogue(plainCatalogue, copyOptions)).close();
  const { folder, remove: removeTables } = writeTables({
    'sources.csv': ['id,url', 's,https://example.org/'],
    'administrations.csv': [
      'id,kind,level,official_languages,name_da,source',
      'dk:administration:1,MUNICIPALITY,LOCAL,da,Et,s',
    ],
  });
  const started = await startCatalogue(plainCatalogue, { ...options, tables: folder, replicaUrls: [copy.url] });
  const query = async (path: string, fields: string): Promise<unknown> => {
    const search = encodeURIComponent(`{ denmark { ${fields} } }`);
    const response = await fetch(`http://127.0.0.1:${started.port}${path}?query=${search}`);
    return ((await response.json()) as { data: unknown }).data;
  };
  const count = 'administrations(first: 1) { totalCount }';
  expect(await query('/graphql', count)).toEqual({ denmark: { administrations: { totalCount: 0 } } });
  expect(await query('/subgraph', count)).toEqual({ denmark: { administrations: { totalCount: 1 } } });
  expect(await query('/graphql', 'changes { nodes { administration { id } } }')).toEqual({
    denmark: { changes: { nodes: [{ administration: { id: 'dk:administration:1' } }] } },
  });
  await started.stop();
  await Promise.all([own.drop(), copy.drop()]);
  removeTables();
});

describe('the service’s database role', () => {
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase({ url: store.serviceUrl, entities: [], migrations: [] });
  });
  afterAll(() => database.close());

  it('can write to every table of the catalogue, and the feed advances', async () => {
    const number = async () =>
      (await database.query<{ last: string }>('SELECT last_number AS last FROM feed'))[0]?.last;
    const before = Number(await number());
    await database.query(
      `INSERT INTO claim (id, address, statement, source, provenance) VALUES ('dk:claim:1', 'x', 'y', 'z', '{}')`,
    );
    await database.query(`DELETE FROM claim`);
    expect(Number(await number())).toBe(before + 2);
    const closed = await database.query(
      `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        AND NOT has_table_privilege(oid, 'SELECT, INSERT, UPDATE, DELETE') ORDER BY relname`,
    );
    expect(closed.map(Object.values).flat()).not.toContain('organisation');
  });

  it('deletes only responses that are older than thirty days', async () => {
    const owner = await openDatabase({ url: store.url, entities: [], migrations: [] });
    const keep = (key: string): Promise<unknown> =>
      owner.query(
        `INSERT INTO given_answer (issuer, editor, idempotency_key, question, answer, at)
        VALUES ('i', 'e', $1::text, 'q', '{}', now() - $1::text::interval)`,
        [key],
      );
    for (const age of ['31 days', '29 days']) await keep(age);
    await owner.close();
    await database.query(
      `INSERT INTO given_answer (issuer, editor, idempotency_key, question, answer) VALUES ('i', 'e', '0 days', 'q', '{}')`,
    );
    expect(await database.query('SELECT idempotency_key AS age FROM given_answer ORDER BY at')).toEqual([
      { age: '29 days' },
      { age: '0 days' },
    ]);
  });

  it('can add to the history, but choose no id, number or moment in it', async () => {
    const texts = `'i', 'e', 'm', 's', 'x', '{}', '{}', 'r'`;
    const columns = 'issuer, editor, mutation, subject, subject_id, concerns, after, reason';
    await database.query(`INSERT INTO audit_entry (${columns}) VALUES (${texts})`);
    const [entry] = await database.query(
      `SELECT id > 0 AS "hasId", at > now() - interval '1 minute' AS "isRecent" FROM audit_entry WHERE editor = 'e'`,
    );
    expect(entry).toEqual({ hasId: true, isRecent: true });
    for (const statement of [
      `INSERT INTO audit_entry (${columns}, at) VALUES (${texts}, '2020-01-01')`,
      `INSERT INTO audit_entry (${columns}, at) VALUES (${texts}, DEFAULT)`,
      `INSERT INTO audit_entry (id, ${columns}) OVERRIDING SYSTEM VALUE VALUES (1000, ${texts})`,
      `SELECT setval(pg_get_serial_sequence('audit_entry', 'id'), 1)`,
      `ALTER TABLE audit_entry ALTER COLUMN at SET DEFAULT '2020-01-01'`,
      `INSERT INTO given_answer (issuer, editor, idempotency_key, question, answer, at) VALUES ('i', 'e', 'k', 'q', '{}', '2020-01-01')`,
      `INSERT INTO import_run (kind, digest, report, at) VALUES ('START', '', '{}', '2020-01-01')`,
      `UPDATE import_run SET at = '2020-01-01'`,
      'DELETE FROM import_run',
      `INSERT INTO change (subject, subject_id, kind, at) VALUES ('CLAIM', 'dk:claim:none', 'UPSERT', '2020-01-01')`,
      `UPDATE change SET at = '2020-01-01'`,
      `UPDATE change SET number = number + 1000`,
      'DELETE FROM change',
      'UPDATE feed SET last_number = 0',
      'SET session_replication_role = replica',
    ])
      await expect(database.query(statement)).rejects.toThrow(/permission denied|must be owner/);
  });

  it('cannot restart the feed, change the audit trail or alter a table', async () => {
    for (const statement of [
      'UPDATE feed SET id = gen_random_uuid()',
      'DELETE FROM feed',
      `UPDATE audit_entry SET reason = ''`,
      'DELETE FROM given_answer',
      'ALTER TABLE organisation ADD COLUMN x int',
      'DROP TRIGGER number_changes ON change',
      'CREATE TABLE own (x int)',
    ])
      await expect(database.query(statement)).rejects.toThrow(pg.DatabaseError);
  });
});
