/** Of so many characters, V8 still allocates a text where it collects garbage fastest. */
const pieceLength = 16 * 1024;

/**
 * Collects a long text as bytes in UTF-8, piece by piece. In one piece, a text of hundreds of kilobytes takes longer: V8 allocates it among the
 * objects that it collects rarely, with two bytes for each character if a single one of them is not in Latin-1.
 */
export class TextBytes {
  readonly #pieces: Buffer[] = [];
  #text = '';

  add(text: string): void {
    this.#text += text;
    if (this.#text.length >= pieceLength) this.#encode();
  }

  /** The bytes of all that was added. */
  finish(): readonly Buffer[] {
    this.#encode();
    return this.#pieces;
  }

  #encode(): void {
    this.#pieces.push(Buffer.from(this.#text));
    this.#text = '';
  }
}
