import { stringify } from 'csv-stringify/sync';

/** Lines of CSV. Texts that a spreadsheet would execute as a formula begin with an apostrophe. */
export const toCsv = (rows: readonly (readonly string[])[]): string =>
  stringify(rows as string[][], { record_delimiter: '\r\n', escape_formulas: true });
