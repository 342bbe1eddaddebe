import { type Command, InvalidArgumentError, Option } from 'commander';

import { isDay } from '../../../schema/values/value-form.js';
import { type CommandUsage, integerFrom, UsageError } from '../../kit/cli.js';
import { type Day, today } from '../../shared/dates.js';
import { type Batch, findBatch } from '../import/tables/table-files.js';
import { findPubliccodeFiles, type FoundFiles, noFiles } from '../import/publiccode/find-files.js';
import type { MovedPolicy } from '../import/publiccode/publiccode-report.js';
import { parseReportPath } from './report-file.js';
import type { MissingPolicy } from '../import/tables/missing-rows.js';

/** The options as they are typed. */
export interface ImportCommandLine {
  readonly dryRun?: boolean;
  readonly report?: string;
  readonly missing?: MissingPolicy;
  readonly maxEnded?: number;
  readonly on?: Day;
  readonly moved?: MovedPolicy;
  readonly issues?: boolean;
  readonly overwriteEdits?: boolean;
}

/** How the command of one country is used; `country` is its folder. */
export const importUsage = (country: string): CommandUsage<ImportCommandLine> => ({
  description: "Imports a catalogue's own tables, or publiccode.yml files, into it.",
  examples: [
    [`npm run import -- ${country} my-tables/`, 'every table in a folder: administrations.csv, memberships.csv, …'],
    [`npm run import -- ${country} my-tables/memberships.csv`, 'one table, with the sources.csv beside it'],
    [`npm run import -- ${country} publiccode.yml`, 'one publiccode.yml file, of any version from 0.1 to 0.7'],
    [`npm run import -- ${country} checkouts/`, 'every publiccode.yml in a folder, however deep'],
    [`npm run import -- ${country} list.csv`, 'a list of such files: file[,repository][,observed_on]'],
  ],
  define: defineImportArguments,
  check: (commandLine, paths) => {
    findSources(toArguments(commandLine, paths));
  },
  notes: `services/catalogue/import/README.md describes the tables. The users that publiccode.yml files name are looked up among the
catalogue's administrations, so its own tables are imported first, as at every start, unless ${country.toUpperCase()}_IMPORT_DIR is none.

All usable rows are written in one transaction, and the rest is reported. Importing the same again changes nothing. Rows that
contradict others, such as two memberships of the same two organisations at once, are written and reported: sources may
disagree.

In a folder, files named publiccode.yml or publiccode.yaml are read, and other YAML files that declare publiccodeYmlVersion; hidden
folders and node_modules are not searched, and links are followed only to files in the folder.

Imports of one catalogue run one after the other: another one is waited for, for ten minutes at most. Ctrl-C cancels the
statement, and nothing is written.

Exit code: 0 done, 1 the database or the configuration is wrong, 2 the command line is wrong, 3 rows are missing from a table, or
disappeared from files, and --missing was not given, or more would end than --max-ended allows, so nothing was written, 4 some
rows of tables, or some files, could not be used, 130 interrupted.`,
});

/** What is imported, and how. */
export interface Arguments {
  readonly paths: readonly string[];
  readonly dryRun: boolean;
  readonly report: string | undefined;
  readonly missing: MissingPolicy | null;
  readonly maxEnded: number | undefined;
  readonly on: Day;
  readonly moved: MovedPolicy | null;
  /** Whether the issues of every file are printed. */
  readonly issues: boolean;
  readonly overwriteEdits: boolean;
  /** The given options that apply to publiccode.yml files only. */
  readonly ofFiles: readonly string[];
}

export function defineImportArguments(command: Command): void {
  command
    .argument('[paths...]', 'tables or publiccode.yml files, folders of them, or a list')
    .option('--dry-run', 'print what would happen, and write nothing')
    .option('--report <file>', 'write the whole report as JSON', parseReportPath)
    .addOption(
      new Option(
        '--missing <policy>',
        `what it means that a row of an earlier import is missing from its table, or that a publiccode.yml file or a user in it has
disappeared: nothing (keep), or that it has ended (end). Without it, nothing is written if there is such a row`,
      ).choices(['keep', 'end']),
    )
    .option(
      '--on <day>',
      'with --missing end: the first day on which the row no longer counts (default: today)',
      parseDay,
    )
    .addOption(
      new Option(
        '--moved <policy>',
        `what it means that a publiccode.yml file of an earlier import names another repository, with the same name and publisher:
the repository has moved (follow), or it is another solution (separate). Without it, such a file is not imported`,
      ).choices(['follow', 'separate']),
    )
    .option('--issues', 'print the issues of every publiccode.yml file, not only of up to five files')
    .option(
      '--max-ended <number>',
      `with --missing end: how many rows of one table, or records or adoptions of publiccode.yml files, may end (default: a
tenth of them, or 20). If more are missing, nothing is written`,
      integerFrom(0, 1_000_000_000),
    )
    .option('--overwrite-edits', 'overwrite rows that were edited since the last import, which otherwise stay');
}

function parseDay(text: string): Day {
  if (isDay(text)) return text;
  throw new InvalidArgumentError('It must be a day such as 2026-12-31.');
}

/** @throws UsageError if options are given that have no meaning without others. */
export function toArguments(commandLine: ImportCommandLine, paths: readonly string[]): Arguments {
  const {
    missing = null,
    maxEnded,
    on,
    moved = null,
    dryRun = false,
    report,
    issues = false,
    overwriteEdits = false,
  } = commandLine;
  if (maxEnded !== undefined && missing !== 'end')
    throw new UsageError('--max-ended is the number of missing rows that may end: it needs --missing end.');
  if (on !== undefined && missing !== 'end')
    throw new UsageError('--on is the day on which missing rows end: it needs --missing end.');
  return {
    paths,
    dryRun,
    report,
    missing,
    maxEnded,
    on: on ?? today(),
    moved,
    issues,
    overwriteEdits,
    ofFiles: (['moved', 'issues'] as const).filter((option) => commandLine[option] !== undefined),
  };
}

/** Throws each error of the work as a UsageError. */
function asUsage<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Finds the tables, or the publiccode.yml files, that the paths of a command line name.
 *
 * @throws UsageError naming the path that leads to neither, or if there is no path.
 */
export function findSources({ paths, ofFiles }: Arguments): {
  readonly batch: Batch | null;
  readonly found: FoundFiles;
} {
  if (paths.length === 0)
    throw new UsageError(
      'Name the tables, files, folders or lists to import, such as: npm run import -- italy my-tables/',
    );
  return asUsage(() => {
    const batch = findBatch(paths);
    if (batch && ofFiles.length > 0)
      throw new Error(`--${ofFiles[0] ?? ''} is for publiccode.yml files; ${paths.join(', ')} contains tables.`);
    const found = batch ? noFiles : findPubliccodeFiles(paths);
    if (!batch && found.files.length === 0 && found.problems.length === 0) {
      throw new Error(`There is no table of a catalogue and no publiccode.yml file in ${paths.join(', ')}.`);
    }
    return { batch, found };
  });
}
