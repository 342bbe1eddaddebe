import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { summariseTables } from '../../commands/tables-summary.js';
import { waitUntil } from '../../../kit/testing/wait-until.js';
import { at, writeTables } from '../../testing/test-catalogue.js';
import { findBatch } from './table-files.js';
import { memberships, tables, useCustomTables } from './testing/use-custom-tables.js';

describe('importTables with the tables of the import command', () => {
  const { catalogue, folder, write, run, rows, feed, runs } = useCustomTables();
  const { a, b } = memberships;

  it('reports in a dry run what the import then does, and changes nothing when it is repeated', async () => {
    const table = write(
      'memberships.csv',
      a.replace('2019-01-01', '2019-02-01'),
      b,
      'dk:membership:k-t2,dk:consortium:k,dk:administration:t2,MEMBER,2021-01-01,,s',
    );
    const before = [await rows(), await feed(), await runs()];
    const counts = { created: 1, changed: 1, unchanged: 1, rejected: 0, removed: 0, edited: 0 };
    const dry = await run(table, { dryRun: true });
    expect(dry).toMatchObject({ dryRun: true, files: { 'memberships.csv': counts }, problems: [], missingRows: [] });
    expect(dry.changes).toEqual([
      { file: 'memberships.csv', key: 'dk:membership:k-a', columns: { start_date: ['2019-01-01', '2019-02-01'] } },
    ]);
    expect(summariseTables(dry)).toMatch(
      /^Nothing was written: this was a dry run\.\n[^]*start_date 2019-01-01 → 2019-02-01/,
    );
    expect([await rows(), await feed(), await runs()]).toEqual(before);

    expect(await run(table)).toEqual({ ...dry, dryRun: false });
    const after = [await rows(), await feed()];
    expect(after[0]).toHaveLength(4);
    const again = await run(table);
    expect(again.files['memberships.csv']).toEqual({ ...counts, created: 0, changed: 0, unchanged: 3 });
    expect([await rows(), await feed()]).toEqual(after);
    expect((await runs()).map(({ kind }) => kind)).toEqual(['START', 'TABLES', 'TABLES']);
    expect(at(await runs(), 1, 'report', 'changes')).toEqual(dry.changes);
  });

  it('reports rows that contradict others of the import or of the catalogue, and writes them', async () => {
    const overlapping = write(
      'memberships.csv',
      a,
      b,
      'dk:membership:k-t2,dk:consortium:k,dk:administration:t2,MEMBER,2021-01-01,2022-01-01,s',
      'dk:membership:board,dk:consortium:k,dk:administration:t2,BOARD,2021-06-01,,s',
      'dk:membership:next,dk:consortium:k,dk:administration:t1,MEMBER,2020-01-01,,s',
      'dk:membership:old,dk:consortium:k,dk:administration:old,MEMBER,2019-01-01,,s',
    );
    const report = await run(overlapping, { missing: 'keep' });
    expect(report).toMatchObject({ files: { 'memberships.csv': { created: 4, rejected: 0 } }, problems: [] });
    const file = 'memberships.csv';
    const overlap = (line: number, id: string): object => ({
      file,
      line,
      column: null,
      message: `overlaps ${id}: end or remove one of them`,
    });
    expect(report.contradictions).toEqual([
      overlap(4, 'dk:membership:board'),
      overlap(5, 'dk:membership:k-t2'),
      {
        file,
        line: 7,
        column: 'member',
        message:
          'begins on 2019-01-01, after dk:administration:old ended, on 2007-01-01: correct the dates, or name the organisation that existed then',
      },
    ]);
    expect(summariseTables(report)).toMatch(
      /^Rows that contradict others, and were imported nevertheless:\n {2}memberships\.csv, line 4: overlaps/m,
    );
    expect(await rows()).toHaveLength(7);

    const codes = await run(write('identifiers.csv', 'dk:administration:t1,DK_TEST,B1'), { dryRun: true });
    expect(codes.contradictions).toMatchObject([
      {
        line: 2,
        column: 'notation',
        message: expect.stringMatching(/B1 is a code of dk:administration:b at/) as string,
      },
    ]);
  });

  const membership = (consortium: string, member: string): string =>
    `dk:membership:new,${consortium},${member},MEMBER,2021-01-01,,s`;

  it.each([
    ['name', 'Kaa', 'Bby Kommune', 'dk:administration:b', 1],
    ['alternative name and code', 'KAA2', 'DK_TEST:a 1', 'dk:administration:a', 1],
    ['misspelt name', 'dk:consortium:k', 'Aabenraa Kommune', 'dk:administration:a', 1],
  ])('finds an organisation by its %s', async (_what, consortium, member, id, confidence) => {
    const report = await run(write('memberships.csv', a, b, membership(consortium, member)));
    expect(report.problems).toEqual([]);
    expect(report.named).toContainEqual({
      file: 'memberships.csv',
      line: 4,
      column: 'member',
      written: member,
      id,
      confidence,
    });
    expect(at(await rows(), 3)).toMatchObject({ id: 'dk:membership:new', member: id });
  });

  it('reports and skips rows with ambiguous and unknown names, with the candidates', async () => {
    const report = await run(
      write(
        'memberships.csv',
        a,
        b,
        membership('Kaa', 'Toby Kommune'),
        membership('Kaa', 'Nowhere').replace('new', 'no'),
      ),
    );
    expect(report.problems).toEqual([
      {
        file: 'memberships.csv',
        line: 4,
        column: 'member',
        message:
          '"Toby Kommune" is ambiguous: write the id of one of dk:administration:t1 (Toby), dk:administration:t2 (Toby)',
        candidates: [
          { id: 'dk:administration:t1', name: 'Toby' },
          { id: 'dk:administration:t2', name: 'Toby' },
        ],
      },
      {
        file: 'memberships.csv',
        line: 5,
        column: 'member',
        message: '"Nowhere" is not the id, code or name of an organisation of this catalogue',
        candidates: [],
      },
    ]);
    expect(report.files['memberships.csv']).toMatchObject({ created: 0, unchanged: 2, rejected: 2 });
    expect(summariseTables(report)).toMatch(/Ambiguous names[^]*Toby Kommune[^]*Unknown names[^]*Nowhere/);
  });

  it('stores the name and confidence by which the user of an adoption was found', async () => {
    await run(write('adoptions.csv', 'dk:adoption:x,Bby,github.com/a/b,PILOT,2020-01-01,,s'));
    expect(
      await catalogue.database.query('SELECT administration_id, raw_name, match_confidence FROM adoption'),
    ).toEqual([{ administration_id: 'dk:administration:b', raw_name: 'Bby', match_confidence: 0.72 }]);
  });

  it('rejects a code that is not valid in its register', async () => {
    const { problems } = await run(write('memberships.csv', a, b, membership('Kaa', 'DK_TEST:11')));
    expect(problems).toMatchObject([
      { column: 'member', message: expect.stringContaining('is not a valid') as string },
    ]);
  });

  it('names the value that is wrong, and reports what a spreadsheet has done to a table', async () => {
    const administration = (id: string, name: string, more: { nuts?: string; lau?: string; level?: string } = {}) =>
      `dk:administration:${id},MUNICIPALITY,${more.level ?? 'LOCAL'},da,${name},${more.nuts ?? ''},${more.lau ?? ''},s`;
    const path = write('administrations.csv');
    const lines = [
      'id,kind,level,official_languages,name_da,nuts,lau,source',
      administration('0101', ' Blanks\u00a0', { lau: '0101' }),
      ',,,,,,,',
      ' , ',
      '',
      administration('formula', '=A2&" 2"'.replaceAll('"', '""').replace(/^.*$/, '"$&"')),
      administration('error', '#REF!'),
      administration('foreign', 'Foreign', { nuts: 'FR101' }),
      administration('zeros', 'Zeros', { lau: '147' }),
      administration('level', 'Level', { level: 'Local' }),
      ',,,,,,,',
    ];
    writeFileSync(path, `${lines.join('\r\n')}\r\n`);
    const { problems, suspicious, files } = await run(path, { missing: 'keep' });
    expect(problems.map(({ line, column, message }) => `${line} ${column}: ${message}`)).toEqual([
      '6 name_da: "=A2&\\" 2\\"" is a formula, or its error, and not a value: export the values of the spreadsheet',
      '7 name_da: "#REF!" is a formula, or its error, and not a value: export the values of the spreadsheet',
      '10 level: "Local" must be one of LOCAL, REGIONAL, NATIONAL, OTHER',
      '8 nuts: "FR101" is a NUTS code of another country: it must begin with DK',
    ]);
    expect(suspicious.map(({ line, column, message }) => `${line} ${column}: ${message}`)).toEqual([
      '2 name_da: " Blanks\u00a0" has blanks around it, which were removed',
      '9 lau: "147" is shorter than the 4 digits of others: has a spreadsheet removed its leading zeros?',
    ]);
    expect(files['administrations.csv']).toMatchObject({ created: 2, rejected: 4 });
    expect(await catalogue.database.query(`SELECT names FROM organisation WHERE id LIKE '%:0101'`)).toEqual([
      { names: [{ language: 'da', text: 'Blanks' }] },
    ]);

    const codes = await run(write('memberships.csv', membership('dk:consortium:k', 'dk:administration:101')));
    expect(codes.problems.map(({ message }) => message)).toEqual([
      '"dk:administration:101" is not an organisation of this catalogue. Has a spreadsheet removed its leading zeros? dk:administration:0101 is one',
    ]);
  });

  it('reports its progress', async () => {
    const seen: string[] = [];
    await run(join(folder, 'memberships.csv'), { onStep: (step) => seen.push(step) });
    expect(seen).toEqual(
      expect.arrayContaining([
        'memberships.csv: reading',
        'memberships.csv: 0 of 3 rows',
        'memberships.csv: looking for rows of earlier imports that it lacks',
        'looking for rows that contradict others',
        'updating the statistics of the tables',
        'writing the changes to the feed, and committing',
      ]),
    );
  });

  it('finishes after an import that was killed, with statistics of what it has written itself', async () => {
    const { query } = catalogue.database;
    const count = 1200;
    const path = write(
      'administrations.csv',
      ...Array.from({ length: count }, (_, n) => `dk:administration:m${n},MUNICIPALITY,LOCAL,da,Town ${n},,s,`),
    );
    /** Imports the table, and stops where the written ids are recorded until `meanwhile` is done. */
    const importWhile = async (meanwhile: (processId: number) => Promise<unknown>) => {
      const holder = catalogue.database.dataSource.createQueryRunner();
      await holder.startTransaction();
      await holder.query('LOCK TABLE imported_row IN EXCLUSIVE MODE');
      const running = run(path, { maxWaitMs: 0 });
      const settled = Promise.allSettled([running]);
      const blocked: { pid: number }[] = [];
      await waitUntil('the import to wait', async () => {
        blocked.push(
          ...(await query<{ pid: number }>(
            `SELECT pid FROM pg_locks WHERE NOT granted AND relation = 'imported_row'::regclass`,
          )),
        );
        return blocked.length > 0;
      });
      await meanwhile(blocked[0]?.pid ?? 0);
      await holder.rollbackTransaction();
      await holder.release();
      await settled;
      return running;
    };
    // PostgreSQL would update the statistics itself, but perhaps not before the next import.
    await query('ALTER TABLE organisation SET (autovacuum_enabled = false)');
    await expect(importWhile((pid) => query('SELECT pg_terminate_backend($1, 10000)', [pid]))).rejects.toThrow();
    await query('ANALYZE organisation');

    let rowsByStatistics = 0;
    const { files } = await importWhile(async () => {
      const [{ rows: estimated } = { rows: 0 }] = await query<{ rows: number }>(
        `SELECT reltuples::int AS rows FROM pg_class WHERE oid = 'organisation'::regclass`,
      );
      rowsByStatistics = estimated;
    });
    expect(files['administrations.csv']).toMatchObject({ created: count, rejected: 0 });
    expect(rowsByStatistics).toBeGreaterThan(count);
  });

  it('reports a CSV file in the folder that is not a table', async () => {
    const { folder: withExtraFile, remove: removeIt } = writeTables({ ...tables, 'membership.csv': ['id'] });
    expect((await run(withExtraFile)).problems).toEqual([
      {
        file: 'membership.csv',
        line: 1,
        column: null,
        message: 'is not a table of a catalogue: correct the name of the file, or remove it',
      },
    ]);
    removeIt();
  });
});

describe('findBatch', () => {
  const { folder, remove } = writeTables(tables);
  afterAll(remove);

  it('finds all tables of a folder, or one table and the sources.csv beside it', () => {
    const batch = findBatch([join(folder, 'memberships.csv')]);
    expect(batch?.pathOf({ file: 'memberships.csv', cells: {} })).toBe(join(folder, 'memberships.csv'));
    expect(batch?.pathOf({ file: 'sources.csv', cells: {} })).toBe(join(folder, 'sources.csv'));
    expect(batch?.pathOf({ file: 'records.csv', cells: {} })).toBeUndefined();
    expect(findBatch([folder])?.pathOf({ file: 'records.csv', cells: {} })).toBe(join(folder, 'records.csv'));
  });

  it('returns null if no path leads to a table, and rejects a mixture', () => {
    const other = mkdtempSync(join(tmpdir(), 'reuse-graph-other-'));
    writeFileSync(join(other, 'list.csv'), 'file\n');
    expect(findBatch([other])).toBeNull();
    expect(findBatch([join(other, 'list.csv')])).toBeNull();
    expect(() => findBatch([other, folder])).toThrow('Name either tables or publiccode.yml files.');
    expect(readFileSync(join(other, 'list.csv'), 'utf8')).toBe('file\n');
    rmSync(other, { recursive: true });
  });

  it('rejects two paths of the same table', () => {
    expect(() => findBatch([folder, join(folder, 'records.csv')])).toThrow('are the same table: name one of them');
  });
});
