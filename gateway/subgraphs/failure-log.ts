import type { Logger } from '../../services/kit/log.js';
import { type Failure, type SubgraphFailure } from './subgraph.js';

/** Writes down that a subgraph failed, and why. */
export type FailureLog = (failed: SubgraphFailure) => void;

/** Says each kind of failure once a second at most, with how many were left unsaid: whoever asks much must not fill the disk. */
export function createFailureLog(service: string, logger: Logger): FailureLog {
  const saidAt = new Map<Failure, number>();
  const unsaid = new Map<Failure, number>();
  return ({ failure, message: reason }) => {
    const now = performance.now();
    if (now - (saidAt.get(failure) ?? -Infinity) < 1_000) {
      unsaid.set(failure, (unsaid.get(failure) ?? 0) + 1);
      return;
    }
    const before = unsaid.get(failure) ?? 0;
    saidAt.set(failure, now);
    unsaid.delete(failure);
    logger.warn({ service, failure, reason, unsaid: before }, `${service} gave no answer: ${failure}, ${reason}`);
  };
}
