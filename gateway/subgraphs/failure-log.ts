import type { Logger } from '../../services/kit/observability/logger.js';
import { createRateLimitedLog, outage } from '../../services/kit/observability/rate-limited-log.js';
import type { SubgraphErrorCode, SubgraphError } from './subgraph.js';

/** Logs that a subgraph failed, and why. */
export type FailureLog = (failed: SubgraphError) => void;

/** Logs each kind of failure at once, and less and less often while it lasts: clients must not fill the disk by sending requests. */
export function createFailureLog(service: string, logger: Logger): FailureLog {
  const log = createRateLimitedLog<SubgraphErrorCode>(outage);
  return ({ code: failure, message: reason }) => {
    log(failure, (suppressed) => {
      logger.warn({ service, failure, reason, suppressed }, `${service} did not respond: ${failure}, ${reason}`);
    });
  };
}
