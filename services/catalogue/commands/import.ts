import { type Cli, runCli, UsageError } from '../../kit/cli.js';
import type { Database } from '../../kit/database/database.js';
import { readDatabaseSettings } from '../../kit/config/database-settings.js';
import { createLogger } from '../../kit/observability/logger.js';
import { type Catalogue, type NationalCatalogue, resolveCatalogue } from '../model/national-catalogue.js';
import { openCatalogue } from '../open-catalogue.js';
import {
  type Arguments,
  defineImportArguments,
  findSources,
  type ImportCommandLine,
  toArguments,
} from './import-arguments.js';
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

/** How the command of one country is used; `country` is its folder. */
export const importUsage = (country: string): Omit<Cli<ImportCommandLine>, 'run'> => ({
  description: "Imports a catalogue's own tables, or publiccode.yml files, into it.",
  examples: [
    [`npm run import -- ${country} my-tables/`, 'every table in a folder: administrations.csv, memberships.csv, …'],
    [`npm run import -- ${country} my-tables/memberships.csv`, 'one table, with the sources.csv beside it'],
    [`npm run import -- ${country} publiccode.yml`, 'one publiccode.yml file, of any version from 0.1 to 0.7'],
    [`npm run import -- ${country} checkouts/`, 'every publiccode.yml in a folder, however deep'],
    [`npm run import -- ${country} list.csv`, 'a list of such files: file[,repository][,observed_on]'],
  ],
  define: defineImportArguments,
  notes: `services/catalogue/import/README.md describes the tables. The users that publiccode.yml files name are looked up among the
catalogue's administrations, so its own tables are imported first, as at every start, unless ${country.toUpperCase()}_IMPORT_DIR is none.

All usable rows are written in one transaction, and the rest is reported. Importing the same again changes nothing. Rows that
contradict others, such as two memberships of the same two organisations at once, are written and reported: sources may
disagree.

In a folder, files named publiccode.yml or publiccode.yaml are read, and other YAML files that declare publiccodeYmlVersion; hidden
folders and node_modules are not searched, and links are followed only to files in the folder.

Exit code: 0 done, 1 the database or the configuration is wrong, 2 the command line is wrong, 3 rows are missing from a table, or
disappeared from files, and --missing was not given, so nothing was written, 4 some rows of tables, or some files, could not be
used.`,
});

const exitCodes = { failed: 1, missingPolicyNeeded: 3, incomplete: 4 } as const;

/** The import command of one country. */
export async function runImport(national: NationalCatalogue, args?: readonly string[]): Promise<void> {
  const catalogue = resolveCatalogue(national);
  const { folder } = catalogue.country;
  const cli: Cli<ImportCommandLine> = {
    ...importUsage(folder),
    run: (commandLine, paths) => {
      const options = toArguments(commandLine, paths);
      if (paths.length === 0) {
        throw new UsageError(
          `Name the tables, files, folders or lists to import, such as: npm run import -- ${folder} my-tables/`,
        );
      }
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
