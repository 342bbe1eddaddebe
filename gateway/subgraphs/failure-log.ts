import type { Logger } from '../../services/kit/observability/logger.js';
import { createRateLimitedLog } from '../../services/kit/observability/rate-limited-log.js';
import type { SubgraphErrorCode, SubgraphError } from './subgraph.js';

/** Writes down that a subgraph failed, and why. */
export type FailureLog = (failed: SubgraphError) => void;

/** A country may be down for days. */
const longestPauseMs = 60_000;

/** Says each kind of failure at once, and less and less while it lasts, with how many were left unsaid: whoever asks much must not fill the disk. */
export function createFailureLog(service: string, logger: Logger): FailureLog {
  const sparing = createRateLimitedLog<SubgraphErrorCode>(longestPauseMs);
  return ({ code: failure, message: reason }) => {
    sparing(failure, (unsaid) => {
      logger.warn({ service, failure, reason, unsaid }, `${service} gave no answer: ${failure}, ${reason}`);
    });
  };
}
