import { at, plainCatalogue, writeTables } from '../testing.js';
import { startWrittenCatalogue, tables, type WrittenCatalogue } from '../writes/testing.js';
import { findBatch } from './batch.js';
import type { ImportReport } from './import-report.js';
import { type ImportOptions, importTables } from './import-tables.js';
import { summariseTables } from './tables-summary.js';

/** What editors write, and the tables that say otherwise. */
describe('an import after an edit', () => {
  let catalogue: WrittenCatalogue;
  beforeEach(async () => {
    catalogue = await startWrittenCatalogue();
  });
  afterEach(() => catalogue.close());

  const run = async (
    changed: Partial<Record<keyof typeof tables, readonly string[]>>,
    options: Partial<ImportOptions> = {},
  ): Promise<ImportReport> => {
    const { folder, remove } = writeTables({ 'sources.csv': tables['sources.csv'], ...changed });
    const batch = findBatch([folder]);
    const report =
      batch &&
      (await importTables(plainCatalogue, batch, catalogue.database, {
        kind: 'TABLES',
        missing: null,
        on: '2026-03-01',
        ...options,
      }));
    remove();
    if (!report) throw new Error('There is no report.');
    return report;
  };
  const [header, a, b] = tables['memberships.csv'];
  const role = async (id: string): Promise<unknown> =>
    at(await catalogue.database.query('SELECT role FROM membership WHERE id = $1', [id]), 0, 'role');

  it('leaves what an editor wrote, and says so, unless it is told to write over it', async () => {
    const payload = await catalogue.write(
      'admitMember',
      {
        consortiumId: 'dk:consortium:l',
        memberId: 'dk:administration:c',
        role: 'MEMBER',
        during: { start: '2020-01-01' },
        provenance: { source: 'https://example.org/minutes' },
      },
      'membership { id }',
    );
    const id = String(at(payload, 'membership', 'id'));
    const table = {
      'memberships.csv': [header, a, b, `${id},dk:consortium:l,dk:administration:c,BOARD,2020-01-01,,s`],
    };

    const left = await run(table);
    expect(left.files['memberships.csv']).toMatchObject({ created: 0, changed: 0, unchanged: 2, edited: 1 });
    expect(left.edited).toEqual([{ file: 'memberships.csv', id }]);
    expect(summariseTables(left)).toContain(`Edited since the last import, and left as they are`);
    expect(await role(id)).toBe('MEMBER');

    expect((await run(table, { overwriteEdits: true })).files['memberships.csv']).toMatchObject({
      changed: 1,
      edited: 0,
    });
    expect(await role(id)).toBe('BOARD');
    expect((await run(table)).files['memberships.csv']).toMatchObject({ changed: 0, unchanged: 3, edited: 0 });
  });
});
