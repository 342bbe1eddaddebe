import { type Cli, runCli } from '../../kit/cli.js';
import type { Database } from '../../kit/database/database.js';
import { readDatabaseSettings } from '../../kit/config/database-settings.js';
import { createLogger } from '../../kit/observability/logger.js';
import { type Catalogue, type NationalCatalogue, resolveCatalogue } from '../model/national-catalogue.js';
import { openCatalogue } from '../open-catalogue.js';
import { type Arguments, findSources, type ImportCommandLine, importUsage, toArguments } from './import-arguments.js';
import type { Batch } from '../import/tables/table-files.js';
import { importPubliccode } from '../import/publiccode/import-publiccode.js';
import { needsMissingPolicy } from '../import/tables/import-report.js';
import { importTables } from '../import/tables/import-tables.js';
import type { FoundFiles } from '../import/publiccode/find-files.js';
import { isIncomplete, needsPolicy } from '../import/publiccode/publiccode-report.js';
import { summarise } from './publiccode-summary.js';
import { toPrintable } from '../../kit/printable.js';
import { writeReport } from './report-file.js';
import { readImportDir } from '../import/tables/import-dir.js';
import { summariseTables } from './tables-summary.js';

const exitCodes = { failed: 1, missingPolicyNeeded: 3, incomplete: 4 } as const;

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
    exitCodeFor: () => exitCodes.failed,
  };
  process.exitCode = await runCli(cli, args);
}

async function runTables(catalogue: Catalogue, batch: Batch, options: Arguments): Promise<number> {
  const logProgress = createProgress();
  // Only the named tables are imported, not those that a start imports.
  const report = await withCatalogue(catalogue, null, (database) =>
    importTables(catalogue, batch, database, {
      kind: 'TABLES',
      ...options,
      onProgress: (file, done, of) => {
        logProgress(`${file}: ${done} of ${of} rows …`);
      },
    }),
  );
  if (!report) throw new Error('The import returned no report.');
  printReport(report, summariseTables(report), options);
  if (needsMissingPolicy(report)) return exitCodes.missingPolicyNeeded;
  return report.problems.length > 0 ? exitCodes.incomplete : 0;
}

async function runPubliccode(catalogue: Catalogue, found: FoundFiles, options: Arguments): Promise<number> {
  const logProgress = createProgress();
  const report = await withCatalogue(catalogue, readImportDir(catalogue, process.env), (database) =>
    importPubliccode(catalogue, found, database, {
      ...options,
      onProgress: (done, of) => {
        logProgress(`${done} of ${of} files …`);
      },
    }),
  );
  printReport(report, summarise(report, options), options);
  if (needsPolicy(report)) return exitCodes.missingPolicyNeeded;
  return isIncomplete(report) ? exitCodes.incomplete : 0;
}

async function withCatalogue<Result>(
  catalogue: Catalogue,
  tables: string | null,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const { folder } = catalogue.country;
  const database = await openCatalogue(catalogue, {
    ...readDatabaseSettings(folder.toUpperCase(), process.env),
    logger: createLogger(folder),
    tables,
  });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

function printReport(report: object, summary: string, { report: path }: Arguments): void {
  if (path !== undefined) writeReport(path, report);
  console.log(toPrintable(summary));
}

/** A line every two seconds while there is more to do. */
function createProgress(): (line: string) => void {
  let last = Date.now();
  return (line) => {
    if (Date.now() - last < 2000) return;
    last = Date.now();
    console.error(line);
  };
}
