import type { GatewayContext } from '../request/request-context.js';
import { type InFlightCall, SharedCall } from '../request/single-flight.js';
import type { CircuitBreaker } from './circuit-breaker.js';
import type { ConnectionPool } from './connection-pool.js';
import { ClientDisconnectedError, FetchAbortedError, toSubgraphError } from './failures.js';
import { RetryingFetch, type SubgraphRequest } from './fetch-with-retry.js';
import { SharedResponse } from './shared-response.js';
import { type ScanBody, SubgraphError, type SubgraphResponse } from './subgraph.js';

/** What a fetch needs of its subgraph. */
export interface SubgraphTarget {
  readonly connections: ConnectionPool;
  readonly breaker: Pick<CircuitBreaker, 'run'>;
  readonly timeoutMs: number;
}

/** Node's timers may fire early, by less than this. */
const timerToleranceMs = 5;

/** A fetch that several requests can share. It is cancelled at its deadline, or when all of them have left. */
export class SharedFetch implements InFlightCall {
  readonly request: SubgraphRequest;
  readonly #target: SubgraphTarget;
  readonly #call: SharedCall<SharedResponse, SubgraphError>;
  #fetch: RetryingFetch | undefined;
  #isProbe = false;

  constructor(request: SubgraphRequest, target: SubgraphTarget) {
    this.request = request;
    this.#target = target;
    const startedAt = performance.now();
    this.#call = new SharedCall(
      {
        result: target.breaker.run((isProbe) => this.#start(isProbe, startedAt)),
        cancel: (error) => {
          this.#fetch?.cancel(error);
        },
        // The circuit breaker's probe is of use to all requests, even if its own client disconnects.
        isCancellable: () => !this.#isProbe,
      },
      startedAt,
    );
  }

  get result(): Promise<SharedResponse> {
    return this.#call.result;
  }

  get isCancelled(): boolean {
    return this.#call.isCancelled;
  }

  get wasRetried(): boolean {
    return this.#fetch?.wasRetried ?? false;
  }

  /** Resolves with a private copy of the response; rejects immediately if the caller's token is cancelled. */
  wait(
    { deadline, cancellation }: Pick<GatewayContext, 'deadline' | 'cancellation'>,
    scan?: ScanBody,
  ): Promise<SubgraphResponse> {
    return new Promise((resolve, reject) => {
      const leave = this.#call.enter();
      const stopListening = cancellation.onCancel(() => {
        const isTimeout = performance.now() >= deadline - timerToleranceMs;
        const error = isTimeout ? this.#timedOut(this.#call.startedAt) : new ClientDisconnectedError();
        reject(error);
        leave(error);
      });
      this.result.then(
        (response) => {
          stopListening();
          if (!cancellation.isCancelled) resolve(response.takeCopy(scan));
        },
        (error: unknown) => {
          stopListening();
          reject(toSubgraphError(error));
        },
      );
    });
  }

  #start(isProbe: boolean, startedAt: number): Promise<SharedResponse> {
    this.#isProbe = isProbe;
    const fetch = new RetryingFetch(this.#target.connections, this.request);
    this.#fetch = fetch;
    const timer = setTimeout(() => {
      this.#call.cancel(this.#timedOut(startedAt));
    }, this.request.deadline - startedAt);
    return fetch.body.then(
      (body) => {
        clearTimeout(timer);
        return new SharedResponse(body, this.request);
      },
      (error: unknown) => {
        clearTimeout(timer);
        throw error;
      },
    );
  }

  /** A subgraph that was given less than half of its time is not to blame: another subgraph may have taken it. */
  #timedOut(startedAt: number): SubgraphError {
    const elapsedMs = Math.round(performance.now() - startedAt);
    const ErrorClass = elapsedMs * 2 < this.#target.timeoutMs ? FetchAbortedError : SubgraphError;
    return new ErrorClass('SUBGRAPH_TIMEOUT', `no response within ${elapsedMs} ms`);
  }
}
