import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { silentLogger } from '../../../kit/testing/silent-logger.js';
import {
  at,
  plainCatalogue,
  startTestCatalogue,
  type TestCatalogue,
  writeTables,
} from '../../testing/test-catalogue.js';
import { importAtStart } from './import-bundled.js';
import { badRows } from './testing/bad-rows.js';

const tables = {
  'sources.csv': [
    'id,url,asserted_by,licence,retrieved_at',
    's,https://example.org/list,Somebody,CC0-1.0,2026-01-02T00:00:00Z',
  ],
  'administrations.csv': [
    'id,kind,level,official_languages,name_da,name_en,nuts,source,colour',
    'dk:administration:a,MUNICIPALITY,LOCAL,da,Aby,A town,DK011,s,red',
    'dk:administration:b,MUNICIPALITY,LOCAL,da,Bby,,DK012,s,',
  ],
  'consortia.csv': [
    'id,kind,name_da,open_to_kinds,open_to_nuts,source',
    'dk:consortium:k,ASSOCIATION,Kaa,MUNICIPALITY,DK,s',
  ],
  'identifiers.csv': ['organisation,scheme,notation', 'dk:administration:a,DK_TEST,a1'],
  'populations.csv': ['organisation,on,count,source', 'dk:administration:a,2020-01-01,1000,s'],
  'successions.csv': ['predecessor,successor', 'dk:administration:a,dk:administration:b'],
  'memberships.csv': [
    'id,consortium,member,role,start,source',
    'dk:membership:k-a,dk:consortium:k,dk:administration:a,MEMBER,2019-01-01,s',
  ],
  'records.csv': ['id,kind,address,aliases,name,source', 'dk:record:r,SOFTWARE,github.com/a/b,github.com/old/b,Bee,s'],
  'claims.csv': ['id,consortium,statement,relation,count,source', 'dk:claim:k,dk:consortium:k,Two members,MEMBERS,2,s'],
  'completeness.csv': ['kind,nuts,since', 'MUNICIPALITY,,2007-01-01'],
};

describe('importTables', () => {
  let folder: string;
  let remove: () => void;
  let catalogue: TestCatalogue;

  const edit = (file: string, change: (content: string) => string): void => {
    const path = join(folder, file);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
  };
  const append = (file: string, ...lines: string[]): void => {
    appendFileSync(join(folder, file), `${lines.join('\n')}\n`);
  };
  const name = async (id: string): Promise<unknown> =>
    catalogue.query(`{ denmark { organisation(id: "${id}") { name } } }`);

  beforeEach(async () => {
    ({ folder, remove } = writeTables(tables));
    catalogue = await startTestCatalogue(plainCatalogue, folder);
  });
  afterEach(async () => {
    await catalogue.close();
    remove();
  });

  it('imports every row with its source', async () => {
    expect(
      await catalogue.query(`{ denmark { administration(identifier: { scheme: "DK_TEST", notation: "A1" }) {
        id name names { language text } nuts population { count on }
        identifiers { scheme notation } successors { id }
        memberships { consortiumId role during { start startPrecision end ended } }
        provenance { source assertedBy licence retrievedAt method }
      } } }`),
    ).toEqual({
      denmark: {
        administration: {
          id: 'dk:administration:a',
          name: 'Aby',
          names: [
            { language: 'da', text: 'Aby' },
            { language: 'en', text: 'A town' },
          ],
          nuts: 'DK011',
          population: { count: 1000, on: '2020-01-01' },
          identifiers: [{ scheme: 'DK_TEST', notation: 'A1' }],
          successors: [{ id: 'dk:administration:b' }],
          memberships: [
            {
              consortiumId: 'dk:consortium:k',
              role: 'MEMBER',
              during: { start: '2019-01-01', startPrecision: 'DAY', end: null, ended: null },
            },
          ],
          provenance: {
            source: 'https://example.org/list',
            assertedBy: 'Somebody',
            licence: 'CC0-1.0',
            retrievedAt: '2026-01-02T00:00:00Z',
            method: 'IMPORTED',
          },
        },
      },
    });
  });

  it('does nothing at a start if the last start imported the same tables', async () => {
    expect(await catalogue.importFrom(folder)).toBeNull();
  });

  it('logs at a start what is imported after it is committed, and nothing if it is not', async () => {
    const lines: string[] = [];
    const write = (_fields: unknown, line?: string) => lines.push(line ?? '');
    const start = () => importAtStart(plainCatalogue, folder, catalogue.database, { ...silentLogger, info: write });
    const run = (statement: string) => catalogue.database.dataSource.query(statement);
    edit('administrations.csv', (content) => content.replace('Bby', 'Bbye'));
    await run(`CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no space left'; END $$`);
    await run(
      'CREATE CONSTRAINT TRIGGER fail AFTER UPDATE ON organisation DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail()',
    );
    await expect(start()).rejects.toThrow('no space left');
    expect(lines.splice(0).filter((line) => line.startsWith('imported'))).toEqual([]);
    await run('DROP TRIGGER fail ON organisation');
    await start();
    expect(lines).toContain('imported administrations.csv: 1 changed, 1 unchanged');
  });

  it('changes a corrected row in place and touches no other', async () => {
    edit('administrations.csv', (content) => content.replace('Bby', 'Bbye'));
    const report = await catalogue.importFrom(folder);
    expect(report?.files['administrations.csv']).toMatchObject({ created: 0, changed: 1, unchanged: 1, rejected: 0 });
    expect(report?.files['memberships.csv']).toMatchObject({ created: 0, changed: 0, unchanged: 1, rejected: 0 });
    expect(report?.problems).toEqual([]);
    expect(await name('dk:administration:b')).toEqual({ denmark: { organisation: { name: 'Bbye' } } });
  });

  it('adds a new row and keeps a missing one at a start', async () => {
    edit('administrations.csv', (content) =>
      content.replace(/^dk:administration:a.*\n/m, 'dk:administration:c,MUNICIPALITY,LOCAL,da,Cby,,,s,\n'),
    );
    const report = await catalogue.importFrom(folder);
    expect(report?.files['administrations.csv']).toMatchObject({ created: 1, changed: 0, unchanged: 1, rejected: 0 });
    expect(await name('dk:administration:a')).toEqual({ denmark: { organisation: { name: 'Aby' } } });
  });

  it('reports an unknown column and reads the others', async () => {
    edit('administrations.csv', (content) => content.replace('colour', 'color'));
    const report = await catalogue.importFrom(folder);
    expect(report?.problems).toEqual([
      {
        file: 'administrations.csv',
        line: 1,
        column: 'color',
        message: expect.stringContaining('is not a column of this table') as string,
      },
    ]);
  });

  it('reads files with a byte order mark, Windows line ends and quoted cells', async () => {
    edit(
      'administrations.csv',
      (content) => `\ufeff${content.replace('Bby', '"Bby, ""the"" town"').replaceAll('\n', '\r\n')}`,
    );
    expect((await catalogue.importFrom(folder))?.problems).toEqual([]);
    expect(await name('dk:administration:b')).toEqual({ denmark: { organisation: { name: 'Bby, "the" town' } } });
  });

  it('rejects a table that is not encoded in UTF-8', async () => {
    writeFileSync(join(folder, 'administrations.csv'), Buffer.from('id,kind\nK\xf8benhavn,', 'latin1'));
    const report = await catalogue.importFrom(folder);
    expect(report?.problems[0]).toMatchObject({ file: 'administrations.csv', column: null });
    expect(report?.problems[0]?.message).toContain('is not encoded in UTF-8');
  });

  it.each([
    ['is empty', () => '', 'has no header row: nothing of it was read'],
    ['has only empty lines', () => '\n \n', 'has no header row: nothing of it was read'],
    ['has semicolons', (content: string) => content.replaceAll(',', ';'), 'with semicolons or tabs, and must use'],
    ['has tabs', (content: string) => content.replaceAll(',', '\t'), 'with semicolons or tabs, and must use commas'],
  ])('rejects a table that %s with one problem', async (_what, change, message) => {
    edit('memberships.csv', change);
    expect((await catalogue.importFrom(folder))?.problems).toEqual([
      { file: 'memberships.csv', line: 1, column: null, message: expect.stringContaining(message) as string },
    ]);
  });

  it('reports a row that cannot be parsed once', async () => {
    append('memberships.csv', 'dk:membership:k-b,x"dk:consortium:k,"y"",z"');
    expect((await catalogue.importFrom(folder))?.problems).toMatchObject([
      { file: 'memberships.csv', line: 3, message: expect.stringContaining('Quote') as string },
    ]);
  });

  it('keeps the day on which a record was first listed when the record changes', async () => {
    const record = async (): Promise<unknown> =>
      at(
        await catalogue.query(`{ denmark { record(id: "dk:record:r") { name aliases issued } } }`),
        ...['denmark', 'record'],
      );
    const issued = at(await record(), 'issued');
    expect(await record()).toEqual({ name: 'Bee', aliases: ['github.com/old/b'], issued });
    edit('records.csv', (content) => content.replace('github.com/old/b,Bee', ',Wasp'));
    expect((await catalogue.importFrom(folder))?.files['records.csv']).toMatchObject({ created: 0, changed: 1 });
    expect(await record()).toEqual({ name: 'Wasp', aliases: [], issued });
  });

  it('replaces the codes and figures of an organisation as a whole', async () => {
    edit('identifiers.csv', (content) => content.replace('a1', 'A2'));
    edit('populations.csv', (content) => content.replace('2020-01-01', '2021-01-01'));
    await catalogue.importFrom(folder);
    expect(
      await catalogue.query(`{ denmark { organisation(id: "dk:administration:a") { identifiers { notation }
        ... on Administration { old: population(asOf: "2020-06-01") { count } population { on } } } } }`),
    ).toEqual({
      denmark: { organisation: { identifiers: [{ notation: 'A2' }], old: null, population: { on: '2021-01-01' } } },
    });
  });

  it('removes no codes if their table has an error', async () => {
    edit('identifiers.csv', (content) => content.replace('a1', 'nonsense'));
    await catalogue.importFrom(folder);
    expect(
      await catalogue.query(`{ denmark { organisation(id: "dk:administration:a") { identifiers { notation } } } }`),
    ).toEqual({
      denmark: { organisation: { identifiers: [{ notation: 'A1' }] } },
    });
  });

  it('saves a report of each run', async () => {
    append('administrations.csv', 'dk:administration:x,TOWN,LOCAL,da,X,,,s,');
    await catalogue.importFrom(folder);
    const runs = await catalogue.database.query<{ problems: number }>(
      `SELECT jsonb_array_length(report -> 'problems') AS problems FROM import_run ORDER BY id`,
    );
    expect(runs).toEqual([{ problems: 0 }, { problems: 1 }]);
  });
});

describe('importTables with an invalid row', () => {
  let catalogue: TestCatalogue;
  const { folder, remove } = writeTables(tables);
  beforeAll(async () => {
    catalogue = await startTestCatalogue(plainCatalogue, folder);
  });
  afterAll(async () => {
    await catalogue.close();
    remove();
  });

  it.each(badRows)(
    'reports the file, line and column, and imports the other rows: case %# in %s',
    async (file, row, column, message) => {
      const { folder: faulty, remove: removeIt } = writeTables({
        ...tables,
        'administrations.csv': [
          ...tables['administrations.csv'],
          ...(file === 'administrations.csv' ? [row] : []),
          'dk:administration:g,MUNICIPALITY,LOCAL,da,Gby,,,s,',
        ],
        ...(file === 'administrations.csv' ? {} : { [file]: [...tables[file as keyof typeof tables], row] }),
      });
      const line = tables[file as keyof typeof tables].length + 1;
      const report = await catalogue.importFrom(faulty);
      removeIt();
      expect(report?.problems).toEqual([{ file, line, column, message: expect.stringMatching(message) as string }]);
      expect(await catalogue.query(`{ denmark { organisation(id: "dk:administration:g") { name } } }`)).toEqual({
        denmark: { organisation: { name: 'Gby' } },
      });
    },
  );
});
