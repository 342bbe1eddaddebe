import type { ServerResponse } from 'node:http';

import { MemoryStore, type Options } from 'express-rate-limit';

import { type RawHeaders, HttpError } from '../request/http-error.js';

export interface RequestLimitOptions {
  /** How many requests one client may send in a minute; 0 for as many as it likes. */
  readonly requestsPerMinute: number;
  /** How many requests may be under way at once. */
  readonly maxConcurrentRequests: number;
}

/** Turns away whoever asks too often, and everybody while there is too much to do: early, and in words that a client can act on. */
export interface RequestLimits {
  /**
   * Counts a request of a client.
   *
   * @returns headers that tell the client how much it may still ask.
   * @throws HttpError RATE_LIMITED
   */
  readonly countRequest: (client: string) => Promise<RawHeaders>;
  /**
   * Takes a place among the requests under way until the response is closed. For a request that was read: one that is sent
   * slowly takes nobody's place.
   *
   * @throws HttpError OVERLOADED
   */
  readonly admit: (response: ServerResponse) => void;
}

export const createRequestLimits = ({
  requestsPerMinute,
  maxConcurrentRequests: mostAtOnce,
}: RequestLimitOptions): RequestLimits => ({
  countRequest: requestsPerMinute > 0 ? limitRate(requestsPerMinute) : () => Promise.resolve([]),
  admit: limitConcurrency(mostAtOnce),
});

const windowMs = 60_000;

/** The store of express-rate-limit without its middleware, which takes longer than all the rest of a kept answer. */
function limitRate(limit: number): RequestLimits['countRequest'] {
  const store = new MemoryStore();
  store.init({ windowMs } as Options);
  const policy = `"client";q=${limit};w=${windowMs / 1000}`;
  return async (client) => {
    const { totalHits, resetTime } = await store.increment(client);
    const seconds = Math.max(1, Math.ceil(((resetTime?.getTime() ?? 0) - Date.now()) / 1000));
    const left = Math.max(0, limit - totalHits);
    const headers = ['ratelimit-policy', policy, 'ratelimit', `"client";r=${left};t=${seconds}`];
    if (totalHits <= limit) return headers;
    throw new HttpError(`You may send ${limit} requests a minute. Wait as long as Retry-After says.`, {
      status: 429,
      code: 'RATE_LIMITED',
      headers: [...headers, 'retry-after', String(seconds)],
      exceeded: { limit: 'requestsPerMinute', found: totalHits, allowed: limit },
    });
  };
}

/** A queue would only make everybody wait longer: whoever finds too many before him may come again. */
function limitConcurrency(mostAtOnce: number): RequestLimits['admit'] {
  let underWay = 0;
  const leave = (): void => {
    underWay -= 1;
  };
  return (response) => {
    if (underWay >= mostAtOnce) {
      throw new HttpError('There is too much to do just now. Ask again in a second.', {
        status: 503,
        code: 'OVERLOADED',
        headers: ['retry-after', '1'],
        exceeded: { limit: 'requestsAtOnce', found: underWay + 1, allowed: mostAtOnce },
      });
    }
    underWay += 1;
    response.once('close', leave);
  };
}
