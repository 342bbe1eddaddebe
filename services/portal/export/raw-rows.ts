import { findEnd, findValues, isNull, type Places, type StoredKey, toStoredKeys } from '../../kit/json-shape.js';
import type { RawItems } from '../gateway/raw-items.js';
import type { Column } from './columns.js';

/** Reads the text of a cell from the JSON of its item. */
type ReadCell = (json: string, places: Places) => string;

/** How items with the same keys in the same order are read. */
interface ItemReader {
  readonly keys: readonly StoredKey[];
  readonly cells: readonly ReadCell[];
}

const quote = 0x22;
/** A list has items of few types. */
const maxReaders = 8;

/**
 * Creates what reads rows from items that are not parsed: most of a table are texts, which are taken out as they are.
 *
 * @returns undefined if an item is not as the gateway usually writes it, or null.
 */
export function compileRawRows(columns: readonly Column[]): (items: RawItems) => string[][] | undefined {
  const readers: ItemReader[] = [];
  const places: Places = [];
  const createReader = (json: string): ItemReader | undefined => {
    const item: unknown = JSON.parse(json);
    if (item === null || readers.length >= maxReaders) return undefined;
    const keys = toStoredKeys(item as object);
    const reader = { keys, cells: columns.map((column) => compileCell(column, keys)) };
    readers.push(reader);
    return reader;
  };
  return ({ json }) => {
    const rows: string[][] = [];
    for (let at = 0; at < json.length; at += 1) {
      let end = -1;
      let reader = readers.find(({ keys }) => (end = findValues(json, at, keys, places)) !== -1);
      if (!reader) {
        const endOfItem = findEnd(json, at);
        reader = endOfItem === -1 ? undefined : createReader(json.slice(at, endOfItem));
        end = reader ? findValues(json, at, reader.keys, places) : -1;
      }
      if (!reader || end === -1 || (end < json.length && json[end] !== ',')) return undefined;
      rows.push(reader.cells.map((read) => read(json, places)));
      at = end;
    }
    return rows;
  };
}

function compileCell({ path, readBehind }: Column, keys: readonly StoredKey[]): ReadCell {
  const around: number[] = [];
  let found: StoredKey | undefined;
  let inner: readonly StoredKey[] | null = keys;
  let depth = 0;
  for (; depth < path.length && inner; depth += 1) {
    const next: StoredKey | undefined = inner.find(({ name }) => name === path[depth]);
    if (!next) break;
    if (found) around.push(found.place);
    found = next;
    inner = next.inner;
  }
  const read = readBehind(depth);
  const empty = read(null);
  // A key that the item does not have.
  if (!found || (inner && depth < path.length)) return () => empty;
  const { place } = found;
  const isPlain = depth === path.length && read('text') === 'text';
  return (json, places) => {
    for (const object of around) if (isNull(json, places[object] ?? 0)) return empty;
    const [start, end] = [places[place] ?? 0, places[place + 1] ?? 0];
    if (isNull(json, start)) return empty;
    if (!isPlain || json.charCodeAt(start) !== quote) return read(JSON.parse(json.slice(start, end)));
    const text = json.slice(start + 1, end - 1);
    return text.includes('\\') ? read(JSON.parse(json.slice(start, end))) : text;
  };
}
