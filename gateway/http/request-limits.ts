import type { ServerResponse } from 'node:http';

import { bulkhead } from 'cockatiel';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

import { HttpError, type RawHeaders } from '../../services/kit/http-error.js';

export interface RequestLimitOptions {
  /** How many requests one client may send in a minute; 0 for no limit. */
  readonly requestsPerMinute: number;
  /** How many requests may be in progress at the same time. */
  readonly maxConcurrentRequests: number;
}

/** Rejects requests of a client that sends too many, and all requests while the gateway is overloaded. */
export interface RequestLimits {
  /**
   * Counts a request of a client.
   *
   * @returns headers with the number of requests that the client has left.
   * @throws HttpError RATE_LIMITED
   */
  readonly countRequest: (client: string) => Promise<RawHeaders>;
  /**
   * Takes one of the places for concurrent requests until the response is closed. Call it after the request was read: a
   * request that is sent slowly must not take a place.
   *
   * @throws HttpError OVERLOADED
   */
  readonly admit: (response: ServerResponse) => void;
}

export const createRequestLimits = ({
  requestsPerMinute,
  maxConcurrentRequests,
}: RequestLimitOptions): RequestLimits => ({
  countRequest: requestsPerMinute > 0 ? limitRate(requestsPerMinute) : () => Promise.resolve([]),
  admit: limitConcurrency(maxConcurrentRequests),
});

const windowSeconds = 60;

function limitRate(maxRequests: number): RequestLimits['countRequest'] {
  const limiter = new RateLimiterMemory({ points: maxRequests, duration: windowSeconds });
  const policy = `"client";q=${maxRequests};w=${windowSeconds}`;
  return async (client) => {
    const { consumedPoints, remainingPoints, msBeforeNext } = await limiter.consume(client).catch(asRejection);
    const seconds = Math.max(1, Math.ceil(msBeforeNext / 1000));
    const headers = ['ratelimit-policy', policy, 'ratelimit', `"client";r=${remainingPoints};t=${seconds}`];
    if (consumedPoints <= maxRequests) return headers;
    throw new HttpError(`You may send ${maxRequests} requests a minute. Retry after the seconds in Retry-After.`, {
      status: 429,
      code: 'RATE_LIMITED',
      headers: [...headers, 'retry-after', String(seconds)],
      exceeded: { limit: 'requestsPerMinute', found: consumedPoints, allowed: maxRequests },
    });
  };
}

/** The limiter rejects with its state when the limit is exceeded. */
function asRejection(reason: unknown): RateLimiterRes {
  if (reason instanceof RateLimiterRes) return reason;
  throw reason;
}

/** There is no queue, which would only make all clients wait longer. */
function limitConcurrency(maxConcurrentRequests: number): RequestLimits['admit'] {
  const limiter = bulkhead(maxConcurrentRequests);
  return (response) => {
    if (limiter.executionSlots === 0) {
      throw new HttpError('The gateway is overloaded. Retry in a second.', {
        status: 503,
        code: 'OVERLOADED',
        headers: ['retry-after', '1'],
        exceeded: { limit: 'requestsAtOnce', found: maxConcurrentRequests + 1, allowed: maxConcurrentRequests },
      });
    }
    void limiter.execute(() => new Promise<void>((resolve) => response.once('close', resolve)));
  };
}
