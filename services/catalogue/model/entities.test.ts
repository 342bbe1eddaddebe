import type { EntitySchemaColumnOptions } from 'typeorm';

import { entities } from './entities.js';
import { migrations } from '../migrations/migrations.js';
import { plainCatalogue, startTestCatalogue, writeTables } from '../testing/test-catalogue.js';

/** As information_schema calls the types that entities name. */
const sqlType = (options: EntitySchemaColumnOptions): string =>
  options.array ? 'ARRAY' : typeof options.type === 'string' ? options.type : String(options.type);

it('entities and migrations describe the same tables', async () => {
  const { folder, remove } = writeTables({});
  const catalogue = await startTestCatalogue(plainCatalogue, folder);
  try {
    for (const { options } of entities) {
      const columns = await catalogue.database.query<{ name: string; type: string; nullable: boolean }>(
        `SELECT column_name AS name, data_type AS type, is_nullable = 'YES' AS nullable
        FROM information_schema.columns
        -- Columns that the database fills in are never written, so no entity has them.
        WHERE table_name = $1 AND column_default IS DISTINCT FROM 'now()' AND column_name <> 'revision' ORDER BY column_name`,
        [options.name],
      );
      const declared = Object.values(options.columns as Record<string, EntitySchemaColumnOptions>).map((column) => ({
        name: column.name,
        type: sqlType(column),
        nullable: column.nullable ?? false,
      }));
      expect(columns).toEqual(declared.sort((left, right) => ((left.name ?? '') < (right.name ?? '') ? -1 : 1)));
    }
  } finally {
    await catalogue.close();
    remove();
  }
});

it('a record that is older than the column `issued` counts as listed since its feed entry', async () => {
  const { folder, remove } = writeTables({
    'sources.csv': ['id,url', 's,https://example.org/'],
    'records.csv': ['id,kind,address,name,source', 'dk:record:r,SOFTWARE,github.com/a/b,Bee,s'],
  });
  const catalogue = await startTestCatalogue(plainCatalogue, folder);
  const { query, dataSource } = catalogue.database;
  try {
    const listed = await query(`SELECT issued FROM catalogue_record`);
    await query(`SELECT pg_sleep(0.01)`);
    await dataSource.undoLastMigration({ transaction: 'all' });
    await dataSource.runMigrations({ transaction: 'all' });
    expect(await query(`SELECT issued FROM catalogue_record`)).toEqual(listed);
  } finally {
    await catalogue.close();
    remove();
  }
});

it('migrations can be undone and run again', async () => {
  const { folder, remove } = writeTables({});
  const catalogue = await startTestCatalogue(plainCatalogue, folder);
  try {
    for (const _migration of migrations) await catalogue.database.dataSource.undoLastMigration({ transaction: 'all' });
    const left = await catalogue.database.query(
      `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_name <> 'migrations'`,
    );
    expect(left).toEqual([]);
    await catalogue.database.dataSource.runMigrations({ transaction: 'all' });
  } finally {
    await catalogue.close();
    remove();
  }
});
