import { parseResponse } from './parse-response.js';
import type { SubgraphResponse } from './subgraph.js';

/** One answer for many, each of whom may change what he gets. */
export class SharedResponse {
  readonly #text: string;
  #first: SubgraphResponse | undefined;

  /** @throws SubgraphFailure when the text is no answer. */
  constructor(text: string) {
    this.#text = text;
    this.#first = parseResponse(text);
  }

  /** Mostly there is only one who asks: he gets the copy by which the text was found to be sound. */
  takeCopy(): SubgraphResponse {
    const copy = this.#first ?? parseResponse(this.#text);
    this.#first = undefined;
    return copy;
  }
}
