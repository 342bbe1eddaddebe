import { openSync, readdirSync, readSync, closeSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { isDay } from '../../../../schema/values/value-form.js';
import { type Day, latestToday, today } from '../../../shared/dates.js';
import { parseCsv } from '../tables/parse-csv.js';

/** A publiccode.yml file to import. */
export interface PubliccodeFile {
  readonly path: string;
  /** The repository it was found in; null if unknown. */
  readonly repository: string | null;
  /** The day on which its content was observed: from the list, else the date of the file. */
  readonly observedOn: Day;
}

/** More than the reader accepts, so that it can report a file that is too large, without reading all of it. */
const maxBytes = 2_000_000;

/**
 * Finds files by paths of files, of folders (every .yml and .yaml file in them) and of lists: CSV files with a column `file`,
 * relative to the list, and the optional columns `repository` and `observed_on`.
 *
 * @throws Error naming a path that does not exist, a list without that column, or the line of a list that is not valid CSV.
 */
export function findPubliccodeFiles(paths: readonly string[]): PubliccodeFile[] {
  return paths.flatMap((path) => {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats) throw new Error(`There is no file or folder ${path}.`);
    if (stats.isDirectory()) return filesIn(path);
    return path.endsWith('.csv') ? filesOfList(path) : [fileAt(path)];
  });
}

const filesIn = (folder: string): PubliccodeFile[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/i.test(name))
    .sort()
    .map((name) => fileAt(join(folder, name)));

function filesOfList(list: string): PubliccodeFile[] {
  const { rows, errors } = parseCsv(readFileSync(list, 'utf8'));
  const [error] = errors;
  if (error) {
    const { line, column, message } = error;
    throw new Error(`The list ${list}, line ${line}${column === null ? '' : `, ${column}`}: ${message}.`);
  }
  return rows.map(({ cells }) => {
    const {
      file,
      repository,
      observed_on: observedOn,
    } = cells as { file?: string; repository?: string; observed_on?: string };
    if (file === undefined)
      throw new Error(`The list ${list} has no column "file": add it, with the paths of the files.`);
    const path = resolve(dirname(list), file);
    if (!statSync(path, { throwIfNoEntry: false })) throw new Error(`There is no file ${path}, which ${list} names.`);
    const isObserved = observedOn !== undefined && isDay(observedOn) && observedOn <= latestToday();
    return { ...fileAt(path, repository), ...(isObserved ? { observedOn } : {}) };
  });
}

const fileAt = (path: string, repository?: string): PubliccodeFile => ({
  path,
  repository: repository === undefined || repository === '' ? null : repository,
  observedOn: [statSync(path).mtime.toISOString().slice(0, 10), today()].sort()[0] ?? today(),
});

/** The first bytes of a file; a valid file is shorter. */
export function readBounded(path: string): Uint8Array {
  const file = openSync(path, 'r');
  try {
    const bytes = new Uint8Array(maxBytes);
    return bytes.subarray(0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}
