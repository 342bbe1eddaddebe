import { stringify } from 'csv-stringify/sync';

import type { ListPage } from '../lists/read-list.js';
import type { ListOperation } from '../lists/list-operation.js';
import { toColumns } from './columns.js';
import { compileRawRows } from './raw-rows.js';

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
  /** The rows of a page. An item that could not be read is an empty row or `null`, and counts as one of the list. */
  readonly rows: (page: ListPage) => { readonly text: string; readonly count: number };
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
    const readRaw = compileRawRows(columns);
    return {
      start: (missing) =>
        [
          bom ? '\uFEFF' : '',
          missing.size > 0 ? `# incomplete: ${[...missing].map((entry) => entry.join(' ')).join(', ')}\r\n` : '',
          toCsv([columns.map(({ name }) => name)]),
        ].join(''),
      rows: (page) => {
        const rows =
          (page.rawItems && readRaw(page.rawItems)) ?? page.items.map((item) => columns.map(({ read }) => read(item)));
        return { text: toCsv(rows), count: rows.length };
      },
    };
  },
};

/** https://jsonlines.org: an object per line. */
const jsonLines: TableFormat = {
  mediaType: 'application/jsonl; charset=utf-8',
  extension: 'jsonl',
  open: () => ({
    start: (missing) => (missing.size > 0 ? `${JSON.stringify({ incomplete: Object.fromEntries(missing) })}\n` : ''),
    rows: (page) => {
      const lines = page.rawItems?.split() ?? page.items.map((item) => JSON.stringify(item));
      return { text: lines.map((line) => `${line}\n`).join(''), count: lines.length };
    },
  }),
};

export const tableFormats: readonly TableFormat[] = [csv, jsonLines];
