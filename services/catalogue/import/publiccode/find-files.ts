import { openSync, readdirSync, readSync, closeSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { isDay } from '../../../../schema/values/scalars.js';
import type { Day } from '../../../shared/dates.js';
import { parseCsv } from '../tables/parse-csv.js';

/** A publiccode.yml to import. */
export interface PubliccodeFile {
  readonly path: string;
  /** Where it was found, for the address grammar; null when nobody said. */
  readonly repository: string | null;
  /** The day on which it said what it says: of the list, else that of the file. */
  readonly observedOn: Day;
}

/** More than the reader takes, so that it can say what is wrong, and never a whole disk. */
const maxBytes = 2_000_000;

/**
 * The files that are meant by paths of files, of folders (every .yml and .yaml in them), and of lists: CSV files with the
 * column `file`, relative to the list, and if there are any, `repository` and `observed_on`.
 *
 * @throws Error naming a path that does not exist, a list without the column, or the line of one that is no CSV.
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
  const { rows, faults } = parseCsv(readFileSync(list, 'utf8'));
  const [fault] = faults;
  if (fault) {
    const { line, column, message } = fault;
    throw new Error(`The list ${list}, line ${line}${column === null ? '' : `, ${column}`}: ${message}.`);
  }
  return rows.map(({ cells }) => {
    const {
      file,
      repository,
      observed_on: observedOn,
    } = cells as { file?: string; repository?: string; observed_on?: string };
    if (file === undefined) throw new Error(`The list ${list} has no column "file".`);
    const path = resolve(dirname(list), file);
    if (!statSync(path, { throwIfNoEntry: false })) throw new Error(`There is no file ${path}, which ${list} names.`);
    return { ...fileAt(path, repository), ...(observedOn !== undefined && isDay(observedOn) ? { observedOn } : {}) };
  });
}

const fileAt = (path: string, repository?: string): PubliccodeFile => ({
  path,
  repository: repository === undefined || repository === '' ? null : repository,
  observedOn: statSync(path).mtime.toISOString().slice(0, 10),
});

/** The beginning of a file, which is all of any honest one. */
export function readBounded(path: string): Uint8Array {
  const file = openSync(path, 'r');
  try {
    const bytes = new Uint8Array(maxBytes);
    return bytes.subarray(0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}
