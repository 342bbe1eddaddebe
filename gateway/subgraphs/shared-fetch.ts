import type { GatewayContext } from '../request/request-context.js';
import type { Breaker } from './circuit-breaker.js';
import type { Connection } from './connection-pool.js';
import { failureOf, Left, Withdrawn } from './failures.js';
import { Fetch, type Question } from './fetch-with-retry.js';
import { SharedReply } from './shared-response.js';
import { SubgraphFailure, type SubgraphReply } from './subgraph.js';

/** Until when somebody waits, and what tells that he left. */
export type Patience = Pick<GatewayContext, 'deadline' | 'cancellation'>;

/** A subgraph, as a flight needs it. */
export interface Destination {
  readonly connection: Connection;
  readonly breaker: Breaker;
  readonly timeoutMs: number;
}

/** A timer may be early, by less than this. */
const timerSlackMs = 5;

/** A fetch that several may wait for. It is cancelled when its time is over, or when all of them have left. */
export class Flight {
  readonly question: Question;
  /** Settles when it is over. */
  readonly landed: Promise<SharedReply>;
  /** Whether it was cancelled, so that nobody can join it any longer. */
  isGivenUp = false;
  readonly #to: Destination;
  readonly #begun = performance.now();
  #fetch: Fetch | undefined;
  #waiting = 0;
  #isTrial = false;

  constructor(question: Question, to: Destination) {
    this.question = question;
    this.#to = to;
    this.landed = to.breaker.run((isTrial) => this.#fly(isTrial));
  }

  get wasRetried(): boolean {
    return this.#fetch?.wasRetried ?? false;
  }

  /** Waits for the answer, of which everybody gets a copy of his own. Who leaves is let go at once. */
  wait({ deadline, cancellation }: Patience): Promise<SubgraphReply> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        const failure = performance.now() >= deadline - timerSlackMs ? this.#timedOut() : new Left();
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
          if (!cancellation.isCancelled) resolve(reply.take());
        },
        (error: unknown) => {
          stay();
          reject(failureOf(error));
        },
      );
    });
  }

  async #fly(isTrial: boolean): Promise<SharedReply> {
    this.#isTrial = isTrial;
    this.#fetch = new Fetch(this.#to.connection, this.question);
    const timer = setTimeout(() => {
      this.#giveUp(this.#timedOut());
    }, this.question.end - this.#begun);
    try {
      return new SharedReply(await this.#fetch.text);
    } finally {
      clearTimeout(timer);
    }
  }

  #giveUp(failure: SubgraphFailure): void {
    this.isGivenUp = true;
    this.#fetch?.cancel(failure);
  }

  /** A subgraph that was given little time is not to blame: another may have taken it. */
  #timedOut(): SubgraphFailure {
    const spent = Math.round(performance.now() - this.#begun);
    const Kind = spent * 2 < this.#to.timeoutMs ? Withdrawn : SubgraphFailure;
    return new Kind('SUBGRAPH_TIMEOUT', `there was no answer within ${spent} ms`);
  }
}
