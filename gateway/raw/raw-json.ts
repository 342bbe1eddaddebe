import { randomUUID } from 'node:crypto';

/**
 * A part of a subgraph's response that is sent to the client as it came: it is validated, and contains what the client selected and
 * nothing else. It is not parsed, because parsing it and writing it again takes most of the time of a large response.
 */
export class RawJson {
  /** Its bytes, one character for each. */
  readonly bytes: string;

  constructor(bytes: string) {
    this.bytes = bytes;
  }

  /** Called by `JSON.stringify` only. */
  toJSON(): string {
    written.push(this);
    return placeholder;
  }
}

/** No subgraph and no client knows it. */
const placeholder = randomUUID();
const quotedPlaceholder = `"${placeholder}"`;
let written: RawJson[] = [];

/** Writes a value, in which there may be raw JSON, as a line of JSON in UTF-8. The buffer has exactly its size. */
export function toJsonLine(value: object): Buffer {
  written = [];
  const texts = `${JSON.stringify(value)}\n`.split(quotedPlaceholder);
  const raw = written;
  written = [];
  const size = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const body = Buffer.allocUnsafeSlow(raw.reduce((sum, { bytes }) => sum + bytes.length, size));
  let at = 0;
  for (const [index, text] of texts.entries()) {
    at += body.write(text, at);
    const next = raw[index];
    if (next) at += body.write(next.bytes, at, 'latin1');
  }
  return body;
}

/** Parses what is raw in a value. */
export const parseRaw = <Value extends object>(value: Value): Value =>
  JSON.parse(toJsonLine(value).toString()) as Value;
