import {
  BrokenCircuitError,
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
} from 'cockatiel';

import type { Logger } from '../../services/kit/observability/logger.js';
import { CircuitOpenError, FetchAbortedError } from './failures.js';

/** Open: the subgraph is not asked for a while. Half open: one fetch tries whether it answers again. */
export type BreakerState = 'closed' | 'open' | 'halfOpen';

export interface CircuitBreakerOptions {
  /** How many fetches fail one after the other before it opens. */
  readonly failures: number;
  readonly openMs: number;
}

export interface CircuitBreaker {
  /** Runs a fetch, which is told whether it is the one that tries. @throws NotAsked while the breaker is open. */
  readonly run: <Result>(fetch: (isTrial: boolean) => Promise<Result>) => Promise<Result>;
  readonly state: () => BreakerState;
}

/**
 * Failures in a row are counted, and not their share of all fetches: a subgraph that answers some is worth being asked, a
 * stranger who finds one slow question cannot close it for everybody, and one that is gone is noticed as soon at night as at noon.
 */
export function createCircuitBreaker(
  service: string,
  logger: Logger,
  { failures, openMs }: CircuitBreakerOptions,
): CircuitBreaker {
  /** When the latest of those fetches was begun that brought an answer. */
  let lastSuccessStartedAt = -Infinity;
  const staleErrors = new WeakSet<Error>();
  const isInconclusive = (error: Error): boolean => error instanceof FetchAbortedError || staleErrors.has(error);
  const policy: CircuitBreakerPolicy = circuitBreaker(
    // Cockatiel takes an error that is not handled here for a sign of life; the one fetch that tries must give a real one.
    handleWhen((error) => policy.state === CircuitState.HalfOpen || !isInconclusive(error)),
    { breaker: new ConsecutiveBreaker(failures), halfOpenAfter: openMs },
  );
  policy.onStateChange((state) => {
    if (state === CircuitState.Open) logger.warn({ service }, `${service} fails: it is not asked for ${openMs} ms`);
    else if (state === CircuitState.HalfOpen) logger.info({ service }, `${service} is tried again`);
    else logger.info({ service }, `${service} answers again`);
  });

  /**
   * Many may have waited while it hung, and fail together when it has answered others since: that says nothing of how it is now.
   */
  const trackStaleErrors = async <Result>(fetch: () => Promise<Result>): Promise<Result> => {
    const begun = performance.now();
    try {
      const result = await fetch();
      lastSuccessStartedAt = Math.max(lastSuccessStartedAt, begun);
      return result;
    } catch (error) {
      if (begun < lastSuccessStartedAt && error instanceof Error) staleErrors.add(error);
      throw error;
    }
  };

  return {
    run: async (fetch) => {
      // Cockatiel would let everybody wait for the one that tries; they have a deadline.
      if (policy.state === CircuitState.HalfOpen) throw new CircuitOpenError();
      try {
        return await policy.execute(() => trackStaleErrors(() => fetch(policy.state !== CircuitState.Closed)));
      } catch (error) {
        throw error instanceof BrokenCircuitError ? new CircuitOpenError() : error;
      }
    },
    state: () => stateNames[policy.state],
  };
}

const stateNames: Readonly<Record<CircuitState, BreakerState>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'halfOpen',
  // Only ever entered by hand, which nobody does.
  [CircuitState.Isolated]: 'open',
};
