import { findEnd, type JsonBytes, toJsonBytes } from '../../kit/json-bytes.js';

const [comma, lineFeed] = [0x2c, 0x0a];

/** The items of a page as the gateway wrote them: JSON in UTF-8. */
export class RawItems {
  readonly #json: JsonBytes;

  /** @param json the items, and the bracket behind the last one. */
  constructor(json: Buffer) {
    this.#json = toJsonBytes(json);
  }

  parse(): (Readonly<Record<string, unknown>> | null)[] {
    return JSON.parse(`[${this.#json.bytes.toString()}`) as (Readonly<Record<string, unknown>> | null)[];
  }

  /**
   * Finds the items.
   *
   * @param findItem returns where the item ends that begins at a place; -1 if that is not clear.
   * @param onItem is called with the places where each begins and ends.
   * @returns whether all items were found.
   */
  forEach(
    findItem: (json: JsonBytes, start: number) => number,
    onItem: (json: JsonBytes, start: number, end: number) => void,
  ): boolean {
    const json = this.#json;
    const { bytes } = json;
    const last = bytes.length - 1;
    for (let start = 0; start < last;) {
      const end = findItem(json, start);
      if (end === -1 || end > last) return false;
      onItem(json, start, end);
      if (end === last) return true;
      if (bytes[end] !== comma) return false;
      start = end + 1;
    }
    return last === 0;
  }

  /**
   * A line for each item, in the place of the items, which cannot be read after that: a copy of each page takes longer than finding them.
   *
   * @returns undefined if it is not clear where an item ends. The items are as before then.
   */
  toLines(): { readonly bytes: readonly Buffer[]; readonly count: number } | undefined {
    const ends: number[] = [];
    const areFound = this.forEach(findEnd, (_json, _start, end) => ends.push(end));
    if (!areFound) return undefined;
    const { bytes } = this.#json;
    for (const end of ends) bytes[end] = lineFeed;
    return { bytes: ends.length === 0 ? [] : [bytes], count: ends.length };
  }
}
