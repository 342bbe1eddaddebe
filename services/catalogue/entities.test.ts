import type { EntitySchemaColumnOptions } from 'typeorm';

import { entities } from './entities.js';
import { migrations } from './migrations/migrations.js';
import { plainCatalogue, startTestCatalogue, writeTables } from './testing.js';

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
        FROM information_schema.columns WHERE table_name = $1 ORDER BY column_name`,
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

it('migrations go back as they came', async () => {
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
