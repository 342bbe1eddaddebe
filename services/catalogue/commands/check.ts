import { dirname } from 'node:path';

import { type Cli, runCli, UsageError } from '../../kit/cli.js';
import { toPrintable } from '../../kit/printable.js';
import { FileError, readFile } from '../../kit/read-file.js';
import { findPubliccodeFiles } from '../import/publiccode/find-files.js';
import { maxFileBytes } from '../import/publiccode/max-file-bytes.js';
import { findLocalFile } from '../publiccode/local-files.js';
import { readPubliccode } from '../publiccode/read-publiccode.js';
import { describeIssues, maxFilesWithIssues } from './issue-lines.js';

/** The options as they are typed. */
interface CheckCommandLine {
  readonly files: boolean;
  readonly issues?: boolean;
}

/** The command that checks publiccode.yml files without a catalogue. */
export const checkCommand: Cli<CheckCommandLine> = {
  description: 'Checks publiccode.yml files as an import would read them, and whether they are valid by the standard.',
  examples: [
    ['npm run check -- publiccode.yml', 'one file, and the logo and screenshots beside it'],
    ['npm run check -- checkouts/ --issues', 'every publiccode.yml in a folder, with all issues'],
    ['npm run check -- list.csv --no-files', 'a list of files, far from their repositories'],
  ],
  define: (command) => {
    command
      .argument('<paths...>', 'publiccode.yml files, folders of them, or a list')
      .option('--no-files', 'do not look for the files that a publiccode.yml names beside it')
      .option('--issues', `print the issues of every file, not only of up to ${maxFilesWithIssues} files`);
  },
  notes: `Needs no database and no network. A file is valid by the standard if none of its issues violates publiccode.yml 0.7, whatever
their severity is: ERROR means that a value is missing or not usable, WARNING that it was understood nevertheless.

Exit code: 0 all files are valid and without errors, 1 some are not, or cannot be read, 2 the command line is wrong.`,
  run: (options, paths) => check(paths, options, console),
};

/** Checks files, prints the result, and returns the exit code. */
export function check(
  paths: readonly string[],
  { files: checksFiles, issues: printsIssues = false }: CheckCommandLine,
  output: Pick<Console, 'log' | 'error'>,
): number {
  const { files, problems } = find(paths);
  const print = (line: string): void => {
    output.log(toPrintable(line));
  };
  const counts = { valid: 0, invalid: 0, unread: problems.length };
  for (const { path, message } of problems) print(`${path} ${message}`);
  for (const { path, repository } of files) {
    try {
      const { issues, isValidByStandard } = readPubliccode(readFile(path, maxFileBytes).bytes, {
        ...(repository === null ? {} : { repository }),
        ...(checksFiles ? { readFile: findLocalFile(dirname(path)) } : {}),
      });
      const isGood = isValidByStandard && !issues.some(({ severity }) => severity === 'ERROR');
      counts[isGood ? 'valid' : 'invalid'] += 1;
      const lines = describeIssues({ file: path, validByStandard: isValidByStandard, issues });
      const shown = printsIssues || files.length <= maxFilesWithIssues ? lines : lines.slice(-1);
      for (const line of shown) print(line);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      counts.unread += 1;
      print(`${path} ${error.message}`);
    }
  }
  if (files.length > 1)
    print(`${files.length} files: ${counts.valid} valid, ${counts.invalid} with errors, ${counts.unread} not read`);
  return counts.invalid + counts.unread > 0 ? 1 : 0;
}

/** @throws UsageError naming a path without a file. */
function find(paths: readonly string[]): ReturnType<typeof findPubliccodeFiles> {
  try {
    const found = findPubliccodeFiles(paths);
    if (found.files.length > 0 || found.problems.length > 0) return found;
    throw new Error(`There is no publiccode.yml file in ${paths.join(', ')}.`);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Runs the command. */
export async function runCheck(args?: readonly string[]): Promise<void> {
  process.exitCode = await runCli(checkCommand, args);
}
