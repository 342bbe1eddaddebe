import type { Logger } from '../../services/kit/observability/logger.js';
import { type Metrics, noMetrics } from '../../services/kit/observability/metrics.js';
import { createRateLimitedLog } from '../../services/kit/observability/rate-limited-log.js';
import { type Findings, toPath } from './findings.js';

/** Counts and logs what the validation of a subgraph's response found. */
export type OnFindings = (service: string, findings: Findings) => void;

/** A country may return invalid values for days. */
const maxIntervalMs = 60_000;

/** Creates the log of invalid responses. Their operators have to correct them: no client can. */
export function createFindingsLog(logger: Logger, metrics: Metrics = noMetrics): OnFindings {
  const log = createRateLimitedLog({ maxIntervalMs, maxKinds: 200 });
  const countInvalid = metrics.counter({
    name: 'subgraph_invalid_values_total',
    help: 'Values in responses of subgraphs that the contract does not allow. They are null in the response to the client.',
    labels: ['service'],
  });
  const countDiscarded = metrics.counter({
    name: 'subgraph_discarded_fields_total',
    help: 'Fields in responses of subgraphs that the gateway did not select. They are discarded.',
    labels: ['service'],
  });
  return (service, findings) => {
    const { invalid, unlisted, discarded, firstDiscarded } = findings;
    const [first] = invalid;
    if (first) {
      const count = invalid.length + unlisted;
      countInvalid({ service }, count);
      log(`${service} invalid`, (suppressed) => {
        const path = toPath(first).join('.');
        logger.warn({ service, path, count, suppressed }, `${service} returned ${first.fault}`);
      });
    }
    if (discarded > 0) {
      countDiscarded({ service }, discarded);
      log(`${service} discarded`, (suppressed) => {
        const field = firstDiscarded?.slice(0, 100);
        logger.warn(
          { service, field, count: discarded, suppressed },
          `${service} returned fields that were not selected`,
        );
      });
    }
  };
}
