import { runMigrations } from '../../kit/database/database.js';
import { startTestIndex, type TestIndex } from '../testing/test-index.js';
import { contents } from '../testing/feed-contents.js';
import { type FakeCountry, startFakeCountry } from '../testing/fake-country.js';
import { emptyIndex, prepareIndex } from './prepare-index.js';

let country: FakeCountry;
let index: TestIndex;
beforeEach(async () => {
  country = await startFakeCountry('DK');
  index = await startTestIndex([country]);
  country.publish('RECORD', contents.record('dk:record:desk', 'github.com/os2/desk'));
  country.publishRaw({ subject: 'RECORD', subjectId: 'dk:record:bad', content: {} });
  await index.catchUp();
});
afterEach(async () => {
  await index.close();
  await country.stop();
});

const countRows = async (table: string): Promise<number> => (await index.database.query(`SELECT FROM ${table}`)).length;

describe('emptyIndex', () => {
  it('empties every table of the schema, also one that no code names yet, and keeps catalogues, migrations and claims', async () => {
    await index.database.query('CREATE TABLE "Added later" (id int)');
    await index.database.query('INSERT INTO "Added later" VALUES (1)');
    await emptyIndex(index.database.dataSource);
    const tables = await index.database.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`,
    );
    const filled: string[] = [];
    for (const { name } of tables) if ((await countRows(`"${name}"`)) > 0) filled.push(name);
    expect(filled).toEqual([
      'address_claim',
      'catalogue',
      'claiming_country',
      // Of indexes that are missing until they are read again.
      'deferred_definition',
      // Of this release, as the vocabulary of topics is.
      'europe_mapping',
      'index_state',
      'migrations',
    ]);
    expect(await index.database.query('SELECT country, feed, cursor FROM catalogue')).toEqual([
      { country: 'DK', feed: null, cursor: null },
    ]);
    await index.catchUp();
    expect([await countRows('catalogue_record'), await countRows('refusal')]).toEqual([1, 1]);
  });
});

describe('prepareIndex', () => {
  it('empties an index of an earlier version', async () => {
    await prepareIndex(index.database.dataSource, ['DK']);
    expect(await countRows('catalogue_record')).toBe(1);
    await index.database.query('UPDATE index_state SET version = version - 1');
    await prepareIndex(index.database.dataSource, ['DK']);
    expect(await countRows('catalogue_record')).toBe(0);
  });
});

describe('the migration', () => {
  it('replaces the tables of an earlier release, whatever they contain', async () => {
    const { query } = index.database;
    await query('CREATE TABLE place (address text PRIMARY KEY)');
    await query('CREATE TABLE basis (solution_id text REFERENCES solution)');
    await query(`UPDATE migrations SET name = 'CreateIndex1764300000000' WHERE name LIKE 'CreateIndex%'`);
    expect(await runMigrations(index.database)).toEqual(['CreateIndex1764902000000']);
    await expect(query('SELECT FROM place')).rejects.toThrow('does not exist');
    await prepareIndex(index.database.dataSource, ['DK']);
    await index.catchUp();
    expect(await countRows('catalogue_record')).toBe(1);
  });
});

describe('a first reading', () => {
  const definitions = async (): Promise<string[]> => {
    const rows = await index.database.query<{ definition: string }>(
      `SELECT indexdef AS definition FROM pg_indexes WHERE schemaname = 'public'
      UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1`,
    );
    return rows.map(({ definition }) => definition);
  };

  it('is without indexes that it does not read, which are created at its end as they were', async () => {
    const before = await definitions();
    await emptyIndex(index.database.dataSource);
    const during = await definitions();
    const isMissing = (part: string): boolean => !during.some((definition) => definition.includes(part));
    expect(during.length).toBeLessThan(before.length);
    expect(['adoption_by_solution ', 'solution_by_name ', 'note_adoption_insert '].map(isMissing)).toEqual([
      true,
      true,
      true,
    ]);
    // It may begin again before its end.
    await emptyIndex(index.database.dataSource);
    expect(await definitions()).toEqual(during);
    await index.catchUp();
    expect(await definitions()).toEqual(before);
  });

  it('ends although no country could be read', async () => {
    const before = await definitions();
    await emptyIndex(index.database.dataSource);
    await country.stop();
    await index.catchUp({ graceMs: 0 });
    expect(await definitions()).toEqual(before);
  });
});

it('updates the statistics of its tables at the end of a first reading, so that PostgreSQL does not plan requests as if they were empty', async () => {
  const { query } = index.database;
  await query('UPDATE index_state SET version = version - 1');
  await prepareIndex(index.database.dataSource, ['DK']);
  await index.catchUp();
  expect(await query(`SELECT reltuples::int AS rows FROM pg_class WHERE relname = 'catalogue_record'`)).toEqual([
    { rows: 1 },
  ]);
});
