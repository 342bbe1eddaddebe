import type { Logger } from '../../services/kit/observability/logger.js';
import { currentTraceparent, withSpan } from '../../services/kit/observability/tracing.js';
import { type CircuitBreakerOptions, type BreakerState, createCircuitBreaker } from './circuit-breaker.js';
import { type ConnectionPoolOptions, createConnectionPool } from './connection-pool.js';
import { createFailureLog } from './failure-log.js';
import { toSubgraphError, ClientDisconnectedError, CircuitOpenError, FetchAbortedError } from './failures.js';
import { type FetchContext, FetchDeduplicator, type JoinedFetch } from './fetch-deduplication.js';
import type { SubgraphErrorCode, Subgraph, SubgraphError } from './subgraph.js';

export interface SubgraphClientOptions extends ConnectionPoolOptions {
  readonly name: string;
  readonly logger: Logger;
  /** Whether identical fetches in flight are deduplicated. Default: yes. */
  readonly deduplicateFetches?: boolean | undefined;
  /** Default: opens after ten consecutive failures, for two seconds. */
  readonly breaker?: CircuitBreakerOptions | undefined;
  /** Called after every fetch. */
  readonly onFetch?: ((event: FetchEvent) => void) | undefined;
}

/** CLIENT_DISCONNECTED: no client waited any longer. CIRCUIT_OPEN: no request was sent. */
type FetchOutcome = 'OK' | 'CLIENT_DISCONNECTED' | 'CIRCUIT_OPEN' | SubgraphErrorCode;

/** One fetch, as it is measured. */
export interface FetchEvent {
  readonly service: string;
  readonly outcome: FetchOutcome;
  readonly milliseconds: number;
  /** Whether it joined a fetch in flight. */
  readonly shared: boolean;
  readonly retried: boolean;
}

/** A subgraph that is reached over HTTP. */
export interface SubgraphClient extends Subgraph {
  readonly state: () => BreakerState;
}

/**
 * Creates a client that executes queries at a subgraph over HTTP: within the deadline of the request, deduplicated, and
 * behind a circuit breaker.
 */
export function createSubgraphClient({
  name,
  logger,
  timeoutMs,
  deduplicateFetches = true,
  breaker: breakerOptions = { failures: 10, openMs: 2_000 },
  onFetch,
  ...poolOptions
}: SubgraphClientOptions): SubgraphClient {
  const connections = createConnectionPool({ ...poolOptions, timeoutMs });
  const breaker = createCircuitBreaker(name, logger, breakerOptions);
  const logFailure = createFailureLog(name, logger);
  const deduplicator = new FetchDeduplicator({
    connections,
    breaker,
    timeoutMs,
    deduplicateFetches,
    onError: (error) => {
      if (isSubgraphFault(error)) logFailure(error);
    },
  });

  const execute: Subgraph['execute'] = async (body, request) => {
    const startedAt = performance.now();
    let joined: JoinedFetch | undefined;
    let outcome: FetchOutcome = 'OK';
    try {
      joined = deduplicator.join(body, withCurrentTraceparent(request));
      return await joined.fetch.wait(request);
    } catch (error) {
      outcome = toOutcome(toSubgraphError(error));
      throw error;
    } finally {
      onFetch?.({
        service: name,
        outcome,
        milliseconds: performance.now() - startedAt,
        shared: joined?.isShared ?? false,
        retried: joined?.fetch.wasRetried ?? false,
      });
    }
  };
  return {
    name,
    execute: (body, request) =>
      withSpan(`fetch ${name}`, { 'peer.service': name }, () => execute(body, request), 'client'),
    state: breaker.state,
    close: connections.close,
  };
}

/** The subgraph continues the trace from the current span, where one is recorded. */
function withCurrentTraceparent(request: FetchContext): FetchContext {
  const traceparent = currentTraceparent();
  return traceparent === undefined ? request : { ...request, traceparent };
}

/** Whether an error is a new fault of the subgraph, and not of the client or of an open circuit. */
const isSubgraphFault = (error: SubgraphError): boolean =>
  !(error instanceof FetchAbortedError) && !(error instanceof CircuitOpenError);

function toOutcome(error: SubgraphError): FetchOutcome {
  if (error instanceof ClientDisconnectedError) return 'CLIENT_DISCONNECTED';
  return error instanceof CircuitOpenError ? 'CIRCUIT_OPEN' : error.code;
}
