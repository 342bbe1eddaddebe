import type { GatewayContext } from '../request.js';
import { failureOf, Left, Withdrawn } from './failures.js';
import { type Destination, Flight } from './flight.js';
import type { SubgraphFailure } from './subgraph.js';

/** Who asks, and until when he waits. */
export type Asker = Pick<GatewayContext, 'requestId' | 'traceparent' | 'deadline' | 'cancellation'>;

/** A flight, and whether it was under way before. */
export interface Boarded {
  readonly flight: Flight;
  readonly isShared: boolean;
}

export interface FlightsOptions extends Destination {
  readonly shareFetches: boolean;
  /** Told of each flight that brings no answer. */
  readonly onFailure: (failure: SubgraphFailure) => void;
}

interface UnderWay {
  readonly print: number;
  readonly flight: Flight;
}

/** Finds the flight that brings an answer: one that is under way with the same question, or a new one. */
export class Flights {
  readonly #options: FlightsOptions;
  /**
   * No Map: when one grows or shrinks, V8 chains its old table to the new one, and what they held outlives its use until the
   * next full collection. With entries that live for milliseconds, this made a fetch half as dear again.
   */
  readonly #underWay: UnderWay[] = [];

  constructor(options: FlightsOptions) {
    this.#options = options;
  }

  /** @throws SubgraphFailure when whoever asks has no time left. */
  board(body: string, asker: Asker): Boarded {
    const now = performance.now();
    const end = Math.min(now + this.#options.timeoutMs, asker.deadline);
    if (end <= now) throw new Withdrawn('SUBGRAPH_TIMEOUT', 'no time was left to ask');
    if (asker.cancellation.isCancelled) throw new Left();
    const print = this.#options.shareFetches ? fingerprint(body) : 0;
    const found = this.#find(body, print, end);
    if (found) return { flight: found, isShared: true };
    const flight = new Flight({ body, names: asker, end }, this.#options);
    this.#follow({ print, flight });
    return { flight, isShared: false };
  }

  /**
   * The subgraph was told when the first who asked stops to wait, and stops by then too. Whoever could wait much longer
   * would lose that time, and flies alone.
   */
  #find(body: string, print: number, end: number): Flight | undefined {
    const { timeoutMs, shareFetches } = this.#options;
    if (!shareFetches) return undefined;
    for (const { print: other, flight } of this.#underWay) {
      if (other !== print || flight.question.body !== body || flight.isGivenUp) continue;
      if (end - flight.question.end <= timeoutMs / 10) return flight;
    }
    return undefined;
  }

  #follow(entry: UnderWay): void {
    this.#underWay.push(entry);
    const forget = () => {
      this.#underWay.splice(this.#underWay.indexOf(entry), 1);
    };
    entry.flight.landed.then(forget, (error: unknown) => {
      forget();
      this.#options.onFailure(failureOf(error));
    });
  }
}

/** A number that is most likely another for another question: of its last part alone, where the variables are. */
function fingerprint(body: string): number {
  let print = body.length;
  for (let at = Math.max(0, print - 512); at < body.length; at += 1) print = Math.imul(print, 31) + body.charCodeAt(at);
  return print;
}
