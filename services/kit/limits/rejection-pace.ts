import type { ServerResponse } from 'node:http';

import { LRUCache } from 'lru-cache';

import { onceClosed } from '../once-closed.js';

/** The time between two rejections of one client. */
const intervalMs = 20;
/** So many are sent at once: a client that sends a burst learns immediately what it may send. */
const burst = 20;
/** The longest delay: a client that sends over thousands of connections waits as long with each of them. */
const maxDelayMs = 10_000;
/** The rejections of all clients that wait at a time, some kilobytes each; further ones are sent at once, and close their connections. */
const maxWaiting = 5_000;
/** The clients that are remembered: someone with many addresses is delayed less. */
const maxClients = 10_000;

/** Whether an operation was rejected, with this status: to parse and validate it took milliseconds. */
export const isRejection = (status: number): boolean => status >= 400 && status < 500;

/**
 * Delays the rejections of a client that exceeds its limits, or sends invalid operations, again and again, and its preflight requests
 * and probes, which have no cost. Such a client mostly sends the next request when it gets the response to the last: without a delay,
 * reading and rejecting the requests of 500 connections, or validating those of eight, takes all of a process's time.
 */
export class RejectionPace {
  /** When the next rejection of each client is due, in milliseconds of `performance.now()`. */
  readonly #dueAt = new LRUCache<string, number>({ max: maxClients });
  #waiting = 0;

  /** Resolves when a client's rejection may be sent, or its connection is closed. Undefined: it may be sent at once. */
  wait(client: string, response: ServerResponse): Promise<void> | undefined {
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
