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

const [quote, openBracket, openBrace] = [0x22, 0x5b, 0x7b];
/** A list has items of few types. */
const maxReaders = 8;

/** The text of bytes, which are given as a text that has a character for each. */
export const fromBytes = (bytes: string): string => Buffer.from(bytes, 'latin1').toString();
export const toBytes = (text: string): string => Buffer.from(text).toString('latin1');

/**
 * Creates what reads rows from items that are not parsed: most of a table are texts, which are taken out as they are.
 *
 * @returns what calls `onRow` with the cells of each item, whose texts have a character for each byte. False: an item is not as the
 * gateway usually writes it, or null; the calls before do not count then.
 */
export function compileRawRows(
  columns: readonly Column[],
): (items: RawItems, onRow: (cells: readonly string[]) => void) => boolean {
  const readers: ItemReader[] = [];
  const places: Places = [];
  let reader: ItemReader | undefined;
  const createReader = (json: string): ItemReader | undefined => {
    const item: unknown = JSON.parse(fromBytes(json));
    if (item === null || readers.length >= maxReaders) return undefined;
    const keys = toStoredKeys(item as object);
    const created = { keys, cells: columns.map((column) => compileCell(column, keys)) };
    readers.push(created);
    return created;
  };
  const findItem = (json: string, at: number): number => {
    let end = -1;
    reader = readers.find(({ keys }) => (end = findValues(json, at, keys, places)) !== -1);
    if (reader) return end;
    const endOfItem = findEnd(json, at);
    reader = endOfItem === -1 ? undefined : createReader(json.slice(at, endOfItem));
    return reader ? findValues(json, at, reader.keys, places) : -1;
  };
  return (items, onRow) =>
    items.forEach(findItem, (json) => {
      if (reader) onRow(reader.cells.map((read) => read(json, places)));
    });
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
  const parse = (json: string): string => toBytes(read(JSON.parse(fromBytes(json))));
  const empty = read(null);
  // A key that the item does not have.
  if (!found || (inner && depth < path.length)) return () => empty;
  const { place } = found;
  const isPlain = depth === path.length && read('text') === 'text';
  return (json, places) => {
    for (const object of around) if (isNull(json, places[object] ?? 0)) return empty;
    const [start, end] = [places[place] ?? 0, places[place + 1] ?? 0];
    if (isNull(json, start)) return empty;
    const first = json.charCodeAt(start);
    if (!isPlain || first === openBracket || first === openBrace) return parse(json.slice(start, end));
    // A number, true or false.
    if (first !== quote) return read(JSON.parse(json.slice(start, end)));
    const text = json.slice(start + 1, end - 1);
    return text.includes('\\') ? parse(json.slice(start, end)) : text;
  };
}
