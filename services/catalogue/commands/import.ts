import type { Database } from '../../kit/database/database.js';
import { readDatabaseSettings } from '../../kit/config/database-settings.js';
import { createLogger } from '../../kit/observability/logger.js';
import { type Catalogue, type NationalCatalogue, resolveCatalogue } from '../model/national-catalogue.js';
import { openCatalogue } from '../open-catalogue.js';
import { type Arguments, findSources, readArguments, UsageError } from './import-arguments.js';
import type { Batch } from '../import/tables/table-files.js';
import { importPubliccode } from '../import/publiccode/import-publiccode.js';
import { needsMissingPolicy } from '../import/tables/import-report.js';
import { importTables } from '../import/tables/import-tables.js';
import type { PubliccodeFile } from '../import/publiccode/find-files.js';
import { summarise } from './publiccode-summary.js';
import { writeReport } from './report-file.js';
import { readTablesSetting } from '../import/tables/tables-setting.js';
import { summariseTables } from './tables-summary.js';

/** How the command is used; `country` stands for the country's folder. */
export const usage = (country: string): string => `Imports a catalogue's own tables, or publiccode.yml files, into it.

Tables, as services/catalogue/import/README.md describes them:
  npm run import -- ${country} my-tables/                  every table in a folder: administrations.csv, memberships.csv, …
  npm run import -- ${country} my-tables/memberships.csv   one table, with the sources.csv beside it

publiccode.yml files, of any version from 0.1 to 0.7:
  npm run import -- ${country} publiccode.yml              one file
  npm run import -- ${country} checkouts/                  every .yml and .yaml in a folder
  npm run import -- ${country} list.csv                    a list: file[,repository][,observed_on]
The users they name are looked for among the catalogue's administrations, so its own tables come first, as at every start,
unless ${country.toUpperCase()}_TABLES says none.

Options:
  --dry-run           say what would happen, and write nothing
  --report r.json     keep the whole report, for machines
  --missing keep|end  what it means that a row of an earlier import is no longer in its table: nothing, or that it has
                      ended. Without it, nothing is written if there is such a row
  --on 2026-12-31     with --missing end: the first day on which it is no longer so; by default today
  --overwrite-edits   write over rows that somebody has edited since the last import, which otherwise stay

What can be used is written, in one transaction, and the rest is reported. The same again changes nothing. Rows that cannot
be true beside others, such as two memberships of the same two at once, are written and reported: your sources may disagree.

Exit codes: 0 done; 1 the database or the configuration is at fault; 2 the command line is; 3 rows vanished and nobody chose
what that means, so nothing was written; 4 some rows of tables could not be used.`;

const exitCodes = { unable: 1, refused: 2, undecided: 3, incomplete: 4 } as const;

/** The import command of one country. */
export async function runImport(
  national: NationalCatalogue,
  args: readonly string[] = process.argv.slice(2),
): Promise<void> {
  const catalogue = resolveCatalogue(national);
  const { folder } = catalogue.country;
  try {
    if (args.some((argument) => argument === '--help' || argument === '-h')) {
      print(usage(folder));
      return;
    }
    const asked = readArguments(args);
    if (asked.paths.length === 0) {
      throw new UsageError(`Name tables, or files, folders or lists to import.\n\n${usage(folder)}`);
    }
    const { batch, files } = findSources(asked);
    process.exitCode = batch ? await runTables(catalogue, batch, asked) : await runPubliccode(catalogue, files, asked);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    console.error(error.message);
    process.exitCode = error instanceof UsageError ? exitCodes.refused : exitCodes.unable;
  }
}

async function runTables(catalogue: Catalogue, batch: Batch, asked: Arguments): Promise<number> {
  const tellProgress = createProgress();
  // Nobody's tables but those that were named.
  const report = await withCatalogue(catalogue, null, (database) =>
    importTables(catalogue, batch, database, {
      kind: 'TABLES',
      ...asked,
      onProgress: (file, done, of) => {
        tellProgress(`${file}: ${done} of ${of} rows …`);
      },
    }),
  );
  if (!report) throw new Error('The import gave no report.');
  tell(report, summariseTables(report), asked);
  if (needsMissingPolicy(report)) return exitCodes.undecided;
  return report.problems.length > 0 ? exitCodes.incomplete : 0;
}

async function runPubliccode(
  catalogue: Catalogue,
  files: readonly PubliccodeFile[],
  asked: Arguments,
): Promise<number> {
  const tellProgress = createProgress();
  const report = await withCatalogue(catalogue, readTablesSetting(catalogue, process.env), (database) =>
    importPubliccode(catalogue, files, database, {
      ...asked,
      onProgress: (done, of) => {
        tellProgress(`${done} of ${of} files …`);
      },
    }),
  );
  tell(report, summarise(report), asked);
  return 0;
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

function tell(report: object, summary: string, { report: path }: Arguments): void {
  if (path !== undefined) writeReport(path, report);
  print(summary);
}

const print = (text: string): void => {
  console.log(text);
};

/** A line every two seconds while there is more to do. */
function createProgress(): (line: string) => void {
  let last = Date.now();
  return (line) => {
    if (Date.now() - last < 2000) return;
    last = Date.now();
    console.error(line);
  };
}
