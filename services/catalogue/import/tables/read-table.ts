import { readFileSync } from 'node:fs';

import { z } from 'zod';

import type { LocalisedText } from '../../../shared/languages.js';
import type { Problem } from '../core/problem.js';
import { type CsvRow, readCsv } from './parse-csv.js';
import { findFormulas, findLostZeros, formulaMessage, quote, trimCells, withValue } from './spreadsheet-faults.js';
import type { Table, TableRow } from './table-definitions.js';

/** A parsed row: its line, its cells, its texts by the prefix of their columns, and its national columns. */
export interface ReadRow<T extends Table> {
  readonly line: number;
  readonly cells: TableRow<T>;
  /** Its cells as they are written, by column. */
  readonly record: CsvRow['cells'];
  readonly texts: (prefix: string) => LocalisedText[];
  readonly national: Readonly<Record<string, string>>;
  /** The organisations that its cells refer to by a code or a name. */
  readonly named?: readonly { readonly column: string; readonly written: string; readonly confidence: number }[];
}

/**
 * Reads a table and calls `onRow` with each row: they are not kept, since a table may have a million. Rows with errors are skipped
 * and reported, and so are unknown columns. Cells that look as if a spreadsheet had changed them are reported as suspicious, and read.
 *
 * @param nationalColumns columns that only this country has.
 * @param pause is awaited again and again, so that rows can be written meanwhile.
 */
export async function readTable<T extends Table>(
  path: string,
  table: T,
  nationalColumns: readonly string[],
  onRow: (row: ReadRow<T>) => void,
  pause: () => Promise<void>,
): Promise<{ readonly problems: Problem[]; readonly suspicious: Problem[] }> {
  const suspicious: Problem[] = [];
  const problem = (line: number, column: string | null, message: string): Problem => ({
    file: table.file,
    line,
    column,
    message,
  });

  const text = decode(readFileSync(path));
  if (text === null) {
    return {
      problems: [problem(1, null, 'is not encoded in UTF-8: nothing of it was read. Save it as UTF-8')],
      suspicious,
    };
  }
  const headerError = validateHeader(text);
  if (headerError !== null)
    return { problems: [problem(1, null, `${headerError}: nothing of it was read`)], suspicious };

  const hasNul = text.includes('\0');
  const problemsOfRows: Problem[] = [];
  const report = (line: number, column: string | null, message: string): void => {
    problemsOfRows.push(problem(line, column, message));
  };
  const read = createRowParser(table);
  const codes: { readonly line: number; readonly record: CsvRow['cells'] }[] = [];
  const onCsvRow = ({ line, cells: written }: CsvRow): void => {
    const { trimmed: record, columns: withBlanks } = trimCells(written);
    for (const column of withBlanks) {
      const message = `${quote(written[column] ?? '')} has blanks around it, which were removed`;
      suspicious.push({ file: table.file, line, column, message });
    }
    const formulas = findFormulas(record);
    for (const column of formulas) report(line, column, withValue(record[column], formulaMessage));
    if (formulas.length > 0) return;
    const nulColumn = hasNul ? Object.keys(record).find((column) => record[column]?.includes('\0')) : undefined;
    if (nulColumn !== undefined) {
      report(line, nulColumn, 'contains a NUL character: remove it');
      return;
    }
    const { cells, errors: cellErrors } = read(record);
    for (const { column, message } of cellErrors)
      report(line, column, column === null ? message : withValue(record[column], message));
    if (cells === null) return;
    if ('lau' in table.cells) codes.push({ line, record: { lau: record['lau'] ?? '' } });
    onRow({
      line,
      cells,
      record,
      texts: (prefix) => textsOf(record, prefix),
      national: Object.fromEntries(
        nationalColumns.flatMap((column) => (record[column] ? [[column, record[column]]] : [])),
      ),
    });
  };
  const { columns, errors } = await readCsv(text, onCsvRow, pause);
  suspicious.push(...findLostZeros(table.file, 'lau', codes));
  const unknown = unknownColumns(columns, table, nationalColumns).map((column) =>
    problem(1, column, `is not a column of this table; it has ${Object.keys(table.cells).join(', ')}`),
  );
  return {
    problems: [
      ...errors.map(({ line, column, message }) => problem(line, column, message)),
      ...unknown,
      ...problemsOfRows,
    ],
    suspicious,
  };
}

/** An error in a row's cells; the column is null if the error concerns the whole row. */
interface CellError {
  readonly column: string | null;
  readonly message: string;
}

/** Creates a parser of the cells of a table's rows. Missing cells count as empty. */
export function createRowParser<T extends Table>(table: T) {
  const row = z.object(table.cells);
  const empty = Object.fromEntries(Object.keys(table.cells).map((column) => [column, '']));
  const parsers = Object.entries(table.cells).map(([column, schema]) => [column, rememberCells(schema)] as const);
  return (
    record: Readonly<Record<string, string>>,
  ): { readonly cells: TableRow<T> | null; readonly errors: readonly CellError[] } => {
    const cells: Record<string, unknown> = {};
    if (
      parsers.every(([column, parse]) => {
        const parsed = parse(record[column] ?? '');
        cells[column] = parsed;
        return parsed !== invalid;
      })
    )
      return { cells: cells as TableRow<T>, errors: [] };
    const result = row.safeParse({ ...empty, ...record });
    if (result.success) return { cells: result.data as TableRow<T>, errors: [] };
    const errors = result.error.issues.map((issue) => ({
      column: String(issue.path[0] ?? '') || null,
      message: messageOf(issue),
    }));
    return { cells: null, errors };
  };
}

const invalid = Symbol('invalid');
const maxRemembered = 1000;

/** Parses the cells of a column. Most cells of a table are empty, or have one of few values, such as a day or a source. */
function rememberCells(schema: z.core.$ZodType): (cell: string) => unknown {
  const parsed = new Map<string, unknown>();
  return (cell) => {
    const known = parsed.get(cell);
    if (known !== undefined || parsed.has(cell)) return known;
    const result = z.safeParse(schema, cell);
    const value = result.success ? result.data : invalid;
    if (parsed.size < maxRemembered) parsed.set(cell, value);
    return value;
  };
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** A table without a valid header is not read at all, so that its rows do not count as missing. */
function validateHeader(text: string): string | null {
  const [header = ''] = text.trimStart().split('\n', 1);
  if (header === '') return 'has no header row';
  if (!header.includes(',') && /[;\t]/.test(header))
    return 'separates its columns with semicolons or tabs, and must use commas';
  return null;
}

function unknownColumns(
  columns: readonly string[],
  { cells, languages = [] }: Table,
  national: readonly string[],
): string[] {
  return columns.filter(
    (column) =>
      !(column in cells) && !national.includes(column) && !languages.some((prefix) => column.startsWith(prefix)),
  );
}

/** The texts of the columns `name_fr`, `name_nl`, …; a cell can contain several, separated by vertical bars. */
const textsOf = (record: Readonly<Record<string, string>>, prefix: string): LocalisedText[] =>
  Object.entries(record).flatMap(([column, content]) =>
    column.startsWith(prefix) && content !== ''
      ? content.split('|').map((text) => ({ language: column.slice(prefix.length), text: text.trim() }))
      : [],
  );

/** A union reports that no alternative matched; the useful message is that of the alternative for cells that are not empty. */
function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_union') return issue.message;
  const reasons = issue.errors.flat().map(messageOf);
  return reasons.find((reason) => !reason.startsWith('Invalid')) ?? issue.message;
}
