import { setMaxListeners } from 'node:events';

import type { GatewayContext } from '../request.js';
import { Left, Withdrawn } from './failures.js';
import type { Fetch } from './fetch.js';
import { readReply } from './read-reply.js';
import { SubgraphFailure, type SubgraphReply } from './subgraph.js';

/** Until when somebody waits, and what tells that he left. */
export type Patience = Pick<GatewayContext, 'deadline' | 'signal'>;

/** A fetch under way, and those who wait for it. */
export interface Flight {
  /** When it is given up, in milliseconds of `performance.now()`. */
  readonly end: number;
  /** Whether it was cancelled, so that nobody can join it any longer. */
  readonly isGivenUp: () => boolean;
  readonly wasRetried: () => boolean;
  /** Waits for the answer, of which everybody gets a copy of his own. Who leaves is let go at once. */
  readonly wait: (patience: Patience) => Promise<SubgraphReply>;
  /** Settles when it is over. */
  readonly landed: Promise<unknown>;
}

export interface FlightOptions {
  readonly timeoutMs: number;
  readonly end: number;
  readonly start: () => Fetch;
  /** Runs the flight, or refuses to, and says whether its answer is wanted even if nobody waits for it. */
  readonly run: <Result>(fly: (isWanted: boolean) => Promise<Result>) => Promise<Result>;
}

/** A timer may be early, by less than this. */
const timerSlackMs = 5;

/** Starts a fetch that several may wait for. It is cancelled when its time is over, or when all of them have left. */
export function startFlight({ timeoutMs, end, start, run }: FlightOptions): Flight {
  const begun = performance.now();
  let waiting = 0;
  let fetch: Fetch | undefined;
  let isWanted = false;
  let isGivenUp = false;

  /** A subgraph that was given little time is not to blame: another may have taken it. */
  const timedOut = (): SubgraphFailure => {
    const spent = Math.round(performance.now() - begun);
    const Kind = spent * 2 < timeoutMs ? Withdrawn : SubgraphFailure;
    return new Kind('SUBGRAPH_TIMEOUT', `there was no answer within ${spent} ms`);
  };

  const giveUp = (failure: SubgraphFailure): void => {
    isGivenUp = true;
    fetch?.cancel(failure);
  };

  const landed = run(async (wanted) => {
    isWanted = wanted;
    fetch = start();
    const timer = setTimeout(() => {
      giveUp(timedOut());
    }, end - begun);
    try {
      return copies(await fetch.text);
    } finally {
      clearTimeout(timer);
    }
  });

  const leave = (failure: SubgraphFailure): void => {
    waiting -= 1;
    if (waiting === 0 && !isWanted) giveUp(failure);
  };

  const wait = ({ deadline, signal }: Patience): Promise<SubgraphReply> =>
    new Promise((resolve, reject) => {
      const onAbort = () => {
        const failure = performance.now() >= deadline - timerSlackMs ? timedOut() : new Left();
        reject(failure);
        leave(failure);
      };
      waiting += 1;
      // One request may ask every country at once, and Node warns of more than ten.
      setMaxListeners(0, signal);
      signal.addEventListener('abort', onAbort, { once: true });
      landed.then(
        (copy) => {
          signal.removeEventListener('abort', onAbort);
          if (!signal.aborted) resolve(copy());
        },
        (error: unknown) => {
          signal.removeEventListener('abort', onAbort);
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      );
    });

  return { end, isGivenUp: () => isGivenUp, wasRetried: () => fetch?.wasRetried() ?? false, wait, landed };
}

/** Hands out one answer many times. The first copy is the one by which it was found to be sound. */
function copies(text: string): () => SubgraphReply {
  let first: SubgraphReply | undefined = readReply(text);
  return () => {
    const copy = first ?? readReply(text);
    first = undefined;
    return copy;
  };
}
