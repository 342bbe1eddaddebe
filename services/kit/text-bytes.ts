/** Of so many characters, V8 still allocates a text where it collects garbage fastest. */
const pieceLength = 16 * 1024;

/**
 * Collects a long text as bytes, piece by piece. In one piece, a text of hundreds of kilobytes takes longer: V8 allocates it among the
 * objects that it collects rarely, with two bytes for each character if a single one of them is not in Latin-1.
 */
export class TextBytes {
  readonly #encoding: 'utf8' | 'latin1';
  readonly #pieces: Buffer[] = [];
  #text = '';

  constructor(encoding: 'utf8' | 'latin1') {
    this.#encoding = encoding;
  }

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
    this.#pieces.push(Buffer.from(this.#text, this.#encoding));
    this.#text = '';
  }
}
