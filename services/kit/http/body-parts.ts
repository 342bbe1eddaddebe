/** A larger body is not given memory before it comes: a header can state any length. A page of an export is smaller. */
const maxAllocatedBytes = 1024 * 1024;

/**
 * Collects the parts of a body. If its length is known, each part is copied when it comes, so that it can be freed: V8 collects the garbage of
 * the whole heap the sooner, the more bytes are in use while it collects the youngest objects.
 */
export class BodyParts {
  readonly #length: number;
  readonly #parts: Uint8Array[] = [];
  #body: Buffer | undefined;
  #size = 0;

  /** @param contentLength as the header states it, of a body that is not decoded. Undefined or NaN: it is not known. */
  constructor(contentLength: string | number | undefined) {
    const length = Number(contentLength);
    this.#length = length <= maxAllocatedBytes ? length : 0;
  }

  /** How many bytes have come. */
  get size(): number {
    return this.#size;
  }

  add(part: Uint8Array): void {
    const start = this.#size;
    this.#size += part.byteLength;
    if (start === 0 && part.byteLength < this.#length) this.#body = Buffer.allocUnsafeSlow(this.#length);
    if (this.#body && this.#size <= this.#length) this.#body.set(part, start);
    else this.#parts.push(part);
  }

  /** What has come, in its order. */
  collected(): readonly Uint8Array[] {
    return this.#body ? [this.#body.subarray(0, this.#size), ...this.#parts] : this.#parts;
  }

  /** The body, once it has come. */
  finish(): Buffer {
    const [first, ...others] = this.collected();
    if (!first) return Buffer.alloc(0);
    return others.length === 0
      ? Buffer.from(first.buffer, first.byteOffset, first.byteLength)
      : Buffer.concat([first, ...others]);
  }
}
