import { CancellationToken } from './cancellation.js';
import { UnderWay } from './in-flight.js';

/** Work that several wait for. */
export interface SharedCall<Result> {
  readonly result: Promise<Result>;
  /** Waits no longer. When nobody does, the work is told to end. */
  readonly leave: () => void;
}

interface Begun<Result> {
  readonly result: Promise<Result>;
  readonly begunAt: number;
  readonly cancellation: CancellationToken;
  waiting: number;
}

/**
 * Does once what several ask for at the same time.
 *
 * @param timeoutMs how long work may take. Who comes when half of that is over has it done anew, rather than be told soon that
 * there was no time.
 * @param now milliseconds of a clock that is never set back.
 */
export function createSingleFlight<Result>(timeoutMs: number, now: () => number = () => performance.now()) {
  const underWay = new UnderWay<Begun<Result>>();
  const canJoin = ({ begunAt }: Begun<Result>): boolean => now() - begunAt < timeoutMs / 2;

  const begin = (work: (cancellation: CancellationToken) => Promise<Result>): Begun<Result> => {
    const cancellation = new CancellationToken();
    const flight = { result: work(cancellation), begunAt: now(), cancellation, waiting: 0 };
    const forget = (): void => {
      underWay.forget(flight);
    };
    flight.result.then(forget, forget);
    cancellation.onCancel(forget);
    return flight;
  };

  /** Waits for the work that is under way for this text, or begins it. Null: whoever asks is alone. */
  return (text: string | null, work: (cancellation: CancellationToken) => Promise<Result>): SharedCall<Result> => {
    const flight = text === null ? begin(work) : underWay.join(text, canJoin, () => begin(work)).work;
    flight.waiting += 1;
    let hasLeft = false;
    return {
      result: flight.result,
      leave: () => {
        if (hasLeft) return;
        hasLeft = true;
        flight.waiting -= 1;
        if (flight.waiting === 0) flight.cancellation.cancel();
      },
    };
  };
}
