import { setImmediate as nextTurn } from 'node:timers/promises';

import { parseResponse } from './parse-response.js';
import { checkValues } from './response-limits.js';
import type { ScanBody, SubgraphResponse } from './subgraph.js';

/** The length of a body whose parsing takes so long that other work should run between two copies. */
const largeBodyLength = 256 * 1024;

/** One response for several callers, each of which may change its copy. */
export class SharedResponse {
  readonly #body: Buffer;
  readonly #scan: ScanBody | undefined;
  #first: SubgraphResponse | undefined;
  #lastCopy: Promise<unknown> = Promise.resolve();

  /**
   * @param scan of the first caller, which reads the response without parsing it, if it can.
   * @throws SubgraphError when the body is not a valid response.
   */
  constructor(body: Buffer, scan?: ScanBody) {
    this.#body = body;
    this.#scan = scan;
    this.#first = this.#read(scan);
  }

  /** Mostly there is only one caller: it gets the copy that was read to validate the body. */
  takeCopy(scan?: ScanBody): SubgraphResponse | Promise<SubgraphResponse> {
    const first = this.#first;
    if (first && (scan === this.#scan || !first.isValidated)) {
      this.#first = undefined;
      return first;
    }
    if (this.#body.length < largeBodyLength) return this.#read(scan);
    const copy = this.#lastCopy.then(() => nextTurn()).then(() => this.#read(scan));
    this.#lastCopy = copy;
    return copy;
  }

  #read(scan: ScanBody | undefined): SubgraphResponse {
    const scanned = scan?.(this.#body);
    if (scanned) return scanned;
    checkValues(this.#body);
    return parseResponse(this.#body.toString('utf8'));
  }
}
