import { CancellationToken } from '../request/cancellation.js';
import { SharedCall, SingleFlight } from '../request/single-flight.js';

/** A call as one of its callers sees it. */
export interface JoinedCall<Result> {
  readonly result: Promise<Result>;
  /** Whether this caller started it. */
  readonly isNew: boolean;
  /** The caller no longer waits. When the last caller leaves, the call is cancelled. */
  readonly leave: () => void;
}

/** Executes identical requests that are in flight at the same time once. */
export interface RequestDeduplicator<Result> {
  /** Joins the call with this key, if there is one. */
  readonly join: (key: string) => JoinedCall<Result> | undefined;
  /** Joins the call with this key, or starts one. A request without a key (null) never shares its call. */
  readonly joinOrStart: (
    key: string | null,
    execute: (cancellation: CancellationToken) => Promise<Result>,
  ) => JoinedCall<Result>;
}

/**
 * @param timeoutMs how long a call may take. A request that comes after half of that starts a new call, instead of sharing
 * one that may soon time out.
 * @param now milliseconds of a monotonic clock.
 */
export function createRequestDeduplicator<Result>(
  timeoutMs: number,
  now: () => number = () => performance.now(),
): RequestDeduplicator<Result> {
  const singleFlight = new SingleFlight<SharedCall<Result>>();
  const canJoin = ({ startedAt }: SharedCall<Result>): boolean => now() - startedAt < timeoutMs / 2;
  const start = (execute: (cancellation: CancellationToken) => Promise<Result>): SharedCall<Result> => {
    const cancellation = new CancellationToken();
    const cancel = (): void => {
      cancellation.cancel();
    };
    return new SharedCall({ result: execute(cancellation), cancel }, now());
  };
  const enter = (call: SharedCall<Result>, isNew: boolean): JoinedCall<Result> => ({
    result: call.result,
    isNew,
    leave: call.enter(),
  });
  return {
    join: (key) => {
      const call = singleFlight.find(key, canJoin);
      return call && enter(call, false);
    },
    joinOrStart: (key, execute) => {
      if (key === null) return enter(start(execute), true);
      const { call, isNew } = singleFlight.join(key, canJoin, () => start(execute));
      return enter(call, isNew);
    },
  };
}
