import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { editorOfA } from '../../testing/mutation-fixtures.js';
import { useCatalogue } from '../../testing/use-catalogue.js';
import { plainCatalogue } from '../../testing/test-catalogue.js';
import type { ImportReport } from './import-report.js';
import { importTables } from './import-tables.js';
import { findBatch } from './table-files.js';

const holders =
  'id,need,holder,holders_kind,holders_nuts,raw_name,state,start,end,observed_on,amount,currency,met_by,source';
const tables = {
  'sources.csv': ['id,url', 's,https://example.org/'],
  'administrations.csv': [
    'id,kind,level,official_languages,name_da,source',
    'dk:administration:a,MUNICIPALITY,LOCAL,da,Aby,s',
    'dk:administration:b,MUNICIPALITY,LOCAL,da,Bby,s',
  ],
  'code_lists.csv': ['scheme,title_da,source', 'DK_TASKS,Opgaver,s'],
  'codes.csv': ['scheme,notation,label_da,broader,source', 'DK_TASKS,1,One,,s', 'DK_TASKS,1.1,Two,1,s'],
  'mappings.csv': ['scheme,notation,relation,to_scheme,to_notation,topic,source', 'DK_TASKS,1,EXACT,,,elections,s'],
  'needs.csv': ['id,statement_da,codes,url,source', 'dk:need:n,Need,DK_TASKS:1,,s'],
  'need_holders.csv': [
    holders,
    'dk:need-holder:a,dk:need:n,dk:administration:a,,,,FUNDED,2020-01-01,,,10.50,EUR,github.com/a/b,s',
    'dk:need-holder:b,dk:need:n,Bby,,,,STATED,,,2020-01-01,,,,s',
  ],
};

const catalogue = useCatalogue(tables);
const own = mkdtempSync(join(tmpdir(), 'reuse-graph-needs-'));
afterAll(() => {
  rmSync(own, { recursive: true, force: true });
});

let folders = 0;
/** Imports tables, with sources.csv of the catalogue. */
async function run(files: Partial<typeof tables>, missing: 'keep' | 'end' | null = 'keep'): Promise<ImportReport> {
  const folder = join(own, String((folders += 1)));
  mkdirSync(folder);
  for (const [file, lines] of Object.entries({ 'sources.csv': tables['sources.csv'], ...files }))
    writeFileSync(join(folder, file), `${lines.join('\n')}\n`);
  const batch = findBatch([folder]);
  if (!batch) throw new Error('no tables');
  const options = { kind: 'TABLES', missing, on: '2026-01-01', maxEnded: 10 } as const;
  const report = await importTables(plainCatalogue, batch, catalogue.database, options);
  if (!report) throw new Error('no report');
  return report;
}

const feedLength = async (): Promise<unknown> =>
  catalogue.database.query('SELECT last_number FROM feed').then(([row]) => row);

it('the tables of codes and needs can be imported again, which changes nothing', async () => {
  const before = await feedLength();
  const report = await run(tables);
  expect(report).toMatchObject({ problems: [], changes: [], missingRows: [], contradictions: [] });
  const { created, changed, unchanged } = report.files['need_holders.csv'] ?? {};
  expect([created, changed, unchanged]).toEqual([0, 0, 2]);
  expect(await feedLength()).toEqual(before);
  // An amount with other zeros is the same amount.
  const [header, a = '', b = ''] = tables['need_holders.csv'];
  const same = await run({ 'need_holders.csv': [header ?? '', a.replace('10.50', '010.5'), b] });
  expect(same.changes).toEqual([]);
});

it('rows that cannot be used are reported with their columns, and the others are imported', async () => {
  const rejected: [file: keyof typeof tables, row: string, column: string | null, message: RegExp][] = [
    ['code_lists.csv', 'dk_tasks,Title,s', 'scheme', /must be the name of a code list/],
    ['code_lists.csv', 'DK_EMPTY,,s', 'title_', /is missing: a text is required in at least one language/],
    ['code_lists.csv', 'DK_TASKS,Again,s', null, /repeats line/],
    ['codes.csv', 'DK_OTHER,1,One,,s', 'scheme', /is not a code list of this catalogue/],
    ['codes.csv', 'DK_TASKS,1-1,Two,1,s', null, /repeats line 3/],
    ['codes.csv', 'DK_TASKS,,Empty,,s', 'notation', /must be a code of at most 60 characters/],
    ['codes.csv', 'DK_TASKS,2,Two,2,s', 'broader', /is the code itself/],
    ['codes.csv', `DK_TASKS,2,${'x'.repeat(501)},,s`, 'label_da', /is longer than 500 characters/],
    ['codes.csv', 'DK_TASKS,2,One|Two,,s', 'label_da', /has several texts: one per language is allowed/],
    ['mappings.csv', 'DK_TASKS,1,SAME,,,elections,s', 'relation', /must be one of EXACT, CLOSE/],
    ['mappings.csv', 'DK_TASKS,1,EXACT,,,Elections,s', 'topic', /must be the id of a topic/],
    ['mappings.csv', 'DK_TASKS,1,EXACT,,,,s', 'topic', /must be given, or to_scheme and to_notation/],
    ['mappings.csv', 'DK_TASKS,1,EXACT,EU_X,,,s', 'to_notation', /is empty/],
    ['mappings.csv', 'DK_TASKS,1,EXACT,DK_TASKS,1,,s', 'to_notation', /is the code itself/],
    ['mappings.csv', 'DK_TASKS,1,CLOSE,,,elections,s', null, /repeats line 2/],
    ['needs.csv', 'be:need:x,Text,,,s', 'id', /must begin with dk:/],
    ['needs.csv', 'dk:need:x,Text,DK_TASKS:1|1.1,,s', 'codes', /^"1\.1" must be a code with its list/],
    ['needs.csv', 'dk:need:x,,,,s', 'statement_', /is missing/],
    ['need_holders.csv', 'dk:need-holder:x,dk:need:z,Aby,,,,STATED,2020-01-01,,,,,,s', 'need', /is not a need of this/],
    ['need_holders.csv', 'dk:need-holder:x,dk:need:n,Zby,,,,STATED,2020-01-01,,,,,,s', 'holder', /Zby/],
    ['need_holders.csv', 'dk:need-holder:x,dk:need:n,,,,,STATED,2020-01-01,,,,,,s', 'holder', /is required unless/],
    [
      'need_holders.csv',
      'dk:need-holder:x,dk:need:n,Aby,REGION,,,STATED,2020-01-01,,,,,,s',
      'holders_kind',
      /is given beside a holder/,
    ],
    [
      'need_holders.csv',
      'dk:need-holder:x,dk:need:n,Aby,,DK01,,STATED,2020-01-01,,,,,,s',
      'holders_kind',
      /is empty, but holders_nuts is not/,
    ],
    [
      'need_holders.csv',
      'dk:need-holder:x,dk:need:n,,REGION,SE1,,STATED,2020-01-01,,,,,,s',
      'holders_nuts',
      /must begin with DK/,
    ],
    ['need_holders.csv', 'dk:need-holder:x,dk:need:n,Aby,,,,DONE,2020-01-01,,,,,,s', 'state', /must be one of STATED/],
    ['need_holders.csv', 'dk:need-holder:x,dk:need:n,Aby,,,,STATED,,,,,,,s', 'observed_on', /is required if start is/],
    ['need_holders.csv', 'dk:need-holder:x,dk:need:n,Aby,,,,MET,2020-01-01,,,1.000,,,s', 'currency', /is empty/],
    ['need_holders.csv', 'dk:need-holder:x,dk:need:n,Aby,,,,MET,2020-01-01,,,,EUR,,s', 'amount', /is empty/],
    ['need_holders.csv', 'dk:need-holder:x,dk:need:n,Aby,,,,MET,2020-01-01,,,1,EURO,,s', 'currency', /of ISO 4217/],
    [
      'need_holders.csv',
      'dk:need-holder:x,dk:need:n,Aby,,,,MET,2020-01-01,,,"1,5",EUR,,s',
      'amount',
      /must be an amount/,
    ],
    [
      'need_holders.csv',
      'dk:need-holder:x,dk:need:n,Aby,,,,MET,2020-01-01,,,,,nowhere,s',
      'met_by',
      /^"nowhere" names/,
    ],
    ['need_holders.csv', 'dk:need-holder:x,dk:need:n,Aby,,,,MET,2020-01-02,2020-01-01,,,,,s', 'end', /is before start/],
  ];
  const files = Object.fromEntries(
    Object.entries(tables).map(([file, lines]) => [
      file,
      [...lines, ...rejected.filter(([of]) => of === file).map(([, row]) => row)],
    ]),
  );
  const { problems, changes } = await run(files);
  expect(changes).toEqual([]);
  const lineOf = ([file, row]: (typeof rejected)[number]): number => (files[file]?.lastIndexOf(row) ?? 0) + 1;
  for (const bad of rejected) {
    const [file, , column, message] = bad;
    const found = problems.filter((problem) => problem.file === file && problem.line === lineOf(bad));
    expect([bad[1], found]).toEqual([
      bad[1],
      [expect.objectContaining({ column, message: expect.stringMatching(message) as string })],
    ]);
  }
  expect(problems).toHaveLength(rejected.length);
});

it('unknown broader codes, cycles and unknown codes are reported, and imported', async () => {
  const report = await run({
    'codes.csv': [
      ...tables['codes.csv'],
      'DK_TASKS,2,Unknown above,9,s',
      'DK_TASKS,3,Cycle,4,s',
      'DK_TASKS,4,Cycle,3,s',
    ],
    'needs.csv': ['id,statement_da,codes,source', 'dk:need:n,Need,DK_TASKS:1|DK_TASKS:8|EU_ANY:1,s'],
  });
  expect(report.problems).toEqual([]);
  expect(report.files['codes.csv']).toMatchObject({ created: 3 });
  expect(report.contradictions.map(({ file, line, column, message }) => [file, line, column, message])).toEqual([
    ['codes.csv', 4, 'broader', '9 is not in DK_TASKS: correct it, or add the code to codes.csv'],
    ['codes.csv', 5, 'broader', '3 is broader than itself, by way of 4: correct the broader code of one of them'],
    ['codes.csv', 6, 'broader', '4 is broader than itself, by way of 3: correct the broader code of one of them'],
    ['needs.csv', 2, 'codes', 'DK_TASKS:8 is not in its code list: correct it, or add the code to codes.csv'],
  ]);
  // A cycle ends.
  const found = await catalogue.query(
    '{ denmark { needs(codes: [{ scheme: "DK_TASKS", notation: "3" }]) { totalCount } } }',
  );
  expect(found).toEqual({ denmark: { needs: { totalCount: 0 } } });
});

it('rows that are missing end or are withdrawn, except what an editor changed', async () => {
  const edited = await catalogue.executeAs(
    editorOfA,
    `mutation ($input: CorrectNeedHolderInput!) { correctNeedHolder(input: $input) { failures { code message } } }`,
    {
      input: {
        idempotencyKey: 'missing',
        reason: 'for a test',
        holderId: 'dk:administration:a',
        needHolderId: 'dk:need-holder:a',
        expectedRevision: 1,
        state: 'MET',
        during: { start: '2021-01-01' },
        provenance: { method: 'DECLARED' },
      },
    },
  );
  expect(edited).toMatchObject({ data: { correctNeedHolder: { failures: [] } } });
  const [first] = tables['need_holders.csv'];
  const report = await run(
    { ...tables, 'need_holders.csv': [first ?? ''], 'mappings.csv': [tables['mappings.csv'][0] ?? ''] },
    'end',
  );
  expect(report.missingRows.map(({ id, outcome }) => [id, outcome])).toEqual(
    expect.arrayContaining([
      ['dk:need-holder:a', 'EDITED'],
      ['dk:need-holder:b', 'ENDED'],
      ['dk:code-mapping:dk-tasks-1-elections', 'WITHDRAWN'],
    ]),
  );
  const ended = await catalogue.query(
    '{ denmark { need(id: "dk:need:n") { holders(asOf: "2026-01-01") { nodes { id state } } } } }',
  );
  expect(ended).toEqual({ denmark: { need: { holders: { nodes: [{ id: 'dk:need-holder:a', state: 'MET' }] } } } });
});
