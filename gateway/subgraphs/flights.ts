import type { GatewayContext } from '../request.js';
import { Left, Withdrawn } from './failures.js';
import type { Question } from './fetch.js';
import type { Flight } from './flight.js';

/** Who asks, and until when he waits. */
export type Asker = Pick<GatewayContext, 'requestId' | 'traceparent' | 'deadline' | 'signal'>;

/** A flight, and whether it was under way before. */
export interface Boarded {
  readonly flight: Flight;
  readonly isShared: boolean;
}

export interface FlightsOptions {
  readonly timeoutMs: number;
  readonly shareFetches: boolean;
  readonly start: (question: Question) => Flight;
}

/**
 * Finds the flight that brings an answer: one that is under way with the same question, or a new one.
 * @throws SubgraphFailure when whoever asks has no time left.
 */
export function createFlights({ timeoutMs, shareFetches, start }: FlightsOptions) {
  const underWay = new Map<string, Flight>();

  const take = (body: string, asker: Asker, end: number): Flight => {
    const flight = start({ body, names: asker, end });
    if (!shareFetches) return flight;
    underWay.set(body, flight);
    const forget = () => {
      if (underWay.get(body) === flight) underWay.delete(body);
    };
    flight.landed.then(forget, forget);
    return flight;
  };

  /**
   * The subgraph was told when the first who asked stops to wait, and stops by then too. Whoever could wait much longer
   * would lose that time, and flies alone.
   */
  const canJoin = (flight: Flight | undefined, end: number): flight is Flight =>
    flight !== undefined && !flight.isGivenUp() && end - flight.end <= timeoutMs / 10;

  return (body: string, asker: Asker): Boarded => {
    const now = performance.now();
    const end = Math.min(now + timeoutMs, asker.deadline);
    if (end <= now) throw new Withdrawn('SUBGRAPH_TIMEOUT', 'no time was left to ask');
    if (asker.signal.aborted) throw new Left();
    const found = underWay.get(body);
    return canJoin(found, end)
      ? { flight: found, isShared: true }
      : { flight: take(body, asker, end), isShared: false };
  };
}
