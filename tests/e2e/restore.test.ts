import { execFileSync } from 'node:child_process';

import pg from 'pg';

import { projectPath } from '../../schema/files.js';
import { startCatalogue } from '../../services/catalogue/service.js';
import { writeTables } from '../../services/catalogue/testing/test-catalogue.js';
import { denmark } from '../../services/denmark/catalogue.js';
import { startEurope } from '../../services/europe/service.js';
import type { RunningService } from '../../services/kit/http/service.js';
import { silentLogger as logger } from '../../services/kit/testing/silent-logger.js';
import { createServiceDatabase, type ServiceDatabase } from '../../services/kit/testing/databases.js';
import { waitUntil } from '../../services/kit/testing/wait-until.js';

/** Rows that were written after the backup are lost in the country, so Europe must drop them too. */
const { folder: tables, remove } = writeTables({
  'sources.csv': ['id,url', 's,https://example.org/'],
  'administrations.csv': [
    'id,kind,level,official_languages,name_da,source',
    ...['kept', 'ended'].map((name) => `dk:administration:${name},MUNICIPALITY,LOCAL,da,${name},s`),
  ],
});
const administratorUrl = process.env['TEST_POSTGRES_URL'] ?? '';
const port = 20_000 + Math.floor(Math.random() * 12_000);

let country: ServiceDatabase;
let index: ServiceDatabase;
const running: Partial<Record<'denmark' | 'europe', RunningService>> = {};

async function run<Row extends object>(url: string, ...statements: readonly string[]): Promise<Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    let rows: Row[] = [];
    for (const statement of statements) rows = (await client.query<Row>(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}

const startDenmark = async (): Promise<void> => {
  const { serviceUrl: databaseUrl, url: migrationUrl } = country;
  running.denmark = await startCatalogue(denmark, { port, databaseUrl, migrationUrl, tables, logger });
};
const indexed = async (): Promise<string[]> =>
  (await run<{ id: string }>(index.url, 'SELECT id FROM organisation ORDER BY id')).map(({ id }) => id);
const untilIndexed = async (...names: readonly string[]): Promise<void> => {
  const ids = names.map((name) => `dk:administration:${name}`);
  const isIndexed = async () => (await indexed().catch(() => [])).join() === ids.join();
  await waitUntil(`the index to hold ${ids.join(', ')} and no other organisation`, isIndexed);
};
const feedOf = async (url: string, statement: string): Promise<string | undefined> =>
  (await run<{ feed: string }>(url, statement))[0]?.feed;

beforeAll(async () => {
  [country, index] = [await createServiceDatabase(), await createServiceDatabase()];
  await startDenmark();
  running.europe = await startEurope({
    port: 0,
    databaseUrl: index.serviceUrl,
    migrationUrl: index.url,
    countryUrls: { denmark: `http://127.0.0.1:${port}/subgraph` },
    followIntervalMs: 50,
    logger,
  });
});
afterAll(async () => {
  await Promise.all([running.denmark?.stop(), running.europe?.stop()]);
  await run(administratorUrl, `DROP DATABASE IF EXISTS ${new URL(country.url).username}_backup`);
  await Promise.all([country.drop(), index.drop()]);
  remove();
});

it('Europe follows a country whose database was restored and whose feed has a new id', async () => {
  const name = new URL(country.url).username;
  await untilIndexed('ended', 'kept');
  const before = await feedOf(index.url, `SELECT feed FROM catalogue WHERE country = 'DK'`);
  await running.denmark?.stop();
  await run(administratorUrl, `CREATE DATABASE ${name}_backup TEMPLATE ${name}`);

  await startDenmark();
  await run(
    country.url,
    `DELETE FROM organisation WHERE id = 'dk:administration:ended'`,
    `INSERT INTO organisation SELECT (jsonb_populate_record(o, '{"id": "dk:administration:lost"}')).* FROM organisation o`,
  );
  await untilIndexed('kept', 'lost');

  await running.denmark?.stop();
  await run(
    administratorUrl,
    `DROP DATABASE ${name}`,
    `CREATE DATABASE ${name} TEMPLATE ${name}_backup OWNER ${name}`,
    `GRANT CONNECT ON DATABASE ${name} TO ${name}_service`,
  );
  execFileSync(process.execPath, [projectPath('dist/services/denmark/migrate.js'), '--new-feed'], {
    env: { DENMARK_MIGRATION_URL: country.url, DENMARK_SERVICE_ROLE: `${name}_service` },
  });
  await startDenmark();
  await untilIndexed('ended', 'kept');
  const after = await feedOf(index.url, `SELECT feed FROM catalogue WHERE country = 'DK'`);
  expect(after).toBe(await feedOf(country.url, 'SELECT id AS feed FROM feed'));
  expect(after).not.toBe(before);
});
