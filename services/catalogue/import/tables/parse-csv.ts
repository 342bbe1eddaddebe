import { type CsvError, parse } from 'csv-parse/sync';

/** A row of a CSV file: the line on which it ends, and its cells by column. */
export interface CsvRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** A place of a CSV file that cannot be read. The column is null where the whole row is meant. */
export interface CsvRowError {
  readonly line: number;
  readonly column: string | null;
  readonly message: string;
}

/** Reads CSV whose first row names the columns. A row that cannot be read is left out, and stops no other. */
export function parseCsv(text: string): { readonly rows: CsvRow[]; readonly faults: CsvRowError[] } {
  // Within quotes csv-parse counts the two characters as two lines.
  const bytes = Buffer.from(text.replaceAll('\r\n', '\n'));
  const faults = new Map<number, CsvRowError>();
  const rows = parse(bytes, {
    columns: true,
    info: true,
    bom: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      if (!error) return;
      const fault = toRowError(error as ParserError, bytes);
      // What is wrong with one quote is wrong with all that follow it. That it is open to the end says most.
      if (!faults.has(fault.line) || error.code === 'CSV_QUOTE_NOT_CLOSED') faults.set(fault.line, fault);
    },
  }) as unknown as { readonly info: { readonly lines: number }; readonly record: CsvRow['cells'] }[];
  return { rows: rows.map(({ info, record }) => ({ line: info.lines, cells: record })), faults: [...faults.values()] };
}

/** `lines` and `bytes` are how far it was read: the former with the cell that is at fault, the latter without it. */
type ParserError = CsvError & { readonly lines: number; readonly bytes: number; readonly column: unknown };

const quote = '"'.charCodeAt(0);
const linesIn = (bytes: Buffer): number => bytes.toString().split(/[\r\n]/).length;

function toRowError({ code, lines, bytes: before, column, message }: ParserError, bytes: Buffer): CsvRowError {
  if (code !== 'CSV_QUOTE_NOT_CLOSED' && code !== 'CSV_INVALID_CLOSING_QUOTE') {
    return { line: lines, column: null, message: `the row could not be read: ${message}` };
  }
  return {
    line: linesIn(bytes.subarray(0, bytes.indexOf(quote, before))),
    column: typeof column === 'string' ? column : null,
    message:
      code === 'CSV_QUOTE_NOT_CLOSED'
        ? 'begins with a quote that none closes: nothing was read from here to the end of the file'
        : `begins with a quote, and the next, on line ${lines}, does not end it: the row was not read. A quote within a cell is written twice`,
  };
}
