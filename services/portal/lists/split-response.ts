import { RawItems } from '../gateway/raw-items.js';
import type { ListOperation } from './list-operation.js';

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
}: Pick<ListOperation, 'path' | 'items'>): (response: Buffer) => SplitResponse | undefined {
  const begin = Buffer.from(`{"data":{${[...path, items].map((key) => `${JSON.stringify(key)}:`).join('{')}[`);
  return (response) => {
    const end = response.lastIndexOf(afterItems);
    if (items === 'list' || end < begin.length || !response.subarray(0, begin.length).equals(begin)) return undefined;
    return {
      rest: begin.toString() + response.toString('utf8', end),
      items: new RawItems(response.subarray(begin.length, end + 1)),
    };
  };
}
