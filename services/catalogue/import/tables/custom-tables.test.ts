import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  at,
  plainCatalogue,
  startTestCatalogue,
  type TestCatalogue,
  writeTables,
} from '../../testing/test-catalogue.js';
import { findBatch } from './table-files.js';
import type { ImportReport } from './import-report.js';
import type { ImportOptions } from './import-options.js';
import { importTables } from './import-tables.js';
import { summariseTables } from '../../commands/tables-summary.js';

const tables = {
  'sources.csv': ['id,url', 's,https://example.org/'],
  'administrations.csv': [
    'id,kind,level,official_languages,name_da,end,source,colour',
    'dk:administration:a,MUNICIPALITY,LOCAL,da,Aabenrå,,s,',
    'dk:administration:b,MUNICIPALITY,LOCAL,da,Bby,,s,',
    'dk:administration:t1,MUNICIPALITY,LOCAL,da,Toby,,s,Nord',
    'dk:administration:t2,MUNICIPALITY,LOCAL,da,Toby,,s,Syd',
    'dk:administration:old,MUNICIPALITY,LOCAL,da,Bby,2007-01-01,s,',
  ],
  'consortia.csv': ['id,kind,name_da,alternative_names_da,source', 'dk:consortium:k,ASSOCIATION,Kaa,KAA2,s'],
  'identifiers.csv': [
    'organisation,scheme,notation',
    'dk:administration:a,DK_TEST,A1',
    'dk:administration:b,DK_TEST,B1',
  ],
  'memberships.csv': [
    'id,consortium,member,role,start,end,source',
    'dk:membership:k-a,dk:consortium:k,dk:administration:a,MEMBER,2019-01-01,,s',
    'dk:membership:k-b,dk:consortium:k,dk:administration:b,MEMBER,2019-01-01,,s',
    'dk:membership:k-t1,dk:consortium:k,dk:administration:t1,MEMBER,2019-01-01,2020-01-01,s',
  ],
  'records.csv': ['id,kind,address,name,source', 'dk:record:r,SOFTWARE,github.com/a/b,Bee,s'],
  'adoptions.csv': ['id,administration,address,status,start,raw_name,source'],
};

describe('importTables with the tables of the import command', () => {
  const own = mkdtempSync(join(tmpdir(), 'reuse-graph-own-'));
  const { folder, remove } = writeTables(tables);
  let catalogue: TestCatalogue;
  beforeEach(async () => {
    catalogue = await startTestCatalogue(plainCatalogue, folder);
  });
  afterEach(() => catalogue.close());
  afterAll(() => {
    remove();
    rmSync(own, { recursive: true, force: true });
  });

  /** Writes a table with these rows to a folder of its own, and returns its path. */
  const write = (file: keyof typeof tables, ...lines: string[]): string => {
    writeFileSync(join(own, 'sources.csv'), `${tables['sources.csv'].join('\n')}\n`);
    writeFileSync(join(own, file), `${[tables[file][0], ...lines].join('\n')}\n`);
    return join(own, file);
  };
  const run = async (path: string, options: Partial<ImportOptions> = {}): Promise<ImportReport> => {
    const batch = findBatch([path]);
    if (!batch) throw new Error(`${path} is not a table.`);
    const report = await importTables(plainCatalogue, batch, catalogue.database, {
      kind: 'TABLES',
      missing: null,
      on: '2026-03-01',
      ...options,
    });
    if (!report) throw new Error('There is no report.');
    return report;
  };
  const [, a, b] = tables['memberships.csv'] as [string, string, string];
  const rows = (): Promise<object[]> =>
    catalogue.database.query(
      `SELECT id, member_id AS member, end_date AS end, ended, provenance ->> 'note' AS note FROM membership ORDER BY id`,
    );
  const feed = (): Promise<{ change: string }[]> =>
    catalogue.database.query(`SELECT subject_id || ' ' || kind || ' ' || number AS change FROM change ORDER BY number`);
  const runs = (): Promise<{ kind: string }[]> =>
    catalogue.database.query('SELECT kind, report FROM import_run ORDER BY id');

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
