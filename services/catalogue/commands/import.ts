import { type Cli, runCli } from '../../kit/cli.js';
import type { Database } from '../../kit/database/database.js';
import { readDatabaseSettings } from '../../kit/config/database-settings.js';
import { createLogger } from '../../kit/observability/logger.js';
import { type Catalogue, type NationalCatalogue, resolveCatalogue } from '../model/national-catalogue.js';
import { openCatalogue } from '../open-catalogue.js';
import { type Arguments, findSources, type ImportCommandLine, importUsage, toArguments } from './import-arguments.js';
import type { Batch } from '../import/tables/table-files.js';
import { importPubliccode } from '../import/publiccode/import-publiccode.js';
import { needsDecision } from '../import/tables/import-report.js';
import { type ImportControl, ImportInterruptedError } from '../import/core/import-transaction.js';
import { showProgress } from '../import/core/progress.js';
import { importTables } from '../import/tables/import-tables.js';
import type { FoundFiles } from '../import/publiccode/find-files.js';
import { isIncomplete, needsPolicy } from '../import/publiccode/publiccode-report.js';
import { summarise } from './publiccode-summary.js';
import { toPrintable } from '../../kit/printable.js';
import { writeReport } from './report-file.js';
import { readImportDir } from '../import/tables/import-dir.js';
import { summariseTables } from './tables-summary.js';

const exitCodes = { failed: 1, decisionNeeded: 3, incomplete: 4, interrupted: 130 } as const;

const progressIntervalMs = 2_000;

/** The import command of one country. */
export async function runImport(national: NationalCatalogue, args?: readonly string[]): Promise<void> {
  const catalogue = resolveCatalogue(national);
  const { folder } = catalogue.country;
  const cli: Cli<ImportCommandLine> = {
    ...importUsage(folder),
    run: (commandLine, paths) => {
      const options = toArguments(commandLine, paths);
      const { batch, found } = findSources(options);
      return batch ? runTables(catalogue, batch, options) : runPubliccode(catalogue, found, options);
    },
    exitCodeFor: (error) => (error instanceof ImportInterruptedError ? exitCodes.interrupted : exitCodes.failed),
  };
  process.exitCode = await runCli(cli, args);
}

async function runTables(catalogue: Catalogue, batch: Batch, options: Arguments): Promise<number> {
  // Only the named tables are imported, not those that a start imports.
  const report = await withCatalogue(catalogue, null, (database, control) =>
    importTables(catalogue, batch, database, { kind: 'TABLES', ...options, ...control }),
  );
  if (!report) throw new Error('The import returned no report.');
  printReport(report, summariseTables(report), options);
  if (needsDecision(report)) return exitCodes.decisionNeeded;
  return report.problems.length > 0 ? exitCodes.incomplete : 0;
}

async function runPubliccode(catalogue: Catalogue, found: FoundFiles, options: Arguments): Promise<number> {
  const report = await withCatalogue(catalogue, readImportDir(catalogue, process.env), (database, control) =>
    importPubliccode(catalogue, found, database, {
      ...options,
      ...control,
      onProgress: (done, of) => control.onStep?.(`${done} of ${of} files`),
    }),
  );
  printReport(report, summarise(report, options), options);
  if (needsPolicy(report)) return exitCodes.decisionNeeded;
  return isIncomplete(report) ? exitCodes.incomplete : 0;
}

/** Opens a catalogue for an import, which prints its progress and ends with SIGINT or SIGTERM. */
async function withCatalogue<Result>(
  catalogue: Catalogue,
  tables: string | null,
  work: (database: Database, control: ImportControl) => Promise<Result>,
): Promise<Result> {
  const { folder } = catalogue.country;
  const progress = showProgress(console.error, progressIntervalMs);
  const interruption = new AbortController();
  // Only the first one: the second ends the process at once.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      interruption.abort(new ImportInterruptedError());
    });
  }
  try {
    const database = await openCatalogue(catalogue, {
      ...readDatabaseSettings(folder.toUpperCase(), process.env),
      logger: createLogger(folder),
      tables,
    });
    try {
      return await work(database, { onStep: progress.onStep, signal: interruption.signal });
    } finally {
      await database.close();
    }
  } finally {
    progress.stop();
  }
}

function printReport(report: object, summary: string, { report: path }: Arguments): void {
  if (path !== undefined) writeReport(path, report);
  console.log(toPrintable(summary));
}
