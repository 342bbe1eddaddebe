import type { ListPage } from '../lists/read-list.js';
import type { ListOperation } from '../lists/list-operation.js';
import { toColumns } from './columns.js';
import { compileRawRows } from './raw-rows.js';
import { toCsv } from './to-csv.js';

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
  readonly rows: (page: ListPage) => TableRows;
}

/** Rows as they are written. */
interface TableRows {
  readonly bytes: readonly Buffer[];
  readonly count: number;
}

/** RFC 4180. */
const csv: TableFormat = {
  mediaType: 'text/csv; charset=utf-8; header=present',
  extension: 'csv',
  open: ({ selections }, { bom }) => {
    const columns = toColumns(selections);
    const toRawRows = compileRawRows(columns);
    return {
      start: (missing) =>
        [
          bom ? '\uFEFF' : '',
          missing.size > 0 ? `# incomplete: ${[...missing].map((entry) => entry.join(' ')).join(', ')}\r\n` : '',
          toCsv([columns.map(({ name }) => name)]),
        ].join(''),
      rows: (page) => {
        const raw = page.rawItems && toRawRows(page.rawItems);
        if (raw) return raw;
        const rows = page.items.map((item) => columns.map(({ read }) => read(item)));
        return { bytes: [Buffer.from(toCsv(rows))], count: rows.length };
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
      const raw = page.rawItems?.toLines();
      if (raw) return raw;
      const { items } = page;
      return { bytes: [Buffer.from(items.map((item) => `${JSON.stringify(item)}\n`).join(''))], count: items.length };
    },
  }),
};

export const tableFormats: readonly TableFormat[] = [csv, jsonLines];
