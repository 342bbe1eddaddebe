import { setImmediate as nextTurn } from 'node:timers/promises';

import { checkNames } from './check-names.js';
import type { SubgraphRequest } from './fetch-with-retry.js';
import { parseResponse } from './parse-response.js';
import { checkValues } from './response-limits.js';
import type { ScanBody, SubgraphResponse } from './subgraph.js';

/** The length of a body whose parsing takes so long that other work should run between two copies. */
const largeBodyLength = 256 * 1024;

/** One response for several callers, each of which may change its copy. */
export class SharedResponse {
  readonly #body: Buffer;
  readonly #request: Pick<SubgraphRequest, 'body' | 'scan'>;
  #isChecked = false;
  #first: SubgraphResponse | undefined;
  #lastCopy: Promise<unknown> | undefined;

  /**
   * @param request of the first caller, whose `scan` reads the response without parsing it, if it can.
   * @throws SubgraphError when the body is not a valid response.
   */
  constructor(body: Buffer, request: Pick<SubgraphRequest, 'body' | 'scan'>) {
    this.#body = body;
    this.#request = request;
    this.#first = this.#read(request.scan);
  }

  /** Mostly there is only one caller: it gets the copy that was read to validate the body. */
  takeCopy(scan?: ScanBody): SubgraphResponse | Promise<SubgraphResponse> {
    const first = this.#first;
    if (first && (scan === this.#request.scan || !first.isValidated)) {
      this.#first = undefined;
      return first;
    }
    if (this.#body.length < largeBodyLength) return this.#read(scan);
    const copy = (this.#lastCopy ?? Promise.resolve()).then(() => nextTurn()).then(() => this.#read(scan));
    this.#lastCopy = copy;
    return copy;
  }

  #read(scan: ScanBody | undefined): SubgraphResponse {
    const scanned = scan?.(this.#body);
    if (scanned) return scanned;
    if (!this.#isChecked) {
      checkValues(this.#body);
      if (this.#body.length >= largeBodyLength) checkNames(this.#body, this.#request.body);
      this.#isChecked = true;
    }
    return parseResponse(this.#body.toString('utf8'));
  }
}
