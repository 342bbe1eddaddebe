import { readFileSync } from 'node:fs';

import { z } from 'zod';

import type { LocalisedText } from '../../../shared/languages.js';
import type { Problem } from '../core/problem.js';
import { type CsvRow, parseCsv } from './parse-csv.js';
import type { Table, TableRow } from './table-definitions.js';

/** A row that was read: where it stands, its cells, its texts by the beginning of their columns, and its other columns. */
export interface ReadRow<T extends Table> {
  readonly line: number;
  readonly cells: TableRow<T>;
  readonly texts: (beginning: string) => LocalisedText[];
  readonly national: Readonly<Record<string, string>>;
  /** The bodies that its cells named otherwise than by an id. */
  readonly named?: readonly { readonly column: string; readonly written: string; readonly confidence: number }[];
}

/**
 * Reads a table. A row with a fault is left out and reported, and so is a column that nobody knows.
 *
 * @param nationalColumns columns that only this country has.
 */
export function readTable<T extends Table>(
  path: string,
  table: T,
  nationalColumns: readonly string[] = [],
): { readonly rows: ReadRow<T>[]; readonly problems: Problem[] } {
  const problems: Problem[] = [];
  const report = (line: number, column: string | null, message: string): void => {
    problems.push({ file: table.file, line, column, message });
  };

  const text = decode(readFileSync(path));
  if (text === null) {
    report(1, null, 'is not in UTF-8: save it in that encoding; nothing of it was read');
    return { rows: [], problems };
  }
  const fault = validateHeader(text);
  if (fault !== null) {
    report(1, null, `${fault}; nothing of it was read`);
    return { rows: [], problems };
  }
  const csv = parseCsv(text);
  for (const { line, column, message } of csv.faults) report(line, column, message);
  for (const column of unknownColumns(csv.rows[0], table, nationalColumns)) {
    report(1, column, `is no column of this table; it has ${Object.keys(table.cells).join(', ')}`);
  }

  const read = createRowParser(table);
  const rows: ReadRow<T>[] = [];
  for (const { line, cells: record } of csv.rows) {
    const nul = Object.keys(record).find((column) => record[column]?.includes('\0'));
    if (nul !== undefined) {
      report(line, nul, 'holds a NUL character, which no text has');
      continue;
    }
    const { cells, faults } = read(record);
    for (const { column, message } of faults) report(line, column, message);
    if (cells === null) continue;
    rows.push({
      line,
      cells,
      texts: (beginning) => textsOf(record, beginning),
      national: Object.fromEntries(
        nationalColumns.flatMap((column) => (record[column] ? [[column, record[column]]] : [])),
      ),
    });
  }
  return { rows, problems };
}

/** What is wrong with a row's cells: which column, null where the whole row is meant. */
export interface CellError {
  readonly column: string | null;
  readonly message: string;
}

/** Makes what reads the cells of a table's rows, as they are written; those that are left out are empty. */
export function createRowParser<T extends Table>(table: T) {
  const row = z.object(table.cells);
  const empty = Object.fromEntries(Object.keys(table.cells).map((column) => [column, '']));
  return (
    record: Readonly<Record<string, string>>,
  ): { readonly cells: TableRow<T> | null; readonly faults: readonly CellError[] } => {
    const result = row.safeParse({ ...empty, ...record });
    if (result.success) return { cells: result.data as TableRow<T>, faults: [] };
    const faults = result.error.issues.map((issue) => ({
      column: String(issue.path[0] ?? '') || null,
      message: messageOf(issue),
    }));
    return { cells: null, faults };
  };
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** A table without its header says nothing, least of all that its rows are gone. */
function validateHeader(text: string): string | null {
  const [header = ''] = text.trimStart().split('\n', 1);
  if (header === '') return 'has no header';
  if (!header.includes(',') && /[;\t]/.test(header))
    return 'has its columns between semicolons or tabs: save it with commas';
  return null;
}

function unknownColumns(
  first: CsvRow | undefined,
  { cells, languages = [] }: Table,
  national: readonly string[],
): string[] {
  return Object.keys(first?.cells ?? {}).filter(
    (column) =>
      !(column in cells) && !national.includes(column) && !languages.some((beginning) => column.startsWith(beginning)),
  );
}

/** The cells of `name_fr`, `name_nl`, … of a row; a cell may hold several, separated by bars. */
const textsOf = (record: Readonly<Record<string, string>>, beginning: string): LocalisedText[] =>
  Object.entries(record).flatMap(([column, content]) =>
    column.startsWith(beginning) && content !== ''
      ? content.split('|').map((text) => ({ language: column.slice(beginning.length), text: text.trim() }))
      : [],
  );

/** A union reports that nothing fitted; the reader wants to know why the cell that is not empty did not. */
function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_union') return issue.message;
  const reasons = issue.errors.flat().map(messageOf);
  return reasons.find((reason) => !reason.startsWith('Invalid')) ?? issue.message;
}
