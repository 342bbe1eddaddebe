import { CancellationToken } from '../request/cancellation.js';
import { SharedCall, SingleFlight } from '../request/single-flight.js';

/** A call as one of its callers sees it. */
export interface JoinedCall<Result> {
  readonly result: Promise<Result>;
  /** The caller no longer waits. When the last caller leaves, the call is cancelled. */
  readonly leave: () => void;
}

/**
 * Executes identical requests that are in flight at the same time once.
 *
 * @param timeoutMs how long a call may take. A request that comes after half of that starts a new call, instead of sharing
 * one that may soon time out.
 * @param now milliseconds of a monotonic clock.
 */
export function createRequestDeduplicator<Result>(timeoutMs: number, now: () => number = () => performance.now()) {
  const singleFlight = new SingleFlight<SharedCall<Result>>();
  const canJoin = ({ startedAt }: SharedCall<Result>): boolean => now() - startedAt < timeoutMs / 2;
  const start = (execute: (cancellation: CancellationToken) => Promise<Result>): SharedCall<Result> => {
    const cancellation = new CancellationToken();
    const cancel = (): void => {
      cancellation.cancel();
    };
    return new SharedCall({ result: execute(cancellation), cancel }, now());
  };
  /** Joins the call with this key, or starts one. A request without a key (null) never shares its call. */
  return (key: string | null, execute: (cancellation: CancellationToken) => Promise<Result>): JoinedCall<Result> => {
    const call = key === null ? start(execute) : singleFlight.join(key, canJoin, () => start(execute)).call;
    return { result: call.result, leave: call.enter() };
  };
}
