import { setTimeout as sleep } from 'node:timers/promises';

import { LRUCache } from 'lru-cache';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

import { HttpError, type RawHeaders } from '../http-error.js';

/** What each request costs, besides its operation: also one that is served from a cache, or rejected. */
export const requestCost = 100;
/** The header that states what a request was charged. */
export const requestCostHeader = 'x-request-cost';
/** A larger request or response costs a point per kilobyte: to parse it, or to send it even from a cache, takes as long as many small ones. */
const freeBytes = 64 * 1024;
const windowSeconds = 60;
/** The clients that are remembered at a time, some hundred bytes each: someone with many addresses forgets others, and takes no memory. */
const defaultMaxClients = 100_000;

interface Budget {
  readonly limiter: RateLimiterMemory;
  readonly perMinute: number;
  /** The value of the header that states the budget. */
  readonly policy: string;
}

/** Gives each client a budget of cost per minute. Cost is that of operations, as `estimateCost` estimates it. */
export class CostBudget {
  readonly #budget: Budget;
  readonly #clients: LRUCache<string, true>;

  constructor(perMinute: number, maxClients = defaultMaxClients) {
    this.#clients = new LRUCache({
      max: maxClients,
      dispose: (_value, client) => void this.#budget.limiter.delete(client),
      // Only the eviction of a client forgets it.
      noDisposeOnSet: true,
    });
    this.#budget = {
      perMinute,
      limiter: new RateLimiterMemory({ points: perMinute, duration: windowSeconds }),
      policy: `"cost";q=${perMinute};w=${windowSeconds}`,
    };
  }

  /** Opens the account of a client, for one request. */
  open(client: string): CostAccount {
    this.#clients.set(client, true);
    return new CostAccount(this.#budget, client);
  }
}

/** What one request is charged to. */
export class CostAccount {
  readonly #budget: Budget;
  readonly #client: string;
  #state: RateLimiterRes | undefined;
  #rejection: HttpError | undefined;
  #operationCost = 0;
  #charged = 0;

  constructor(budget: Budget, client: string) {
    this.#budget = budget;
    this.#client = client;
  }

  /** The error of a charge that was rejected. */
  get rejection(): HttpError | undefined {
    return this.#rejection;
  }

  /** The cost of the operation, once it was charged. */
  get operationCost(): number {
    return this.#operationCost;
  }

  /** Charges the operation before it is executed, as `charge` does. */
  async chargeOperation(cost: number): Promise<void> {
    await this.charge(cost);
    this.#operationCost = cost;
  }

  /**
   * Charges work before it is done. What is rejected is not charged.
   *
   * @throws HttpError RATE_LIMITED when the client has less left; QUERY_TOO_LARGE when it is more than the budget of a minute.
   */
  async charge(cost: number): Promise<void> {
    const { limiter, perMinute } = this.#budget;
    if (cost > perMinute) throw (this.#rejection = exceedsBudget(cost, perMinute));
    try {
      this.#state = await limiter.consume(this.#client, cost);
      this.#charged += cost;
    } catch (reason) {
      // The limiter rejects with its state when the limit is exceeded.
      if (!(reason instanceof RateLimiterRes)) throw reason;
      this.#state = await limiter.reward(this.#client, cost);
      throw (this.#rejection = this.#rateLimited(cost));
    }
  }

  /**
   * Charges work as `charge` does, as soon as the client has enough left: for a response that has begun.
   *
   * @throws HttpError QUERY_TOO_LARGE, or the reason of the signal once it is aborted.
   */
  async chargeWhenAvailable(cost: number, signal: AbortSignal): Promise<void> {
    for (;;) {
      try {
        await this.charge(cost);
        return;
      } catch (error) {
        if (!(error instanceof HttpError) || error.code !== 'RATE_LIMITED') throw error;
        await sleep(this.#secondsLeft() * 1_000, undefined, { signal });
      }
    }
  }

  /** Charges work that is done already, such as rejecting a text. */
  async chargeAfterwards(cost: number): Promise<void> {
    this.#charged += cost;
    this.#state = await this.#budget.limiter.penalty(this.#client, cost);
  }

  /** Charges a request or a response of this size. */
  chargeBytes(bytes: number): void {
    if (bytes > freeBytes) void this.chargeAfterwards(bytes >> 10);
  }

  /** The budget with what the client has left of it, and what this request was charged. */
  headers(): RawHeaders {
    return [...this.budgetHeaders(), requestCostHeader, String(this.#charged)];
  }

  /** The budget, and what the client has left of it: draft-ietf-httpapi-ratelimit-headers. Its registry has no unit for cost. */
  budgetHeaders(): RawHeaders {
    const remaining = this.#state?.remainingPoints ?? this.#budget.perMinute;
    return ['ratelimit-policy', this.#budget.policy, 'ratelimit', `"cost";r=${remaining};t=${this.#secondsLeft()}`];
  }

  #secondsLeft(): number {
    return Math.max(1, Math.ceil((this.#state?.msBeforeNext ?? windowSeconds * 1000) / 1000));
  }

  #rateLimited(cost: number): HttpError {
    const { perMinute } = this.#budget;
    const used = this.#state?.consumedPoints ?? 0;
    return new HttpError(
      `Your requests may cost ${perMinute} a minute. This one costs ${cost}, and you have ${Math.max(0, perMinute - used)} left. Retry after the seconds in Retry-After.`,
      {
        status: 429,
        code: 'RATE_LIMITED',
        headers: ['retry-after', String(this.#secondsLeft())],
        exceeded: { limit: 'costPerMinute', found: used + cost, allowed: perMinute },
      },
    );
  }
}

const exceedsBudget = (cost: number, perMinute: number): HttpError =>
  new HttpError(
    `The operation costs ${cost}; the requests of a client may cost ${perMinute} a minute. Split it into several operations, or request fewer rows.`,
    {
      status: 400,
      code: 'QUERY_TOO_LARGE',
      exceeded: { limit: 'costPerMinute', found: cost, allowed: perMinute },
    },
  );
