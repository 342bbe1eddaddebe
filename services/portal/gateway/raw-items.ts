import { findEnd } from '../../kit/json-shape.js';

/** So much of a page is looked at as one text: V8 allocates a longer one where it collects garbage more slowly. */
const usualPartLength = 64 * 1024;
const newline = 0x0a;

/** The items of a page as the gateway wrote them: JSON in UTF-8, without the brackets around them. */
export class RawItems {
  readonly json: Buffer;

  constructor(json: Buffer) {
    this.json = json;
  }

  parse(): (Readonly<Record<string, unknown>> | null)[] {
    return JSON.parse(`[${this.json.toString()}]`) as (Readonly<Record<string, unknown>> | null)[];
  }

  /**
   * Finds the items in texts that have a character for each byte: what the JSON consists of is ASCII, and the rest need not be decoded.
   *
   * @param findItem returns where the item ends that begins at a place of a text; -1 if that is not clear, or the text ends before.
   * @param onItem is called with that text, and with the place behind the item in all the JSON.
   * @returns whether all items were found.
   */
  forEach(findItem: (bytes: string, at: number) => number, onItem: (bytes: string, end: number) => void): boolean {
    const { json } = this;
    let partLength = usualPartLength;
    let lastEnd = 0;
    for (let from = 0; from < json.length;) {
      const part = json.toString('latin1', from, from + partLength);
      const isLast = from + part.length === json.length;
      let at = 0;
      while (at < part.length) {
        const end = findItem(part, at);
        if (end === -1 || end > part.length || (end === part.length && !isLast)) break;
        if (end < part.length && part[end] !== ',') return false;
        lastEnd = from + end;
        onItem(part, lastEnd);
        at = end + 1;
      }
      if (isLast) break;
      partLength = at === 0 ? partLength * 2 : usualPartLength;
      from += at;
    }
    return lastEnd === json.length;
  }

  /** A line for each item. Undefined: it is not clear where one ends. */
  toLines(): { readonly bytes: Buffer; readonly count: number } | undefined {
    const bytes = Buffer.allocUnsafeSlow(this.json.length === 0 ? 0 : this.json.length + 1);
    this.json.copy(bytes);
    let count = 0;
    const areFound = this.forEach(findEnd, (_part, end) => {
      bytes[end] = newline;
      count += 1;
    });
    return areFound ? { bytes, count } : undefined;
  }
}
