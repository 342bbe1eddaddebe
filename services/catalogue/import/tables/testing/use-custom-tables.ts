import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  plainCatalogue,
  startTestCatalogue,
  type TestCatalogue,
  writeTables,
} from '../../../testing/test-catalogue.js';
import type { ImportOptions } from '../import-options.js';
import type { ImportReport } from '../import-report.js';
import { importTables } from '../import-tables.js';
import { findBatch } from '../table-files.js';

/** The rows of the two memberships that have not ended. */
export const memberships = {
  a: 'dk:membership:k-a,dk:consortium:k,dk:administration:a,MEMBER,2019-01-01,,s',
  b: 'dk:membership:k-b,dk:consortium:k,dk:administration:b,MEMBER,2019-01-01,,s',
};

/** The tables of the catalogue before a test imports its own. */
export const tables = {
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
    memberships.a,
    memberships.b,
    'dk:membership:k-t1,dk:consortium:k,dk:administration:t1,MEMBER,2019-01-01,2020-01-01,s',
  ],
  'records.csv': ['id,kind,address,name,source', 'dk:record:r,SOFTWARE,github.com/a/b,Bee,s'],
  'adoptions.csv': ['id,administration,address,status,start,raw_name,source'],
};

/** A catalogue, and a folder of tables to import into it. */
interface CustomTables {
  readonly catalogue: TestCatalogue;
  /** The folder of the tables with which the catalogue starts. */
  readonly folder: string;
  /** Writes a table with these rows to a folder of its own, and returns its path. */
  readonly write: (file: keyof typeof tables, ...lines: string[]) => string;
  /** Imports a table, or a folder of them, as the command does. */
  readonly run: (path: string, options?: Partial<ImportOptions>) => Promise<ImportReport>;
  /** The memberships of the catalogue. */
  readonly rows: () => Promise<object[]>;
  /** The entries of its change feed. */
  readonly feed: () => Promise<{ change: string }[]>;
  /** Its imports, with their reports. */
  readonly runs: () => Promise<{ kind: string }[]>;
}

/** Starts a catalogue over `tables` before each test of a block. */
export function useCustomTables(): CustomTables {
  const catalogue = {} as TestCatalogue;
  const own = mkdtempSync(join(tmpdir(), 'reuse-graph-own-'));
  const { folder, remove } = writeTables(tables);
  beforeEach(async () => {
    Object.assign(catalogue, await startTestCatalogue(plainCatalogue, folder));
  });
  afterEach(() => catalogue.close());
  afterAll(() => {
    remove();
    rmSync(own, { recursive: true, force: true });
  });
  return {
    catalogue,
    folder,
    write: (file, ...lines) => {
      writeFileSync(join(own, 'sources.csv'), `${tables['sources.csv'].join('\n')}\n`);
      writeFileSync(join(own, file), `${[tables[file][0], ...lines].join('\n')}\n`);
      return join(own, file);
    },
    run: async (path, options = {}) => {
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
    },
    rows: () =>
      catalogue.database.query(
        `SELECT id, member_id AS member, end_date AS end, ended, provenance ->> 'note' AS note FROM membership ORDER BY id`,
      ),
    feed: () =>
      catalogue.database.query(
        `SELECT subject_id || ' ' || kind || ' ' || number AS change FROM change ORDER BY number`,
      ),
    runs: () => catalogue.database.query('SELECT kind, report FROM import_run ORDER BY id'),
  };
}
