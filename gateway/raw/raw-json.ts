import { randomUUID } from 'node:crypto';

/** Bytes of a response, and what is in their place where the client has another name. */
interface KeptParts {
  readonly bytes: Buffer;
  readonly view: DataView;
  /** Where each part begins and ends. Of an inserted one: the complement of its number, and its length. */
  readonly positions: number[];
  readonly inserted: Buffer[];
}

/**
 * A part of a subgraph's response that is sent to the client as it came: it is validated, and contains what the client selected and
 * nothing else. It is not parsed, because parsing it and writing it again takes most of the time of a large response.
 */
export class RawJson {
  readonly length: number;
  readonly #kept: KeptParts;
  /** The numbers of its first position, and of the one after its last. */
  readonly #first: number;
  readonly #last: number;

  constructor(kept: KeptParts, first: number, last: number) {
    const { positions } = kept;
    this.#kept = kept;
    this.#first = first;
    this.#last = last;
    let length = 0;
    for (let index = first; index < last; index += 2) {
      const from = positions[index] ?? 0;
      length += (positions[index + 1] ?? 0) - Math.max(from, 0);
    }
    this.length = length;
  }

  /** @param view of `target`. */
  copyTo(target: Buffer, view: DataView, at: number): void {
    const { bytes, positions, inserted, ...source } = this.#kept;
    let next = at;
    for (let index = this.#first; index < this.#last; index += 2) {
      const from = positions[index] ?? 0;
      const to = positions[index + 1] ?? 0;
      if (from < 0) next += inserted[~from]?.copy(target, next) ?? 0;
      else if (to - from > shortBytes) next += bytes.copy(target, next, from, to);
      else {
        copyWords(source.view, from, to, view, next);
        next += to - from;
      }
    }
  }

  /** Called by `JSON.stringify` only. */
  toJSON(): string {
    written.push(this);
    return placeholder;
  }
}

/** Shorter parts are copied word by word, because a call of Node takes longer. */
const shortBytes = 256;
const wordBytes = 4;

function copyWords(source: DataView, start: number, end: number, target: DataView, to: number): void {
  let [from, at] = [start, to];
  for (; from + wordBytes <= end; from += wordBytes, at += wordBytes)
    target.setInt32(at, source.getInt32(from, true), true);
  for (; from < end; from += 1, at += 1) target.setUint8(at, source.getUint8(from));
}

/** Notes which parts of a response are kept. They are copied once, when the client's response is written. */
export class KeptBytes {
  readonly #kept: KeptParts;
  #first = 0;
  #keptFrom = 0;

  constructor(bytes: Buffer, view: DataView) {
    this.#kept = { bytes, view, positions: [], inserted: [] };
  }

  begin(at: number): void {
    this.#first = this.#kept.positions.length;
    this.#keptFrom = at;
  }

  /** Leaves out the bytes between two positions, or replaces them. */
  cut(from: number, to: number, replacement: string): void {
    const { positions, inserted } = this.#kept;
    if (from > this.#keptFrom) positions.push(this.#keptFrom, from);
    if (replacement !== '') {
      const buffer = Buffer.from(replacement);
      positions.push(~inserted.length, buffer.length);
      inserted.push(buffer);
    }
    this.#keptFrom = to;
  }

  end(at: number): RawJson {
    const { positions } = this.#kept;
    positions.push(this.#keptFrom, at);
    return new RawJson(this.#kept, this.#first, positions.length);
  }
}

/** No subgraph and no client knows it. */
const placeholder = randomUUID();
const quotedPlaceholder = `"${placeholder}"`;
let written: RawJson[] = [];

/** Writes a value, in which there may be raw JSON, as a line of JSON in UTF-8. The buffer has exactly its size. */
export function toJsonLine(value: object): Buffer {
  written = [];
  const json = `${JSON.stringify(value)}\n`;
  const raw = written;
  written = [];
  if (raw.length === 0) return Buffer.from(json);
  const texts = json.split(quotedPlaceholder);
  const size = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const body = Buffer.allocUnsafeSlow(raw.reduce((sum, { length }) => sum + length, size));
  const view = toView(body);
  let at = 0;
  for (const [index, text] of texts.entries()) {
    at += body.write(text, at);
    const next = raw[index];
    next?.copyTo(body, view, at);
    at += next?.length ?? 0;
  }
  return body;
}

export const toView = ({ buffer, byteOffset, length }: Buffer): DataView => new DataView(buffer, byteOffset, length);

/** Parses what is raw in a value. */
export const parseRaw = <Value extends object>(value: Value): Value =>
  JSON.parse(toJsonLine(value).toString()) as Value;
