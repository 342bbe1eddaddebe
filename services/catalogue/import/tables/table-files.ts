import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import * as tables from './table-definitions.js';

/** All tables of a catalogue, in the order in which they are imported: each refers to those before it. */
const allTables: readonly tables.Table[] = [
  tables.sources,
  tables.administrations,
  tables.consortia,
  tables.identifiers,
  tables.populations,
  tables.successions,
  tables.memberships,
  tables.codeLists,
  tables.codes,
  tables.mappings,
  tables.records,
  tables.portfolio,
  tables.adoptions,
  tables.claims,
  tables.terms,
  tables.fees,
  tables.contracts,
  tables.completeness,
  tables.needs,
  tables.needHolders,
];

const fileNames = allTables.map(({ file }) => file);

/** The tables of one import. A table without a file is not imported. */
export interface Batch {
  /** The path of a table's file. */
  readonly pathOf: (table: tables.Table) => string | undefined;
  /** Other CSV files in the same folder, probably tables with a misspelt name. */
  readonly unknownFiles: readonly string[];
}

/** The tables of a folder, which can have none. */
export const openFolder = (folder: string): Batch => findBatch(existsSync(folder) ? [folder] : []) ?? emptyBatch;

const emptyBatch: Batch = { pathOf: () => undefined, unknownFiles: [] };

/**
 * Finds tables by paths of tables and of folders with tables. Single tables use the sources.csv of their folder.
 *
 * @returns null if none of the paths leads to a table.
 * @throws Error naming a path that does not exist, that leads to no table although others do, or that repeats a table.
 */
export function findBatch(paths: readonly string[]): Batch | null {
  const found = paths.map((path) => ({ path, files: filesAt(path) }));
  if (found.every(({ files }) => files.tables.length === 0)) return null;
  const other = found.find(({ files }) => files.tables.length === 0);
  if (other) {
    throw new Error(
      `${other.path} is neither a table of a catalogue nor a folder with one. Name either tables or publiccode.yml files.`,
    );
  }
  const byName = new Map<string, string>();
  for (const path of found.flatMap(({ files }) => files.tables)) {
    const previous = byName.get(basename(path));
    if (previous !== undefined) throw new Error(`${previous} and ${path} are the same table: name one of them.`);
    byName.set(basename(path), path);
  }
  const { file: sources } = tables.sources;
  const sourcesPath = [...byName.values()].map((path) => join(dirname(path), sources)).find(isFile);
  if (!byName.has(sources) && sourcesPath !== undefined) byName.set(sources, sourcesPath);
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

/** Identifies the content of a batch. */
export function digestBatch({ pathOf }: Batch, version: number): string {
  const hash = createHash('sha256').update(String(version));
  for (const table of allTables) {
    const path = pathOf(table);
    hash.update(`\n${table.file}\n`);
    if (path !== undefined) hash.update(readFileSync(path));
  }
  return hash.digest('hex');
}
