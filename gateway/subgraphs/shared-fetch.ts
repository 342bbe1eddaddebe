import type { GatewayContext } from '../request/request-context.js';
import type { CircuitBreaker } from './circuit-breaker.js';
import type { ConnectionPool } from './connection-pool.js';
import { toSubgraphError, ClientDisconnectedError, FetchAbortedError } from './failures.js';
import { RetryingFetch, type SubgraphRequest } from './fetch-with-retry.js';
import { SharedResponse } from './shared-response.js';
import { SubgraphError, type SubgraphResponse } from './subgraph.js';

/** Until when somebody waits, and what tells that he left. */
export type Patience = Pick<GatewayContext, 'deadline' | 'cancellation'>;

/** A subgraph, as a flight needs it. */
export interface Destination {
  readonly connection: ConnectionPool;
  readonly breaker: CircuitBreaker;
  readonly timeoutMs: number;
}

/** A timer may be early, by less than this. */
const timerSlackMs = 5;

/** A fetch that several may wait for. It is cancelled when its time is over, or when all of them have left. */
export class Flight {
  readonly question: SubgraphRequest;
  /** Settles when it is over. */
  readonly landed: Promise<SharedResponse>;
  /** Whether it was cancelled, so that nobody can join it any longer. */
  isGivenUp = false;
  readonly #to: Destination;
  readonly #begun = performance.now();
  #fetch: RetryingFetch | undefined;
  #waiting = 0;
  #isTrial = false;

  constructor(question: SubgraphRequest, to: Destination) {
    this.question = question;
    this.#to = to;
    this.landed = to.breaker.run((isTrial) => this.#fly(isTrial));
  }

  get wasRetried(): boolean {
    return this.#fetch?.wasRetried ?? false;
  }

  /** Waits for the answer, of which everybody gets a copy of his own. Who leaves is let go at once. */
  wait({ deadline, cancellation }: Patience): Promise<SubgraphResponse> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        const failure = performance.now() >= deadline - timerSlackMs ? this.#timedOut() : new ClientDisconnectedError();
        reject(failure);
        this.#waiting -= 1;
        // The one fetch that tries whether a subgraph answers again is for everybody.
        if (this.#waiting === 0 && !this.#isTrial) this.#giveUp(failure);
      };
      this.#waiting += 1;
      const stay = cancellation.onCancel(leave);
      this.landed.then(
        (reply) => {
          stay();
          if (!cancellation.isCancelled) resolve(reply.takeCopy());
        },
        (error: unknown) => {
          stay();
          reject(toSubgraphError(error));
        },
      );
    });
  }

  async #fly(isTrial: boolean): Promise<SharedResponse> {
    this.#isTrial = isTrial;
    this.#fetch = new RetryingFetch(this.#to.connection, this.question);
    const timer = setTimeout(() => {
      this.#giveUp(this.#timedOut());
    }, this.question.deadline - this.#begun);
    try {
      return new SharedResponse(await this.#fetch.text);
    } finally {
      clearTimeout(timer);
    }
  }

  #giveUp(failure: SubgraphError): void {
    this.isGivenUp = true;
    this.#fetch?.cancel(failure);
  }

  /** A subgraph that was given little time is not to blame: another may have taken it. */
  #timedOut(): SubgraphError {
    const spent = Math.round(performance.now() - this.#begun);
    const Kind = spent * 2 < this.#to.timeoutMs ? FetchAbortedError : SubgraphError;
    return new Kind('SUBGRAPH_TIMEOUT', `there was no answer within ${spent} ms`);
  }
}
