import { parseResponse } from './parse-response.js';
import type { SubgraphResponse } from './subgraph.js';

/** One response for several callers, each of which may change its copy. */
export class SharedResponse {
  readonly #text: string;
  #first: SubgraphResponse | undefined;

  /** @throws SubgraphError when the text is not a valid response. */
  constructor(text: string) {
    this.#text = text;
    this.#first = parseResponse(text);
  }

  /** Mostly there is only one caller: it gets the copy that was parsed to validate the text. */
  takeCopy(): SubgraphResponse {
    const copy = this.#first ?? parseResponse(this.#text);
    this.#first = undefined;
    return copy;
  }
}
