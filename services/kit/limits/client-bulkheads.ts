import { bulkhead, type BulkheadPolicy } from 'cockatiel';
import { LRUCache } from 'lru-cache';

/** The clients that are remembered: one that is forgotten in between gets another share, for a moment. */
const maxClients = 10_000;

/** Bounds how much of something each client does at the same time; the rest waits, in order. */
export class ClientBulkheads {
  readonly #bulkheads = new LRUCache<string, BulkheadPolicy>({ max: maxClients });
  readonly #maxPerClient: number;

  constructor(maxPerClient: number) {
    this.#maxPerClient = maxPerClient;
  }

  of(client: string): BulkheadPolicy {
    const existing = this.#bulkheads.get(client);
    if (existing) return existing;
    const created = bulkhead(this.#maxPerClient, Infinity);
    this.#bulkheads.set(client, created);
    return created;
  }
}
