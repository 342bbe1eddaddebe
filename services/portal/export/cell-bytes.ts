const [quote, comma, backslash, firstPrintable] = [0x22, 0x2c, 0x5c, 0x20];

const markBytes = (isMarked: (byte: number) => boolean): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, byte) => (isMarked(byte) ? 1 : 0));

/** What CSV may write in another form, and what JSON does. */
const special = markBytes((byte) => byte < firstPrintable || byte === quote || byte === comma || byte === backslash);
/** What a formula begins with. In UTF-8, wide forms of `=`, `+`, `-` and `@` begin with EF. */
const firstOfFormula = markBytes((byte) => '=+-@'.includes(String.fromCharCode(byte)) || byte === 0xef);

/** So much is sent at once. A part of the usual size is allocated in the time of a short one. */
const usualPieceBytes = 64 * 1024;

/** Rows of CSV as bytes, in pieces. */
export class CellBytes {
  readonly #pieces: Buffer[] = [];
  #piece = Buffer.alloc(0);
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
    }
    this.#rowStart = this.#at;
  }

  /** Removes what was added of the row. */
  cancelRow(): void {
    this.#at = this.#rowStart;
  }

  /** Adds a cell without quotes. False: it needs some, or another form, so that a library has to write the row. */
  addPlain(source: Buffer, start: number, end: number): boolean {
    if (start < end && firstOfFormula[source[start] ?? 0] === 1) return false;
    const piece = this.#piece;
    let to = this.#at;
    for (let from = start; from < end; from += 1, to += 1) {
      const byte = source[from] ?? 0;
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
