import { at, plainCatalogue, writeTables } from '../../testing/test-catalogue.js';
import { startMutationCatalogue, tables, type MutationCatalogue } from '../../testing/mutation-fixtures.js';
import { findBatch } from '../tables/table-files.js';
import type { ImportReport } from '../tables/import-report.js';
import type { ImportOptions } from '../tables/import-options.js';
import { importTables } from '../tables/import-tables.js';
import { summariseTables } from '../../commands/tables-summary.js';

describe('importTables after an edit', () => {
  let catalogue: MutationCatalogue;
  beforeEach(async () => {
    catalogue = await startMutationCatalogue();
  });
  afterEach(() => catalogue.close());

  const run = async (
    changed: Readonly<Record<string, readonly string[]>>,
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

  it('keeps and reports edited rows, unless overwriteEdits is set', async () => {
    const payload = await catalogue.mutate(
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

  it('neither changes nor ends edited rows, nor removes the codes of an edited organisation', async () => {
    const { failures } = await catalogue.mutate('endMembership', {
      consortiumId: 'dk:consortium:k',
      membershipId: 'dk:membership:k-a',
      expectedRevision: 1,
      end: '2025-01-01',
      provenance: { source: 'https://example.org/minutes' },
    });
    expect(failures).toEqual([]);
    const left = await run({ 'memberships.csv': [header, a, b] });
    expect(left.edited).toEqual([{ file: 'memberships.csv', id: 'dk:membership:k-a' }]);
    expect(
      at(await catalogue.database.query(`SELECT end_date AS end FROM membership WHERE id = 'dk:membership:k-a'`), 0),
    ).toEqual({ end: '2025-01-01' });

    const revision = at(
      await catalogue.query(`{ denmark { organisation(id: "dk:administration:a") { revision } } }`),
      ...['denmark', 'organisation', 'revision'],
    );
    const renamed = await catalogue.mutate('renameAdministration', {
      administrationId: 'dk:administration:a',
      expectedRevision: revision,
      names: [{ language: 'da', text: 'Nyby' }],
      provenance: { source: 'https://example.org/law' },
    });
    expect(renamed.failures).toEqual([]);
    const others = tables['administrations.csv'].filter((row) => !row.startsWith('dk:administration:a,'));
    const withoutA = await run({ 'administrations.csv': others }, { missing: 'end' });
    expect(withoutA.missingRows).toEqual([
      { file: 'administrations.csv', id: 'dk:administration:a', outcome: 'EDITED' },
    ]);
    // Its codes count as part of the organisation.
    const codes = await run({ 'identifiers.csv': [tables['identifiers.csv'][0], 'dk:administration:a,DK_TEST,A2'] });
    expect(codes.files['identifiers.csv']).toMatchObject({ created: 1, removed: 0 });
    expect(await catalogue.database.query('SELECT notation FROM identifier ORDER BY notation')).toEqual([
      { notation: 'A1' },
      { notation: 'A2' },
    ]);
  });

  it('does not insert a record again that an editor withdrew', async () => {
    const table = { 'records.csv': ['id,kind,address,name,source', 'dk:record:r,SOFTWARE,github.com/a/b,Bee,s'] };
    expect((await run(table)).files['records.csv']).toMatchObject({ created: 1 });
    const { failures } = await catalogue.mutate('withdrawRecord', { recordId: 'dk:record:r', expectedRevision: 1 });
    expect(failures).toEqual([]);
    expect((await run(table)).edited).toEqual([{ file: 'records.csv', id: 'dk:record:r' }]);
    expect(await catalogue.database.query('SELECT id FROM catalogue_record')).toEqual([]);
    expect((await run(table, { overwriteEdits: true })).files['records.csv']).toMatchObject({ created: 1, edited: 0 });
  });
});
