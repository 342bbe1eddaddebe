import {
  type ByteKey,
  findEnd,
  findValues,
  isNull,
  type JsonBytes,
  toByteKeys,
  toJsonBytes,
} from '../../kit/json-bytes.js';
import type { Places } from '../../kit/json-shape.js';
import type { RawItems } from '../gateway/raw-items.js';
import { CellBytes } from './cell-bytes.js';
import type { Column } from './columns.js';
import { toCsv } from './to-csv.js';

/** Where the value of a cell is in an item. */
interface Cell {
  /** The places of the objects around it. */
  readonly around: readonly number[];
  /** Undefined: the item does not have it. */
  readonly place: number | undefined;
  /** Whether a text is written as it is. */
  readonly isPlain: boolean;
  readonly read: (value: unknown) => string;
}

/** How items with the same keys in the same order are read. */
interface ItemReader {
  readonly keys: readonly ByteKey[];
  readonly cells: readonly Cell[];
}

/** An item that is found. */
interface Item {
  readonly json: JsonBytes;
  readonly places: Places;
}

const [quote, comma, carriageReturn, lineFeed] = [0x22, 0x2c, 0x0d, 0x0a];
const [firstOfTrue, firstOfFalse] = [0x74, 0x66];
/** A list has items of few types. */
const maxReaders = 8;

/**
 * Creates what writes items as rows of CSV without parsing them: most cells are copied as they are. csv-stringify writes the rows of which a
 * cell needs quotes or another form.
 *
 * @returns undefined if an item is null, or not as the gateway usually writes it.
 */
export function compileRawRows(
  columns: readonly Column[],
): (items: RawItems) => { readonly bytes: readonly Buffer[]; readonly count: number } | undefined {
  const readers: ItemReader[] = [];
  const places: Places = [];
  let reader: ItemReader | undefined;
  const createReader = (json: JsonBytes, start: number, end: number): ItemReader | undefined => {
    const item = parse(json, start, end);
    if (item === null || readers.length >= maxReaders) return undefined;
    const keys = toByteKeys(item as object);
    const created = { keys, cells: columns.map((column) => toCell(column, keys)) };
    readers.push(created);
    return created;
  };
  const findItem = (json: JsonBytes, at: number): number => {
    for (reader of readers) {
      const end = findValues(json, at, reader.keys, places);
      if (end !== -1) return end;
    }
    const end = findEnd(json, at);
    reader = end === -1 ? undefined : createReader(json, at, end);
    return reader ? findValues(json, at, reader.keys, places) : -1;
  };
  return (items) => {
    const rows = new CellBytes();
    let count = 0;
    const areRead = items.forEach(findItem, (json, start, end) => {
      count += 1;
      const { cells = [] } = reader ?? {};
      const item = { json, places };
      // Texts are not longer than in JSON. A comma or line end is behind each cell.
      const maxBytes = end - start + cells.length + 1;
      rows.beginRow(2 * maxBytes);
      if (addRow(rows, cells, item, maxBytes)) return;
      rows.cancelRow();
      rows.addRow(Buffer.from(toCsv([cells.map((cell) => readCell(cell, item))])));
    });
    return areRead ? { bytes: rows.finish(), count } : undefined;
  };
}

const parse = ({ bytes }: JsonBytes, start: number, end: number): unknown =>
  JSON.parse(bytes.toString('utf8', start, end));

/** @returns false if csv-stringify has to write the row, because a cell needs quotes or another form. */
function addRow(rows: CellBytes, cells: readonly Cell[], item: Item, maxBytes: number): boolean {
  for (let index = 0; index < cells.length; index += 1) {
    if (index > 0) rows.addByte(comma);
    const cell = cells[index];
    const start = cell ? findCell(cell, item) : -1;
    if (cell && start !== -1 && !addCell(rows, cell, item, { start, maxBytes })) return false;
  }
  rows.addByte(carriageReturn);
  rows.addByte(lineFeed);
  return true;
}

/** Where the value of a cell begins; -1 if there is none. */
function findCell({ around, place }: Cell, { json, places }: Item): number {
  if (place === undefined) return -1;
  for (const object of around) if (isNull(json, places[object] ?? 0)) return -1;
  const start = places[place] ?? 0;
  return isNull(json, start) ? -1 : start;
}

const readCell = (cell: Cell, item: Item): string => {
  const start = findCell(cell, item);
  return start === -1 ? '' : cell.read(parse(item.json, start, item.places[(cell.place ?? 0) + 1] ?? 0));
};

/** @param maxBytes of the cells that are plain: there is room for them. */
function addCell(
  rows: CellBytes,
  cell: Cell,
  item: Item,
  { start, maxBytes }: { readonly start: number; readonly maxBytes: number },
): boolean {
  const { json } = item;
  const end = item.places[(cell.place ?? 0) + 1] ?? 0;
  if (cell.isPlain) {
    const first = json.bytes[start] ?? 0;
    if (first === quote) return rows.addPlain(json, start + 1, end - 1);
    if (first === firstOfTrue || first === firstOfFalse) return rows.addPlain(json, start, end);
  }
  const text = Buffer.from(readCell(cell, item));
  return text.length + maxBytes <= rows.room && rows.addPlain(toJsonBytes(text), 0, text.length);
}

function toCell({ path, readBehind }: Column, keys: readonly ByteKey[]): Cell {
  const around: number[] = [];
  let found: ByteKey | undefined;
  let inner: readonly ByteKey[] | null = keys;
  let depth = 0;
  for (; depth < path.length && inner; depth += 1) {
    const next: ByteKey | undefined = inner.find(({ name }) => name === path[depth]);
    if (!next) break;
    if (found) around.push(found.place);
    found = next;
    inner = next.inner;
  }
  const read = readBehind(depth);
  const isAbsent = !found || (inner !== null && depth < path.length);
  return {
    around,
    place: isAbsent ? undefined : found?.place,
    isPlain: depth === path.length && read('text') === 'text',
    read,
  };
}
