import type { ServerResponse } from 'node:http';

import { MemoryStore, type Options } from 'express-rate-limit';

import { type RawHeaders, Refusal } from '../request/http-error.js';

export interface GuardOptions {
  /** How many requests one client may send in a minute; 0 for as many as it likes. */
  readonly requestsPerMinute: number;
  /** How many requests may be under way at once. */
  readonly mostAtOnce: number;
}

/** Turns away whoever asks too often, and everybody while there is too much to do: early, and in words that a client can act on. */
export interface Guards {
  /**
   * Counts a request of a client.
   *
   * @returns headers that tell the client how much it may still ask.
   * @throws Refusal RATE_LIMITED
   */
  readonly count: (client: string) => Promise<RawHeaders>;
  /**
   * Takes a place among the requests under way until the response is closed. For a request that was read: one that is sent
   * slowly takes nobody's place.
   *
   * @throws Refusal OVERLOADED
   */
  readonly enter: (response: ServerResponse) => void;
}

export const createGuards = ({ requestsPerMinute, mostAtOnce }: GuardOptions): Guards => ({
  count: requestsPerMinute > 0 ? limitRate(requestsPerMinute) : () => Promise.resolve([]),
  enter: shedLoad(mostAtOnce),
});

const windowMs = 60_000;

/** The store of express-rate-limit without its middleware, which takes longer than all the rest of a kept answer. */
function limitRate(limit: number): Guards['count'] {
  const store = new MemoryStore();
  store.init({ windowMs } as Options);
  const policy = `"client";q=${limit};w=${windowMs / 1000}`;
  return async (client) => {
    const { totalHits, resetTime } = await store.increment(client);
    const seconds = Math.max(1, Math.ceil(((resetTime?.getTime() ?? 0) - Date.now()) / 1000));
    const left = Math.max(0, limit - totalHits);
    const headers = ['ratelimit-policy', policy, 'ratelimit', `"client";r=${left};t=${seconds}`];
    if (totalHits <= limit) return headers;
    throw new Refusal(`You may send ${limit} requests a minute. Wait as long as Retry-After says.`, {
      status: 429,
      code: 'RATE_LIMITED',
      headers: [...headers, 'retry-after', String(seconds)],
      passed: { limit: 'requestsPerMinute', found: totalHits, allowed: limit },
    });
  };
}

/** A queue would only make everybody wait longer: whoever finds too many before him may come again. */
function shedLoad(mostAtOnce: number): Guards['enter'] {
  let underWay = 0;
  const leave = (): void => {
    underWay -= 1;
  };
  return (response) => {
    if (underWay >= mostAtOnce) {
      throw new Refusal('There is too much to do just now. Ask again in a second.', {
        status: 503,
        code: 'OVERLOADED',
        headers: ['retry-after', '1'],
        passed: { limit: 'requestsAtOnce', found: underWay + 1, allowed: mostAtOnce },
      });
    }
    underWay += 1;
    response.once('close', leave);
  };
}
