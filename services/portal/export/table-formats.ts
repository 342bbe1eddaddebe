import { stringify } from 'csv-stringify/sync';

import type { ListItem } from '../lists/read-list.js';
import type { ListOperation } from '../lists/list-operation.js';
import { toColumns } from './columns.js';

/** How a list is written. */
export interface TableFormat {
  readonly mediaType: string;
  readonly extension: string;
  /** Creates what writes one list. */
  readonly open: (list: ListOperation, options: TableOptions) => TableWriter;
}

export interface TableOptions {
  /** Whether the file begins with a byte order mark, by which Excel recognises UTF-8. */
  readonly bom: boolean;
}

export interface TableWriter {
  /** The start of the file. @param missing what may be missing from it; empty if nothing is. */
  readonly start: (missing: ReadonlyMap<string, string>) => string;
  /** Rows of the file. An item that could not be read is an empty row or `null`, and counts as one of the list. */
  readonly rows: (items: readonly ListItem[]) => string;
}

/** Lines of CSV. Texts that a spreadsheet would execute as a formula begin with an apostrophe. */
export const toCsv = (rows: readonly (readonly string[])[]): string =>
  stringify(rows as string[][], { record_delimiter: '\r\n', escape_formulas: true });

/** RFC 4180. */
const csv: TableFormat = {
  mediaType: 'text/csv; charset=utf-8; header=present',
  extension: 'csv',
  open: ({ selections }, { bom }) => {
    const columns = toColumns(selections);
    return {
      start: (missing) =>
        [
          bom ? '\uFEFF' : '',
          missing.size > 0 ? `# incomplete: ${[...missing].map((entry) => entry.join(' ')).join(', ')}\r\n` : '',
          toCsv([columns.map(({ name }) => name)]),
        ].join(''),
      rows: (items) => toCsv(items.map((item) => columns.map(({ read }) => read(item)))),
    };
  },
};

/** https://jsonlines.org: an object per line. */
const jsonLines: TableFormat = {
  mediaType: 'application/jsonl; charset=utf-8',
  extension: 'jsonl',
  open: () => ({
    start: (missing) => (missing.size > 0 ? `${JSON.stringify({ incomplete: Object.fromEntries(missing) })}\n` : ''),
    rows: (items) => {
      let text = '';
      for (const item of items) text += `${JSON.stringify(item)}\n`;
      return text;
    },
  }),
};

export const tableFormats: readonly TableFormat[] = [csv, jsonLines];
