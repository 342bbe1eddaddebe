import type { Problem } from '../core/problem.js';

// What spreadsheets do to a table: they export blank lines, blanks around values and formulas, and remove leading zeros.

/** The cells of a row, by column. */
type Cells = Readonly<Record<string, string>>;

/** Whether a row has no value at all. */
export const isBlank = (cells: readonly (string | undefined)[]): boolean =>
  cells.every((cell) => cell === undefined || cell.trim() === '');

/** A formula, or the error that a spreadsheet shows instead of its result. */
const formula = /^(?:=\s*[\p{L}($"'+-]|#(?:REF|VALUE|NULL|NUM|DIV\/0)!|#NAME\?|#N\/A|#(?:WERT|BEZUG|NV)!?)/u;

/** The columns of a row that contain a formula. */
export const findFormulas = (cells: Cells): string[] =>
  Object.keys(cells).filter((column) => {
    const cell = cells[column] ?? '';
    return (cell.startsWith('=') || cell.startsWith('#')) && formula.test(cell);
  });

export const formulaMessage = 'is a formula, or its error, and not a value: export the values of the spreadsheet';

/** Removes the blanks around the cells of a row, and returns the columns that had some. */
export function trimCells(cells: Cells): { readonly trimmed: Cells; readonly columns: string[] } {
  const columns = Object.keys(cells).filter((column) => cells[column] !== cells[column]?.trim());
  if (columns.length === 0) return { trimmed: cells, columns };
  return {
    trimmed: Object.fromEntries(Object.entries(cells).map(([column, cell]) => [column, cell.trim()])),
    columns,
  };
}

/** A value as messages quote it. */
export const quote = (value: string): string => JSON.stringify(value.length > 100 ? `${value.slice(0, 100)}…` : value);

/** A message that begins with the value that it is about, unless it names it already. */
export const withValue = (value: string | undefined, message: string): string =>
  value === undefined || value === '' || message.includes(value) || message.startsWith('"')
    ? message
    : `${quote(value)} ${message}`;

const maxZeros = 4;

/** The code that a number was before its leading zeros were removed, if that is valid; undefined if no such code is. */
export function restoreZeros(written: string, isValid: (code: string) => boolean): string | undefined {
  const digits = /\d+$/.exec(written)?.[0];
  if (digits === undefined) return undefined;
  const before = written.slice(0, -digits.length);
  return Array.from({ length: maxZeros }, (_, count) => `${before}${'0'.repeat(count + 1)}${digits}`).find(isValid);
}

export const zerosHint = (code: string): string => `. Has a spreadsheet removed its leading zeros? ${code} is one`;

/** Numbers of a column that are shorter than the others: of codes of one length, some have lost their zeros. */
export function findLostZeros(
  file: string,
  column: string,
  rows: readonly { readonly line: number; readonly record: Cells }[],
): Problem[] {
  const numbers = rows.filter(({ record }) => /^\d+$/.test(record[column] ?? ''));
  const usual = Math.max(0, ...numbers.map(({ record }) => record[column]?.length ?? 0));
  const startsWithZero = numbers.some(({ record }) => record[column]?.startsWith('0'));
  return numbers
    .filter(({ record }) => startsWithZero && (record[column]?.length ?? 0) < usual)
    .map(({ line, record }) => ({
      file,
      line,
      column,
      message: `${quote(record[column] ?? '')} is shorter than the ${usual} digits of others: has a spreadsheet removed its leading zeros?`,
    }));
}
