import { isUtf8 } from 'node:buffer';

import type { LeafRule } from '../validation/leaf-rules.js';
import { isAt, type Literal, toLiteral } from '../../services/kit/byte-literal.js';
import { findByte, hasHigh, hasLess, repeat, wordBytes } from '../../services/kit/four-bytes.js';
import { KeptBytes, type RawJson, toView } from './raw-json.js';

const [quote, backslash, minus, zero, nine, del] = [0x22, 0x5c, 0x2d, 0x30, 0x39, 0x7f];

/** What a byte in a text means. All other bytes are plain: printable ASCII and the letters from À to ſ, most letters with accents. */
const [plain, accented, special] = [0, 1, 2];
/** The meaning of each byte. */
const meanings = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte < 0x20 || byte === quote || byte === backslash || byte === del) return special;
  if (byte < 0x80) return plain;
  // The first byte of a letter from À to ſ, and what follows the first byte of any character.
  return (byte >= 0xc3 && byte <= 0xc5) || byte < 0xc0 ? accented : special;
});
const firstPrintable = 0x20;
const [quotes, backslashes, dels, firstPrintables] = [
  repeat(quote),
  repeat(backslash),
  repeat(del),
  repeat(firstPrintable),
];
/** Whether four bytes are plain ones in ASCII. */
const arePlain = (word: number): boolean =>
  !hasHigh(word) &&
  (findByte(word, quotes) | findByte(word, backslashes) | findByte(word, dels)) === 0 &&
  !hasLess(word, firstPrintables);

/** How many cursors were opened. */
let opened = 0;

/** What the values of a field may be. */
export type ScannedRule = Pick<LeafRule, 'isValid' | 'plainLength' | 'isUsual'>;

/**
 * Reads JSON from its bytes, without parsing what is only passed on. It accepts what subgraphs usually write, and nothing else: each
 * function returns false, or `unexpected`, where the JSON is another, and the response is then parsed.
 */
export class JsonCursor {
  readonly bytes: Buffer;
  at = 0;
  /** Of what was moved over so far: how many parts the client does not get as they are. */
  cuts = 0;
  /** No other cursor has it. */
  readonly number = (opened += 1);
  readonly #view: DataView;
  readonly #kept: KeptBytes;
  /** Of the last text: whether it has characters other than printable ASCII ones and letters with accents; whether it has any other than ASCII. */
  #isUncommon = false;
  #isAscii = true;
  #isEscaped = false;

  /** @returns undefined if the bytes are no valid text. */
  static open(bytes: Buffer): JsonCursor | undefined {
    return isUtf8(bytes) ? new JsonCursor(bytes) : undefined;
  }

  private constructor(bytes: Buffer) {
    this.bytes = bytes;
    this.#view = toView(bytes);
    this.#kept = new KeptBytes(bytes, this.#view);
  }

  /** The next byte. */
  get next(): number | undefined {
    return this.bytes[this.at];
  }

  /** Whether this comes next. */
  isNext(expected: Literal): boolean {
    return isAt(this.#view, this.at, expected);
  }

  /** Moves over this. */
  expect(expected: Literal): boolean {
    if (!isAt(this.#view, this.at, expected)) return false;
    this.at += expected.bytes.length;
    return true;
  }

  /** Moves over what was before from `start` to `end`, if that comes again. */
  repeat(start: number, end: number): boolean {
    const view = this.#view;
    const after = this.at + end - start;
    if (after > view.byteLength) return false;
    let [from, to] = [start, this.at];
    for (; from + wordBytes <= end; from += wordBytes, to += wordBytes)
      if (view.getInt32(from, true) !== view.getInt32(to, true)) return false;
    for (; from < end; from += 1, to += 1) if (view.getUint8(from) !== view.getUint8(to)) return false;
    this.at = after;
    return true;
  }

  /** Moves over a scalar value other than null. */
  leaf(rule: ScannedRule): boolean {
    const first = this.bytes[this.at];
    if (first === quote) return this.#textOf(rule);
    if (first === minus || (first !== undefined && first >= zero && first <= nine)) return this.#number(rule);
    const isTrue = this.expect(jsonTrue);
    return (isTrue || this.expect(jsonFalse)) && rule.isValid(isTrue);
  }

  /** Moves over a value as `leaf` does, and returns it. */
  readLeaf(rule: ScannedRule): unknown {
    const start = this.at;
    if (!this.leaf(rule)) return unexpected;
    if (this.bytes[start] === quote && this.#isAscii && !this.#isEscaped)
      return this.bytes.toString('latin1', start + 1, this.at - 1);
    return JSON.parse(this.bytes.toString('utf8', start, this.at));
  }

  /** The type of the object at the cursor, if that is its first field. */
  peekTypename(): string | undefined {
    const start = this.at;
    const end = this.expect(typenamePrefix) ? this.#endOfText() : -1;
    const name =
      end === -1 || !this.#isAscii || this.#isEscaped ? undefined : this.bytes.toString('latin1', this.at + 1, end);
    this.at = start;
    return name;
  }

  /** Begins to keep what the cursor moves over. */
  begin(): void {
    this.#kept.begin(this.at);
  }

  /** Leaves out a part of what is kept, or replaces it. */
  cut(from: number, to: number, replacement = ''): void {
    this.cuts += 1;
    this.#kept.cut(from, to, replacement);
  }

  /** Returns what was kept. */
  end(): RawJson {
    return this.#kept.end(this.at);
  }

  #textOf({ isValid, plainLength = -1, isUsual }: ScannedRule): boolean {
    const start = this.at + 1;
    const end = this.#endOfText();
    if (end === -1) return false;
    this.at = end + 1;
    if (!this.#isUncommon && !this.#isEscaped) {
      if (end - start <= plainLength) return true;
      if (this.#isAscii)
        return isUsual?.(this.bytes, start, end) === true || isValid(this.bytes.toString('latin1', start, end));
    }
    const written = this.bytes.toString('utf8', start - 1, end + 1);
    if (!this.#isEscaped) return isValid(written.slice(1, -1));
    const value = parseText(written);
    // A client gets texts as they are usually written.
    return isValid(value) && JSON.stringify(value) === written;
  }

  /** The index of the quote at the end of a text. */
  #endOfText(): number {
    const { bytes } = this;
    this.#isUncommon = false;
    this.#isAscii = true;
    this.#isEscaped = false;
    if (bytes[this.at] !== quote) return -1;
    const { length } = bytes;
    const view = this.#view;
    for (let index = this.at + 1; index < length; index += 1) {
      while (index + wordBytes <= length && arePlain(view.getInt32(index, true))) index += wordBytes;
      const byte = bytes[index] ?? 0;
      const meaning = meanings[byte];
      if (meaning === plain) continue;
      if (byte === quote) return index;
      if (byte < firstPrintable) return -1;
      if (byte === backslash) {
        this.#isEscaped = true;
        index += 1;
      } else {
        if (byte > 0x7f) this.#isAscii = false;
        if (meaning === special) this.#isUncommon = true;
      }
    }
    return -1;
  }

  #number({ isValid }: ScannedRule): boolean {
    const { bytes } = this;
    const start = this.at;
    let end = start;
    let value = 0;
    for (let byte = bytes[end] ?? 0; byte >= zero && byte <= nine; byte = bytes[end] ?? 0) {
      value = value * 10 + (byte - zero);
      end += 1;
    }
    if (isPartOfNumber(bytes[end]) || end - start > maxIntegerDigits || (bytes[start] === zero && end - start > 1))
      return this.#anyNumber(isValid);
    this.at = end;
    return isValid(value);
  }

  #anyNumber(isValid: ScannedRule['isValid']): boolean {
    const start = this.at;
    let end = start + 1;
    while (isPartOfNumber(this.bytes[end])) end += 1;
    const written = this.bytes.toString('latin1', start, end);
    const value = Number(written);
    this.at = end;
    return String(value) === written && isValid(value);
  }
}

/** All of them are written as they are read. */
const maxIntegerDigits = 15;

/** What a function returns instead of a value if the JSON is not the usual one. */
export const unexpected = Symbol('unexpected');

export const jsonNull = toLiteral('null');
const typenamePrefix = toLiteral('{"__typename":');
const [jsonTrue, jsonFalse] = [toLiteral('true'), toLiteral('false')];

/** Digits, `+`, `-`, `.`, `e` and `E`. */
const isPartOfNumber = (byte: number | undefined): boolean =>
  byte !== undefined &&
  ((byte >= zero && byte <= nine) ||
    byte === 0x2e ||
    byte === minus ||
    byte === 0x2b ||
    byte === 0x65 ||
    byte === 0x45);

function parseText(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
