import type { ServerResponse } from 'node:http';

import { LRUCache } from 'lru-cache';

import { onceClosed } from '../once-closed.js';

/** The longest delay: a client that sends over thousands of connections waits as long with each of them. */
const maxDelayMs = 10_000;
/** The responses of all clients that wait at a time, some kilobytes each; further ones are sent at once, and close their connections. */
const maxWaiting = 5_000;
/** The clients that are remembered: someone with many addresses is delayed less. */
const maxClients = 10_000;

export interface ClientPaceOptions {
  /** The time between two responses of one client, in milliseconds. */
  readonly intervalMs: number;
  /** So many are sent at once. */
  readonly burst: number;
}

/**
 * Delays the responses of a client, so that it gets no more of them in a second than it may. A client that sends many requests mostly sends
 * the next one when it gets the response to the last.
 */
export class ClientPace {
  readonly #options: ClientPaceOptions;
  /** When the next response of each client is due, in milliseconds of `performance.now()`. */
  readonly #dueAt = new LRUCache<string, number>({ max: maxClients });
  #waiting = 0;

  constructor(options: ClientPaceOptions) {
    this.#options = options;
  }

  /** Resolves when a client's response may be sent, or its connection is closed. Undefined: it may be sent at once. */
  wait(client: string, response: ServerResponse): Promise<void> | undefined {
    const { intervalMs, burst } = this.#options;
    const now = performance.now();
    const dueAt = Math.max(this.#dueAt.get(client) ?? -Infinity, now - burst * intervalMs) + intervalMs;
    const delayMs = Math.min(dueAt - now, maxDelayMs);
    this.#dueAt.set(client, now + delayMs);
    if (delayMs <= 0) return undefined;
    if (this.#waiting >= maxWaiting) {
      response.shouldKeepAlive = false;
      return undefined;
    }
    this.#waiting += 1;
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        stopListening();
        this.#waiting -= 1;
        resolve();
      };
      const timer = setTimeout(end, delayMs);
      const stopListening = onceClosed(response, end);
    });
  }
}
