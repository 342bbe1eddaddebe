import { randomUUID } from 'node:crypto';

/** A value of a response that is JSON in UTF-8 already: it is written as it is. */
export class JsonText {
  readonly pieces: readonly Buffer[];

  constructor(pieces: readonly Buffer[]) {
    this.pieces = pieces;
  }

  /** Called by `JSON.stringify` only: see `toJsonLine`. */
  toJSON(): string {
    written.push(this.pieces);
    return placeholder;
  }
}

/** No client and no database knows it. */
const placeholder = randomUUID();
const quotedPlaceholder = `"${placeholder}"`;
let written: (readonly Buffer[])[] = [];

/** Writes a value as a line of JSON. The result has bytes if there is JSON in the value that has. */
export function toJsonLine(value: object): string | Buffer {
  written = [];
  const json = `${JSON.stringify(value)}\n`;
  if (written.length === 0) return json;
  const texts = written;
  written = [];
  return Buffer.concat(
    json.split(quotedPlaceholder).flatMap((part, index) => [Buffer.from(part), ...(texts[index] ?? [])]),
  );
}

/** Parses the texts of JSON in a value. */
export const parseJsonTexts = <Value extends object>(value: Value): Value =>
  JSON.parse(toJsonLine(value).toString()) as Value;
