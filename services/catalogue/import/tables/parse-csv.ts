import { finished } from 'node:stream/promises';

import { type CsvError, type Options, parse as createParser } from 'csv-parse';
import { parse } from 'csv-parse/sync';

import { isBlank } from './spreadsheet-faults.js';

/** A row of a CSV file: the line on which it ends, and its cells by column. */
export interface CsvRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** A row of a CSV file that cannot be parsed. The column is null if the error concerns the whole row. */
interface CsvRowError {
  readonly line: number;
  readonly column: string | null;
  readonly message: string;
}

/**
 * Parses CSV whose first row names the columns. A row that cannot be parsed is skipped and reported. If two columns have the same
 * name, nothing is read, because it is not known which of them is meant.
 */
export function parseCsv(text: string): { readonly rows: CsvRow[]; readonly errors: CsvRowError[] } {
  const rows: CsvRow[] = [];
  const reading = createReading(text, (row) => rows.push(row));
  parse(reading.bytes, reading.options);
  return { rows, errors: reading.result().errors };
}

/** So many bytes are parsed at once: they take a few milliseconds. */
const chunkBytes = 64 * 1024;

/**
 * Parses CSV as `parseCsv` does, and calls `onRow` with each row, so that a long table is not kept as objects.
 *
 * @param pause is awaited again and again, so that other work can be done meanwhile.
 */
export async function readCsv(
  text: string,
  onRow: (row: CsvRow) => void,
  pause: () => Promise<void>,
): Promise<CsvResult> {
  const { bytes, options, result } = createReading(text, onRow);
  const parser = createParser(options);
  const isDone = finished(parser.resume());
  isDone.catch(() => undefined);
  for (let from = 0; from < bytes.length && !parser.destroyed; from += chunkBytes) {
    parser.write(bytes.subarray(from, from + chunkBytes));
    await pause();
  }
  parser.end();
  await isDone;
  return result();
}

/** The columns of a file, and the rows that cannot be parsed. */
interface CsvResult {
  readonly columns: readonly string[];
  readonly errors: CsvRowError[];
}

/** How a text is parsed, and what came of it. */
interface CsvReading {
  readonly bytes: Buffer;
  readonly options: Options;
  readonly result: () => CsvResult;
}

function createReading(text: string, onRow: (row: CsvRow) => void): CsvReading {
  let columns: readonly string[] = [];
  let repeated: string | undefined;
  // csv-parse counts CR LF within quotes as two lines.
  const bytes = Buffer.from(text.replaceAll('\r\n', '\n'));
  const errors = new Map<number, CsvRowError>();
  const options: Options = {
    columns: (header: readonly string[]) => {
      repeated = findRepeated(header);
      columns = header;
      return [...header];
    },
    // Null: the row is not added to a list.
    on_record: (record, { lines }) => {
      // An object, because the columns are named.
      const cells = record as unknown as CsvRow['cells'];
      if (repeated === undefined && !isBlank(Object.values(cells))) onRow({ line: lines, cells });
      return null;
    },
    bom: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      if (!error) return;
      // A blank line of a spreadsheet may have fewer separators than the header.
      if (error.code === 'CSV_RECORD_INCONSISTENT_COLUMNS' && isBlank((error as ParserError).record)) return;
      const rowError = toRowError(error as ParserError, bytes);
      // One wrong quote causes an error at each quote after it. That a quote is never closed is the most helpful of these errors.
      if (!errors.has(rowError.line) || error.code === 'CSV_QUOTE_NOT_CLOSED') errors.set(rowError.line, rowError);
    },
  };
  return {
    bytes,
    options,
    result: () => {
      if (repeated === undefined) return { columns, errors: [...errors.values()] };
      const message = 'is the name of two columns: nothing was read. Remove or rename one of them';
      return { columns: [], errors: [{ line: 1, column: repeated, message }] };
    },
  };
}

/** The first name that two columns of a header have; blanks around a name and its letter case do not distinguish columns. */
function findRepeated(header: readonly string[]): string | undefined {
  const names = header.map((name) => name.trim().toLowerCase());
  return header.find((_, index) => names[index] !== '' && names.indexOf(names[index] ?? '') < index);
}

/** How far the text was parsed: `lines` includes the cell with the error, `bytes` does not. */
type ParserError = CsvError & {
  readonly lines: number;
  readonly bytes: number;
  readonly column: unknown;
  readonly record: string[];
};

const quote = '"'.charCodeAt(0);
const linesIn = (bytes: Buffer): number => bytes.toString().split(/[\r\n]/).length;

function toRowError({ code, lines, bytes: before, column, message }: ParserError, bytes: Buffer): CsvRowError {
  if (code !== 'CSV_QUOTE_NOT_CLOSED' && code !== 'CSV_INVALID_CLOSING_QUOTE') {
    return { line: lines, column: null, message: `the row could not be parsed: ${message}` };
  }
  return {
    line: linesIn(bytes.subarray(0, bytes.indexOf(quote, before))),
    column: typeof column === 'string' ? column : null,
    message:
      code === 'CSV_QUOTE_NOT_CLOSED'
        ? 'begins with a quote that is never closed: nothing was read from here to the end of the file. Close it, or remove it'
        : `begins with a quote, and the next quote, on line ${lines}, is not at the end of the cell: the row was not read. Write a quote within a cell twice`,
  };
}
