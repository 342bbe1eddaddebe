import { summariseTables } from '../../commands/tables-summary.js';
import { at } from '../../testing/test-catalogue.js';
import { memberships, tables, useCustomTables } from './testing/use-custom-tables.js';

describe('importTables with a table that lacks rows of an earlier import', () => {
  const { catalogue, write, run, rows, feed, runs } = useCustomTables();
  const { a, b } = memberships;

  it('writes nothing if a row is missing and no policy was chosen', async () => {
    const table = write('memberships.csv', a);
    const before = [await rows(), await feed(), await runs()];
    const report = await run(table);
    expect(report.missingRows).toEqual([{ file: 'memberships.csv', id: 'dk:membership:k-b', outcome: null }]);
    expect(summariseTables(report)).toMatch(
      /^Nothing was written: rows are missing[^]*dk:membership:k-b[^]*--missing keep/,
    );
    expect([await rows(), await feed(), await runs()]).toEqual(before);
  });

  it('keeps missing rows if the policy is keep', async () => {
    const before = await rows();
    const report = await run(write('memberships.csv', a), { missing: 'keep' });
    expect(report.missingRows).toEqual([{ file: 'memberships.csv', id: 'dk:membership:k-b', outcome: 'KEPT' }]);
    expect(await rows()).toEqual(before);
  });

  it('ends missing rows once, on the given day, if the policy is end', async () => {
    const table = write('memberships.csv', a);
    expect((await run(table, { missing: 'end', on: '2026-02-03' })).missingRows).toEqual([
      { file: 'memberships.csv', id: 'dk:membership:k-b', outcome: 'ENDED' },
    ]);
    const [, ended, history] = await rows();
    expect(ended).toMatchObject({
      end: '2026-02-03',
      ended: true,
      note: 'Ended on 2026-02-03, when it was no longer in the imported table.',
    });
    // A row that had ended before stays as it is, in the table or not.
    expect(history).toMatchObject({ end: '2020-01-01', note: null });
    expect((await run(table)).missingRows).toEqual([]);
    // A row that is in the table again continues.
    expect((await run(write('memberships.csv', a, b))).files['memberships.csv']).toMatchObject({ changed: 1 });
    expect(at(await rows(), 1)).toMatchObject({ end: null, ended: null, note: null });
  });

  it('ends a missing row that has not begun on the day it begins', async () => {
    await run(write('memberships.csv', a, b.replace('2019-01-01', '2027-01-01')));
    await run(write('memberships.csv', a), { missing: 'end' });
    expect(at(await rows(), 1)).toMatchObject({ end: '2027-01-01', ended: true });
  });

  it('withdraws a missing record, which has no period, and keeps its values in the report', async () => {
    const report = await run(write('records.csv'), { missing: 'end' });
    expect(report.missingRows).toEqual([
      {
        file: 'records.csv',
        id: 'dk:record:r',
        outcome: 'WITHDRAWN',
        was: expect.objectContaining({ address: 'github.com/a/b', sort_name: 'bee' }) as unknown,
      },
    ]);
    expect(await catalogue.query(`{ denmark { record(id: "dk:record:r") { name } } }`)).toEqual({
      denmark: { record: null },
    });
    expect((await feed()).at(-1)?.change).toMatch(/^dk:record:r DELETE/);
    expect(at(await runs(), 1, 'report', 'missingRows', 0, 'was', 'content', 'name')).toBe('Bee');
  });

  it('treats no row as missing if its table has an error', async () => {
    const report = await run(write('memberships.csv', a, b.replace('MEMBER', 'BOSS')), { missing: 'end' });
    expect(report.problems).toHaveLength(1);
    expect(report.missingRows).toEqual([]);
    expect(at(await rows(), 1)).toMatchObject({ end: null });
  });

  it('does not treat rows of publiccode.yml files as missing from a table', async () => {
    await catalogue.database.query(`INSERT INTO import_run (kind, digest, report) VALUES ('PUBLICCODE', '', '{}')`);
    await catalogue.database.query(
      `UPDATE imported_row SET run = (SELECT max(id) FROM import_run) WHERE id = 'dk:record:r'`,
    );
    expect((await run(write('records.csv'), { missing: 'end' })).missingRows).toEqual([]);
  });

  it('ends no row if more are missing than may end, and states the figures and the option that allows it', async () => {
    const many = Array.from({ length: 30 }, (_, n) => `dk:administration:x${n},MUNICIPALITY,LOCAL,da,X${n},,s,`);
    const [, ...own] = tables['administrations.csv'];
    await run(write('administrations.csv', ...own, ...many));
    const short = write('administrations.csv', ...own);
    const countEnded = async (): Promise<number> =>
      (await catalogue.database.query(`SELECT FROM organisation WHERE id LIKE '%:x%' AND ended`)).length;

    for (const dryRun of [true, false]) {
      const rejected = await run(short, { missing: 'end', dryRun });
      // Of the four that have not ended, and the thirty.
      expect(rejected.tooManyMissing).toEqual([{ file: 'administrations.csv', missing: 30, of: 34 }]);
      expect(rejected.missingRows[0]).toEqual({
        file: 'administrations.csv',
        id: 'dk:administration:x0',
        outcome: null,
      });
      expect(summariseTables(rejected)).toMatch(
        /^Nothing was written: too many rows are missing from a table\.\n[^]*administrations\.csv lacks 30 of the 34 rows that it had[^]*repeat with --max-ended 30\.$/,
      );
    }
    expect(await countEnded()).toBe(0);

    expect((await run(short, { missing: 'end', maxEnded: 29 })).tooManyMissing).toHaveLength(1);
    expect((await run(short, { missing: 'end', maxEnded: 30 })).tooManyMissing).toEqual([]);
    expect(await countEnded()).toBe(30);
  });
});
