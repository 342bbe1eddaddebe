import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import * as tables from './table-definitions.js';

/** Every table of a catalogue, in the order in which they are read: each refers to those before it. */
export const allTables: readonly tables.Table[] = [
  tables.sources,
  tables.administrations,
  tables.consortia,
  tables.identifiers,
  tables.populations,
  tables.successions,
  tables.memberships,
  tables.records,
  tables.portfolio,
  tables.adoptions,
  tables.claims,
  tables.completeness,
];

const fileNames = allTables.map(({ file }) => file);

/** The tables of one import. A table without a file says nothing. */
export interface Batch {
  /** Where a table's file is. */
  readonly pathOf: (table: tables.Table) => string | undefined;
  /** CSV files beside them that are no table: a misspelt name, likely. */
  readonly unknownFiles: readonly string[];
}

/** The tables that lie in a folder, which may have none. */
export const openFolder = (folder: string): Batch => findBatch(existsSync(folder) ? [folder] : []) ?? emptyBatch;

const emptyBatch: Batch = { pathOf: () => undefined, unknownFiles: [] };

/**
 * The tables that are meant by paths of tables and of folders with tables. The sources of single tables are those beside them.
 *
 * @returns null when none of the paths is of a table: they mean something else.
 * @throws Error naming a path that does not exist, that is no table beside others that are, or that is a table for the second time.
 */
export function findBatch(paths: readonly string[]): Batch | null {
  const found = paths.map((path) => ({ path, files: filesAt(path) }));
  if (found.every(({ files }) => files.tables.length === 0)) return null;
  const other = found.find(({ files }) => files.tables.length === 0);
  if (other) {
    throw new Error(
      `${other.path} is no table of a catalogue, and no folder with one. Name tables or publiccode.yml files, not both at once.`,
    );
  }
  const byName = new Map<string, string>();
  for (const path of found.flatMap(({ files }) => files.tables)) {
    const earlier = byName.get(basename(path));
    if (earlier !== undefined) throw new Error(`${earlier} and ${path} are the same table: name one of them.`);
    byName.set(basename(path), path);
  }
  const { file: sources } = tables.sources;
  const beside = [...byName.values()].map((path) => join(dirname(path), sources)).find(isFile);
  if (!byName.has(sources) && beside !== undefined) byName.set(sources, beside);
  return { pathOf: ({ file }) => byName.get(file), unknownFiles: found.flatMap(({ files }) => files.unknownFiles) };
}

function filesAt(path: string): { readonly tables: readonly string[]; readonly unknownFiles: readonly string[] } {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw new Error(`There is no file or folder ${path}.`);
  if (!stats.isDirectory()) return { tables: fileNames.includes(basename(path)) ? [path] : [], unknownFiles: [] };
  const files = readdirSync(path).filter((name) => /\.csv$/i.test(name));
  return {
    tables: files.filter((name) => fileNames.includes(name)).map((name) => join(path, name)),
    unknownFiles: files.filter((name) => !fileNames.includes(name)).sort(),
  };
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/** What tells the contents of a batch from any other's. */
export function digestBatch({ pathOf }: Batch, version: number): string {
  const hash = createHash('sha256').update(String(version));
  for (const table of allTables) {
    const path = pathOf(table);
    hash.update(`\n${table.file}\n`);
    if (path !== undefined) hash.update(readFileSync(path));
  }
  return hash.digest('hex');
}
