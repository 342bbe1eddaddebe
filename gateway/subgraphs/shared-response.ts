import { setImmediate as nextTurn } from 'node:timers/promises';

import { parseResponse } from './parse-response.js';
import type { SubgraphResponse } from './subgraph.js';

/** The length of a text whose parsing takes so long that other work should run between two copies. */
const largeTextLength = 256 * 1024;

/** One response for several callers, each of which may change its copy. */
export class SharedResponse {
  readonly #text: string;
  #first: SubgraphResponse | undefined;
  #lastCopy: Promise<unknown> = Promise.resolve();

  /** @throws SubgraphError when the text is not a valid response. */
  constructor(text: string) {
    this.#text = text;
    this.#first = parseResponse(text);
  }

  /** Mostly there is only one caller: it gets the copy that was parsed to validate the text. */
  takeCopy(): SubgraphResponse | Promise<SubgraphResponse> {
    const first = this.#first;
    this.#first = undefined;
    if (first) return first;
    if (this.#text.length < largeTextLength) return parseResponse(this.#text);
    const copy = this.#lastCopy.then(() => nextTurn()).then(() => parseResponse(this.#text));
    this.#lastCopy = copy;
    return copy;
  }
}
