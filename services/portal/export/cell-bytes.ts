import { findByte, hasLess, repeat, wordBytes } from '../../kit/four-bytes.js';
import type { JsonBytes } from '../../kit/json-bytes.js';

const [quote, comma, backslash, firstPrintable] = [0x22, 0x2c, 0x5c, 0x20];
const [quotes, commas, backslashes, firstPrintables] = [
  repeat(quote),
  repeat(comma),
  repeat(backslash),
  repeat(firstPrintable),
];

const markBytes = (isMarked: (byte: number) => boolean): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, byte) => (isMarked(byte) ? 1 : 0));

/** What CSV may write in another form, and what JSON does. */
const special = markBytes((byte) => byte < firstPrintable || byte === quote || byte === comma || byte === backslash);
const hasSpecial = (word: number): boolean =>
  (findByte(word, quotes) | findByte(word, commas) | findByte(word, backslashes)) !== 0 ||
  hasLess(word, firstPrintables);
/** What a formula begins with. In UTF-8, wide forms of `=`, `+`, `-` and `@` begin with EF. */
const firstOfFormula = markBytes((byte) => '=+-@'.includes(String.fromCharCode(byte)) || byte === 0xef);

/** So much is sent at once. A part of the usual size is allocated in the time of a short one. */
const usualPieceBytes = 64 * 1024;

/** Rows of CSV as bytes, in pieces. */
export class CellBytes {
  readonly #pieces: Buffer[] = [];
  #piece = Buffer.alloc(0);
  #view = new DataView(this.#piece.buffer);
  #at = 0;
  #rowStart = 0;

  /** How many bytes fit behind what was added. */
  get room(): number {
    return this.#piece.length - this.#at;
  }

  /** Begins a row of at most so many bytes. */
  beginRow(maxBytes: number): void {
    if (this.room < maxBytes) {
      this.#endPiece();
      this.#piece = Buffer.allocUnsafeSlow(Math.max(maxBytes, usualPieceBytes));
      this.#view = new DataView(this.#piece.buffer);
    }
    this.#rowStart = this.#at;
  }

  /** Removes what was added of the row. */
  cancelRow(): void {
    this.#at = this.#rowStart;
  }

  /** Adds a cell without quotes. False: it needs some, or another form, so that a library has to write the row. */
  addPlain({ bytes, view }: JsonBytes, start: number, end: number): boolean {
    if (start < end && firstOfFormula[bytes[start] ?? 0] === 1) return false;
    const piece = this.#piece;
    let from = start;
    let to = this.#at;
    for (; from + wordBytes <= end; from += wordBytes, to += wordBytes) {
      const word = view.getInt32(from, true);
      if (hasSpecial(word)) return false;
      this.#view.setInt32(to, word, true);
    }
    for (; from < end; from += 1, to += 1) {
      const byte = bytes[from] ?? 0;
      if (special[byte] === 1) return false;
      piece[to] = byte;
    }
    this.#at = to;
    return true;
  }

  addByte(byte: number): void {
    this.#piece[this.#at] = byte;
    this.#at += 1;
  }

  /** Adds a row as it is. */
  addRow(row: Buffer): void {
    this.beginRow(row.length);
    this.#at += row.copy(this.#piece, this.#at);
  }

  /** All that was added. */
  finish(): readonly Buffer[] {
    this.#endPiece();
    return this.#pieces;
  }

  #endPiece(): void {
    if (this.#at > 0) this.#pieces.push(this.#piece.subarray(0, this.#at));
    this.#at = 0;
  }
}
