import { readReply } from './parse-response.js';
import type { SubgraphReply } from './subgraph.js';

/** One answer for many, each of whom may change what he gets. */
export class SharedReply {
  readonly #text: string;
  #first: SubgraphReply | undefined;

  /** @throws SubgraphFailure when the text is no answer. */
  constructor(text: string) {
    this.#text = text;
    this.#first = readReply(text);
  }

  /** Mostly there is only one who asks: he gets the copy by which the text was found to be sound. */
  take(): SubgraphReply {
    const copy = this.#first ?? readReply(this.#text);
    this.#first = undefined;
    return copy;
  }
}
