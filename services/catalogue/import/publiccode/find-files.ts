import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import { addressErrors, parseSolutionAddress } from '../../../../schema/values/solution-address.js';
import { isDay } from '../../../../schema/values/value-form.js';
import { type Day, latestToday } from '../../../shared/dates.js';
import { parseCsv } from '../tables/parse-csv.js';
import { quote } from '../tables/spreadsheet-faults.js';
import { type FileProblem, walkFolder } from './walk-folder.js';

/** A publiccode.yml file to import. */
export interface PubliccodeFile {
  readonly path: string;
  /** The list that names it. Null if the file, or a folder of it, was named. */
  readonly list: string | null;
  /** The repository it was found in; null if unknown. */
  readonly repository: string | null;
  /** The day on which its content was observed, from the list. Null: the day of its last change. */
  readonly observedOn: Day | null;
}

/** A folder or list of files: a file of an earlier import that it no longer has has disappeared. */
export interface FileSource {
  readonly kind: 'FOLDER' | 'LIST';
  readonly path: string;
  /** Folders in it that could not be read. */
  readonly unreadFolders: readonly string[];
}

export interface FoundFiles {
  readonly files: readonly PubliccodeFile[];
  readonly sources: readonly FileSource[];
  readonly problems: readonly FileProblem[];
  /** Other YAML files in the folders, which are read only if an earlier import read them. */
  readonly others: readonly PubliccodeFile[];
}

/**
 * Finds files by paths of files, of folders (every publiccode.yml in them, see `walkFolder`) and of lists: CSV files with a
 * column `file`, relative to the list, and the optional columns `repository` and `observed_on`.
 *
 * @throws Error naming a path that does not exist, a list without that column, or the line of a list that is not valid CSV or
 * contains an invalid value.
 */
export function findPubliccodeFiles(paths: readonly string[]): FoundFiles {
  const found = paths.map((path) => {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats) throw new Error(`There is no file or folder ${path}.`);
    if (stats.isDirectory()) return filesOfFolder(path);
    return path.endsWith('.csv') ? filesOfList(path) : { ...noFiles, files: [{ ...ownFile, path }] };
  });
  return {
    files: found.flatMap(({ files }) => files),
    sources: found.flatMap(({ sources }) => sources),
    problems: found.flatMap(({ problems }) => problems),
    others: found.flatMap(({ others }) => others),
  };
}

export const noFiles: FoundFiles = { files: [], sources: [], problems: [], others: [] };
const ownFile = { list: null, repository: null, observedOn: null };

function filesOfFolder(path: string): FoundFiles {
  const { files, problems, others, unreadFolders } = walkFolder(path);
  return {
    files: files.map((file) => ({ ...ownFile, path: file })),
    sources: [{ kind: 'FOLDER', path: resolve(path), unreadFolders: unreadFolders.map((folder) => resolve(folder)) }],
    problems,
    others: others.map((file) => ({ ...ownFile, path: file })),
  };
}

function filesOfList(list: string): FoundFiles {
  const { rows, errors } = parseCsv(readFileSync(list, 'utf8'));
  const reject = (line: number, column: string | null, message: string): never => {
    throw new Error(`The list ${list}, line ${line}${column === null ? '' : `, ${column}`}: ${message}.`);
  };
  const [error] = errors;
  if (error) reject(error.line, error.column, error.message);
  const files = rows.map(({ line, cells }): PubliccodeFile => {
    const {
      file,
      repository = '',
      observed_on: observedOn = '',
    } = cells as { file?: string; repository?: string; observed_on?: string };
    if (file === undefined)
      throw new Error(`The list ${list} has no column "file": add it, with the paths of the files.`);
    // Without its repository, a file would be imported as that of another one, which it may be a copy of.
    const { fault } = parseSolutionAddress(repository);
    if (repository !== '' && fault !== null) reject(line, 'repository', `${quote(repository)} ${addressErrors[fault]}`);
    if (observedOn !== '' && !(isDay(observedOn) && observedOn <= latestToday()))
      reject(line, 'observed_on', `${quote(observedOn)} is not a day such as 2026-02-28 that has begun`);
    return {
      path: resolve(dirname(list), file),
      list: resolve(list),
      repository: repository === '' ? null : repository,
      observedOn: observedOn === '' ? null : observedOn,
    };
  });
  return { ...noFiles, files, sources: [{ kind: 'LIST', path: resolve(list), unreadFolders: [] }] };
}
