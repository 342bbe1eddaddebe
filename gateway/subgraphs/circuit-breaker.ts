import {
  BrokenCircuitError,
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState,
  handleWhen,
  type IBreaker,
  type IDisposable,
} from 'cockatiel';

import type { Logger } from '../../services/kit/observability/logger.js';
import { createRateLimitedLog, outage } from '../../services/kit/observability/rate-limited-log.js';
import { CircuitOpenError, FetchAbortedError } from './failures.js';

/** Open: the subgraph gets no requests for a while. Half open: one fetch, the probe, checks whether it responds again. */
export type BreakerState = 'closed' | 'open' | 'halfOpen';

export interface CircuitBreakerOptions {
  /** How many consecutive failures open it. One for which clients waited counts once for each second, up to half of this number. */
  readonly failures: number;
  readonly openMs: number;
}

export interface CircuitBreaker {
  /** Runs a fetch and passes it whether it is the probe. @throws CircuitOpenError while the circuit is open. */
  readonly run: <Result>(fetch: (isProbe: boolean) => Promise<Result>) => Promise<Result>;
  /** Opens it until `release` is called. */
  readonly hold: () => void;
  readonly release: () => void;
  readonly state: () => BreakerState;
}

/**
 * Counts consecutive failures, and not the share of failures in all fetches: a subgraph that responds to some requests is
 * worth requesting, a client that finds one slow query cannot open the breaker for all clients, and a subgraph that is down
 * is noticed as soon at low traffic as at high. Time is considered twice, because a subgraph that does not respond would otherwise delay
 * requests for as long as it takes until enough of them have failed: polls (`SilenceMeter`) hold it open, and if polls are responded
 * to and requests are not, two requests that waited for their whole time limit open it.
 */
export function createCircuitBreaker(
  service: string,
  logger: Logger,
  { failures, openMs }: CircuitBreakerOptions,
): CircuitBreaker {
  /** When the latest of the successful fetches started. */
  let lastSuccessStartedAt = -Infinity;
  const staleErrors = new WeakSet<Error>();
  const isInconclusive = (error: Error): boolean => error instanceof FetchAbortedError || staleErrors.has(error);
  const breaker = new WeightedBreaker(failures);
  const policy: CircuitBreakerPolicy = circuitBreaker(
    // Cockatiel counts an error that is not handled here as a success; the probe must succeed for real.
    handleWhen((error) => policy.state === CircuitState.HalfOpen || !isInconclusive(error)),
    { breaker, halfOpenAfter: openMs },
  );
  let openedAt = 0;
  // While a subgraph is down, every probe opens the circuit again. The next outage is logged at once.
  let log = createRateLimitedLog<BreakerState>(outage);
  policy.onStateChange((state) => {
    if (state === CircuitState.Open) {
      openedAt = Date.now();
      log('open', (suppressed) => {
        logger.warn({ service, suppressed }, `circuit open: no requests are sent to ${service} for ${openMs} ms`);
      });
    } else if (state === CircuitState.HalfOpen) {
      log('halfOpen', (suppressed) => {
        logger.info({ service, suppressed }, `circuit half open: probing ${service}`);
      });
    } else if (state === CircuitState.Closed) {
      logger.info({ service }, `circuit closed: ${service} responds again`);
      log = createRateLimitedLog(outage);
    }
  });

  const noteSuccess = (startedAt: number): void => {
    lastSuccessStartedAt = Math.max(lastSuccessStartedAt, startedAt);
  };
  /**
   * Many fetches may wait while a subgraph hangs, and fail together after it has responded to later ones: such failures are
   * stale and show nothing about its present state.
   */
  const noteFailure = (error: unknown, startedAt: number): void => {
    if (startedAt < lastSuccessStartedAt && error instanceof Error) staleErrors.add(error);
    else if (!(error instanceof FetchAbortedError)) breaker.addWaiting(performance.now() - startedAt);
  };
  const track = async <Result>(fetch: () => Promise<Result>): Promise<Result> => {
    const startedAt = performance.now();
    try {
      const result = await fetch();
      noteSuccess(startedAt);
      return result;
    } catch (error) {
      noteFailure(error, startedAt);
      throw error;
    }
  };
  /** Fetches while the circuit is closed: Cockatiel, which wraps each fetch in several promises, gets to know only those that fail. */
  const runClosed = <Result>(fetch: (isProbe: boolean) => Promise<Result>): Promise<Result> => {
    const startedAt = performance.now();
    return fetch(false).then(
      (result) => {
        noteSuccess(startedAt);
        breaker.success();
        return result;
      },
      (error: unknown) => {
        noteFailure(error, startedAt);
        if (policy.state === CircuitState.Closed) return policy.execute(() => Promise.reject(error as Error));
        throw error;
      },
    );
  };
  const runOpen = async <Result>(fetch: (isProbe: boolean) => Promise<Result>): Promise<Result> => {
    // Cockatiel would make all fetches wait for the probe; they have a deadline.
    if (policy.state === CircuitState.HalfOpen) throw new CircuitOpenError();
    // It measures by the time of day. If that was set back, the circuit would stay open until the same time comes again.
    if (policy.state === CircuitState.Open && Date.now() < openedAt) policy.isolate().dispose();
    try {
      return await policy.execute(() => track(() => fetch(policy.state !== CircuitState.Closed)));
    } catch (error) {
      throw error instanceof BrokenCircuitError ? new CircuitOpenError() : error;
    }
  };

  let isolation: IDisposable | undefined;
  return {
    hold: () => {
      if (isolation) return;
      isolation = policy.isolate();
      logger.warn({ service }, `circuit open: no requests are sent to ${service} until it responds to a poll`);
    },
    release: () => {
      isolation?.dispose();
      isolation = undefined;
    },
    run: (fetch) => (policy.state === CircuitState.Closed ? runClosed(fetch) : runOpen(fetch)),
    state: () => stateNames[policy.state],
  };
}

/** Opens after this many consecutive failures, where one after a long wait counts as several. */
class WeightedBreaker implements IBreaker {
  state = 0;
  readonly #threshold: number;

  constructor(threshold: number) {
    this.#threshold = threshold;
  }

  success(): void {
    this.state = 0;
  }

  failure(): boolean {
    this.state += 1;
    return this.state >= this.#threshold;
  }

  /** Adds what a failure counts for its waiting time, before it is counted itself. */
  addWaiting(ms: number): void {
    this.state += Math.max(0, Math.min(Math.floor(ms / 1000), Math.ceil(this.#threshold / 2)) - 1);
  }
}

const stateNames: Readonly<Record<CircuitState, BreakerState>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'halfOpen',
  [CircuitState.Isolated]: 'open',
};
