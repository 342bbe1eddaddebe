import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startThrowawayCluster } from '../cli/start/cluster.js';
import { findBatch } from '../services/catalogue/import/tables/table-files.js';
import type { ImportReport } from '../services/catalogue/import/tables/import-report.js';
import { importTables } from '../services/catalogue/import/tables/import-tables.js';
import { entities } from '../services/catalogue/model/entities.js';
import { migrations } from '../services/catalogue/migrations/migrations.js';
import { resolveCatalogue } from '../services/catalogue/model/national-catalogue.js';
import { italy } from '../services/italy/catalogue.js';
import { openDatabase, runMigrations } from '../services/kit/database/database.js';
import { today } from '../services/shared/dates.js';
import { type CpuTimes, cpuTimes, spent } from './cpu.js';
import type { Run } from './run.js';
import { count, type Report, seconds } from './table.js';

export interface ImportOptions {
  /** The number of rows of all tables together, about. */
  readonly rows: number;
  /** An empty database. Default: one of a PostgreSQL that starts for it alone. */
  readonly databaseUrl?: string;
}

/** The share of each table among the rows, about as in Italy. */
const shares = { administrations: 0.1, identifiers: 0.2, populations: 0.1, adoptions: 0.595, records: 0.005 };

/** Measures the import of tables into an empty catalogue: its dry run, itself, and the same tables again. */
export async function measureImport(run: Run, { rows, databaseUrl }: ImportOptions): Promise<Report> {
  const cluster = databaseUrl === undefined ? await startThrowawayCluster(['italy']) : undefined;
  const folder = mkdtempSync(join(tmpdir(), 'reuse-graph-bench-import-'));
  const database = await openDatabase({ url: databaseUrl ?? cluster?.url('italy') ?? '', entities, migrations });
  try {
    await runMigrations(database);
    const written = writeTables(folder, rows);
    const readCpu = async (): Promise<(CpuTimes | undefined)[]> => {
      const server = await database.query<{ pid: number }>('SELECT pid FROM pg_stat_activity');
      return [cpuTimes([process.pid]), cpuTimes(server.map(({ pid }) => pid))];
    };
    const importOnce = async (name: string, options: { readonly dryRun?: boolean }): Promise<Measured> => {
      run.log(`${name} …`);
      const before = await readCpu();
      const began = performance.now();
      const report = await importTables(resolveCatalogue(italy), findBatch([folder]) ?? fail(), database, {
        kind: 'TABLES',
        missing: null,
        on: today(),
        signal: run.signal,
        ...options,
      });
      const ms = performance.now() - began;
      const after = await readCpu();
      const cpuMs = before.map((times, index) => (times && after[index] ? spent(times, after[index]) : NaN));
      return { name, report, ms, cpuMs };
    };
    const dryRun = await importOnce('dry run', { dryRun: true });
    const first = await importOnce('import', {});
    const again = await importOnce('the same tables again', {});
    check(dryRun, 'created', written);
    check(first, 'created', written);
    check(again, 'unchanged', written);
    const row = ({ name, ms, cpuMs }: Omit<Measured, 'report'>): string[] => [
      name,
      seconds(ms),
      count((written / ms) * 1000),
      (ms / first.ms).toFixed(2),
      ...cpuMs.map((time) => (Number.isNaN(time) ? '–' : seconds(time))),
    ];
    return {
      title: `import: ${count(written)} rows of tables into an empty catalogue`,
      description: [
        'A tenth are administrations, the others their codes, populations and adoptions, and some records. n is 1.',
      ],
      columns: ['', 'time', 'rows/s', 'ratio', 'CPU', 'CPU of PostgreSQL'],
      rows: [
        ...[dryRun, first, again].map(row),
        row({
          name: 'dry run and import',
          ms: dryRun.ms + first.ms,
          cpuMs: dryRun.cpuMs.map((time, index) => time + (first.cpuMs[index] ?? NaN)),
        }),
      ],
    };
  } finally {
    await database.close();
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Measured {
  readonly name: string;
  readonly report: ImportReport | null;
  readonly ms: number;
  /** Of this process, and of PostgreSQL. */
  readonly cpuMs: readonly number[];
}

/** Throws unless the import did this, and nothing else, with so many rows. */
function check({ name, report }: Measured, what: 'created' | 'unchanged', expected: number): void {
  const done = Object.values(report?.files ?? {}).reduce((sum, counts) => sum + counts[what], 0);
  if (done === expected && report?.problems.length === 0) return;
  throw new Error(
    `${name}: ${what} ${done} rows instead of ${expected}; ${JSON.stringify(report?.problems.slice(0, 3))}`,
  );
}

/** Writes tables of made-up organisations, and returns the number of rows beside that of the source. */
function writeTables(folder: string, rows: number): number {
  const numberOf = (table: keyof typeof shares): number => Math.max(1, Math.round(rows * shares[table]));
  const administrations = numberOf('administrations');
  const records = numberOf('records');
  const digits = (index: number): string => String(index + 1).padStart(6, '0');
  const idOf = (index: number): string => `it:administration:${digits(index % administrations)}`;
  const addressOf = (index: number): string => `github.com/example/solution-${index % records}`;
  const tables = {
    administrations: {
      header: 'id,kind,level,official_languages,name_it,nuts,lau,source',
      row: (index: number) =>
        `${idOf(index)},MUNICIPALITY,LOCAL,it,Comune di Esempio ${index},ITC11,${digits(index)},s`,
    },
    identifiers: {
      header: 'organisation,scheme,notation',
      row: (index: number) =>
        index < administrations
          ? `${idOf(index)},IT_ISTAT,${digits(index)}`
          : `${idOf(index)},IT_CADASTRAL,${cadastral(index - administrations)}`,
    },
    populations: {
      header: 'organisation,on,count,source',
      row: (index: number) => `${idOf(index)},2019-01-01,${1000 + index},s`,
    },
    records: {
      header: 'id,kind,address,name,short_description_it,licence,source',
      row: (index: number) =>
        `it:record:r${index},SOFTWARE,${addressOf(index)},Soluzione ${index},Gestione delle pratiche ${index},AGPL-3.0-only,s`,
    },
    adoptions: {
      header: 'id,administration,address,status,start,raw_name,source,observed_on,method',
      row: (index: number) =>
        `it:adoption:a${index},${idOf(index)},${addressOf(Math.floor(index / administrations))},DECLARED,2020-01-01,Comune ${index},s,2026-01-01,IMPORTED`,
    },
  };
  writeFileSync(join(folder, 'sources.csv'), 'id,url\ns,https://example.org/\n');
  let written = 0;
  for (const [table, { header, row }] of Object.entries(tables)) {
    const length = numberOf(table as keyof typeof tables);
    const lines = Array.from({ length }, (_, index) => row(index));
    writeFileSync(join(folder, `${table}.csv`), [header, ...lines, ''].join('\n'));
    written += length;
  }
  return written;
}

/** A code such as `A074`. */
const cadastral = (index: number): string =>
  `${String.fromCharCode(65 + Math.floor(index / 1000))}${String(index % 1000).padStart(3, '0')}`;

function fail(): never {
  throw new Error('There are no tables.');
}
