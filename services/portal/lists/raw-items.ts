import { findEnd } from '../../kit/json-shape.js';
import type { ListItem } from './read-list.js';
import type { ListOperation } from './list-operation.js';

/** The items of a page as the gateway wrote them: JSON, without the brackets around them. */
export class RawItems {
  readonly json: string;

  constructor(json: string) {
    this.json = json;
  }

  parse(): ListItem[] {
    return JSON.parse(`[${this.json}]`) as ListItem[];
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

/** A response in two parts. */
interface SplitResponse {
  /** The response without the items of its list. */
  readonly rest: string;
  readonly items: RawItems;
}

/** Only the selection of a page has it, behind the items: a text in JSON has no quote without a backslash. */
const afterItems = '],"pageInfo":{';

/** Creates what takes the items out of a response, which need not be parsed. Undefined: the response has to be parsed as a whole. */
export function createSplitter({
  path,
  items,
}: Pick<ListOperation, 'path' | 'items'>): (response: string) => SplitResponse | undefined {
  const begin = `{"data":{${[...path, items].map((key) => `${JSON.stringify(key)}:`).join('{')}[`;
  return (response) => {
    const end = response.lastIndexOf(afterItems);
    if (items === 'list' || end < begin.length || !response.startsWith(begin)) return undefined;
    return {
      rest: response.slice(0, begin.length) + response.slice(end),
      items: new RawItems(response.slice(begin.length, end)),
    };
  };
}
