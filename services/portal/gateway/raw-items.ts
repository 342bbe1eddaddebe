import { findEnd } from '../../kit/json-shape.js';

/** The items of a page as the gateway wrote them: JSON, without the brackets around them. */
export class RawItems {
  readonly json: string;

  constructor(json: string) {
    this.json = json;
  }

  parse(): (Readonly<Record<string, unknown>> | null)[] {
    return JSON.parse(`[${this.json}]`) as (Readonly<Record<string, unknown>> | null)[];
  }

  /** Each item as JSON. Undefined: it is not clear where one ends. */
  split(): string[] | undefined {
    const { json } = this;
    const items: string[] = [];
    for (let at = 0; at < json.length; at += 1) {
      const end = findEnd(json, at);
      if (end === -1 || (end < json.length && json[end] !== ',')) return undefined;
      items.push(json.slice(at, end));
      at = end;
    }
    return items;
  }
}
