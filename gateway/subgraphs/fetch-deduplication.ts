import type { GatewayContext } from '../request/request-context.js';
import { UnderWay } from '../request/in-flight.js';
import { toSubgraphError, ClientDisconnectedError, FetchAbortedError } from './failures.js';
import { type Destination, Flight } from './shared-fetch.js';
import type { SubgraphError } from './subgraph.js';

/** Who asks, and until when he waits. */
export type FetchRequester = Pick<GatewayContext, 'requestId' | 'traceparent' | 'deadline' | 'cancellation'>;

/** A flight, and whether it was under way before. */
export interface Boarded {
  readonly flight: Flight;
  readonly isShared: boolean;
}

export interface FlightsOptions extends Destination {
  readonly shareFetches: boolean;
  /** Told of each flight that brings no answer. */
  readonly onFailure: (failure: SubgraphError) => void;
}

/** Finds the flight that brings an answer: one that is under way with the same question, or a new one. */
export class Flights {
  readonly #options: FlightsOptions;
  readonly #underWay = new UnderWay<Flight>();

  constructor(options: FlightsOptions) {
    this.#options = options;
  }

  /** @throws SubgraphFailure when whoever asks has no time left. */
  board(body: string, asker: FetchRequester): Boarded {
    const now = performance.now();
    const end = Math.min(now + this.#options.timeoutMs, asker.deadline);
    if (end <= now) throw new FetchAbortedError('SUBGRAPH_TIMEOUT', 'no time was left to ask');
    if (asker.cancellation.isCancelled) throw new ClientDisconnectedError();
    const { shareFetches, timeoutMs } = this.#options;
    const begin = (): Flight => this.#follow(new Flight({ body, ids: asker, deadline: end }, this.#options));
    if (!shareFetches) return { flight: begin(), isShared: false };
    // The subgraph was told when the first who asked stops to wait, and stops by then too. Whoever could wait much longer would
    // lose that time, and flies alone.
    const suits = ({ isGivenUp, question }: Flight): boolean => !isGivenUp && end - question.deadline <= timeoutMs / 10;
    const { work, isNew } = this.#underWay.join(body, suits, begin);
    return { flight: work, isShared: !isNew };
  }

  #follow(flight: Flight): Flight {
    const forget = () => {
      this.#underWay.forget(flight);
    };
    flight.landed.then(forget, (error: unknown) => {
      forget();
      this.#options.onFailure(toSubgraphError(error));
    });
    return flight;
  }
}
