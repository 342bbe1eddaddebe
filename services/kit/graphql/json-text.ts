import { randomUUID } from 'node:crypto';

/** A value of a response that is JSON already: it is written as it is. */
export class JsonText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** Called by `JSON.stringify` only: see `toJson`. */
  toJSON(): string {
    written.push(this.text);
    return placeholder;
  }
}

/** No client and no database knows it. */
const placeholder = randomUUID();
const quotedPlaceholder = `"${placeholder}"`;
let written: string[] = [];

/** Writes a value, in which there may be texts of JSON. */
export function toJson(value: object): string {
  written = [];
  const json = JSON.stringify(value);
  if (written.length === 0) return json;
  const texts = written;
  written = [];
  return json
    .split(quotedPlaceholder)
    .map((part, index) => part + (texts[index] ?? ''))
    .join('');
}

/** Parses the texts of JSON in a value. */
export const parseJsonTexts = <Value extends object>(value: Value): Value => JSON.parse(toJson(value)) as Value;
