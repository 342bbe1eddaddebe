import { isUtf8 } from 'node:buffer';

import { RawJson } from './raw-json.js';

const [quote, backslash, minus, zero, nine] = [0x22, 0x5c, 0x2d, 0x30, 0x39];
const [firstPrintable, lastPrintable] = [0x20, 0x7e];
/** The first bytes of the letters from À to ſ, all of which consist of two: most letters with accents. */
const [firstAccented, lastAccented] = [0xc3, 0xc5];

/** What the texts of a field may be. */
export interface TextRule {
  readonly isValid: (value: unknown) => boolean;
  /** Texts up to this length are valid if they consist of printable ASCII characters and letters with accents. */
  readonly plainLength?: number | undefined;
}

/**
 * Reads JSON from its bytes, without parsing what is only passed on. It accepts what subgraphs usually write, and nothing else: each
 * function returns false, or `unexpected`, where the JSON is another, and the response is then parsed.
 */
export class JsonCursor {
  readonly bytes: Buffer;
  /** The bytes, one character for each: parts of a string are made faster than those of a buffer. */
  readonly text: string;
  at = 0;
  #parts: string[] = [];
  #keptFrom = 0;
  /** Whether the last text has characters other than printable ASCII ones and letters with accents; whether it has any other than ASCII. */
  #isUncommon = false;
  #isAscii = true;
  #isEscaped = false;

  /** @returns undefined if the bytes are no valid text. */
  static open(bytes: Buffer): JsonCursor | undefined {
    return isUtf8(bytes) ? new JsonCursor(bytes) : undefined;
  }

  private constructor(bytes: Buffer) {
    this.bytes = bytes;
    this.text = bytes.toString('latin1');
  }

  /** The next byte. */
  get next(): number | undefined {
    return this.bytes[this.at];
  }

  /** Moves over these bytes. */
  expect(expected: Uint8Array): boolean {
    const { bytes, at } = this;
    for (let index = 0; index < expected.length; index += 1) if (bytes[at + index] !== expected[index]) return false;
    this.at = at + expected.length;
    return true;
  }

  /** Moves over a scalar value other than null. */
  leaf(rule: TextRule): boolean {
    const first = this.bytes[this.at];
    if (first === quote) return this.#textOf(rule);
    if (first === minus || (first !== undefined && first >= zero && first <= nine)) return this.#number(rule);
    const isTrue = this.expect(jsonTrue);
    return (isTrue || this.expect(jsonFalse)) && rule.isValid(isTrue);
  }

  /** Moves over a value as `leaf` does, and returns it. */
  readLeaf(rule: TextRule): unknown {
    const start = this.at;
    if (!this.leaf(rule)) return unexpected;
    if (this.bytes[start] === quote && this.#isAscii && !this.#isEscaped)
      return this.text.slice(start + 1, this.at - 1);
    return JSON.parse(this.bytes.toString('utf8', start, this.at));
  }

  /** The type of the object at the cursor, if that is its first field. */
  peekTypename(): string | undefined {
    const start = this.at;
    const end = this.expect(typenamePrefix) ? this.#endOfText() : -1;
    const name = end === -1 || !this.#isAscii || this.#isEscaped ? undefined : this.text.slice(this.at + 1, end);
    this.at = start;
    return name;
  }

  /** Begins to keep what the cursor moves over. */
  begin(): void {
    this.#parts = [];
    this.#keptFrom = this.at;
  }

  /** Leaves out a part of what is kept, or replaces it. */
  cut(from: number, to: number, replacement = ''): void {
    this.#parts.push(this.text.slice(this.#keptFrom, from), replacement);
    this.#keptFrom = to;
  }

  /** Returns what was kept. */
  end(): RawJson {
    const last = this.text.slice(this.#keptFrom, this.at);
    return new RawJson(this.#parts.length === 0 ? last : this.#parts.join('') + last);
  }

  #textOf({ isValid, plainLength = -1 }: TextRule): boolean {
    const start = this.at + 1;
    const end = this.#endOfText();
    if (end === -1) return false;
    this.at = end + 1;
    if (!this.#isUncommon && !this.#isEscaped) {
      if (end - start <= plainLength) return true;
      if (this.#isAscii) return isValid(this.text.slice(start, end));
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
    for (let index = this.at + 1; index < bytes.length; index += 1) {
      const byte = bytes[index] ?? 0;
      if (byte === quote) return index;
      if (byte === backslash) {
        this.#isEscaped = true;
        index += 1;
      } else if (byte > lastPrintable) {
        this.#isAscii = false;
        if (byte < firstAccented || byte > lastAccented) this.#isUncommon = true;
        // The second byte of a letter.
        else index += 1;
      } else if (byte < firstPrintable) return -1;
    }
    return -1;
  }

  #number({ isValid }: TextRule): boolean {
    const start = this.at;
    let end = start + 1;
    while (isPartOfNumber(this.bytes[end])) end += 1;
    const written = this.text.slice(start, end);
    const value = Number(written);
    this.at = end;
    return String(value) === written && isValid(value);
  }
}

/** What a function returns instead of a value if the JSON is not the usual one. */
export const unexpected = Symbol('unexpected');

export const toBytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));
export const jsonNull = toBytes('null');
const typenamePrefix = toBytes('{"__typename":');
const [jsonTrue, jsonFalse] = [toBytes('true'), toBytes('false')];

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
