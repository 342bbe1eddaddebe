import { LRUCache } from 'lru-cache';

import type { RawHeaders } from '../http-error.js';

const maxBytes = 1_000_000;
const entryOverheadBytes = 2_000;

/** The headers that Apollo Server sets in a successful response, by the request's `Accept`, on which they depend. */
export class RememberedHeaders {
  readonly #byAccept = new LRUCache<string, RawHeaders>({
    maxSize: maxBytes,
    sizeCalculation: (headers, accept) => headers.join().length + accept.length + entryOverheadBytes,
  });

  get(accept: string): RawHeaders | undefined {
    return this.#byAccept.get(accept);
  }

  remember(accept: string, { status, headers }: { readonly status: number; readonly headers: RawHeaders }): void {
    if (status === 200 && !this.#byAccept.has(accept)) this.#byAccept.set(accept, headers);
  }
}
