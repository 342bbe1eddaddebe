import type { Logger } from '../../services/kit/observability/logger.js';
import { currentTraceparent, withSpan } from '../../services/kit/observability/tracing.js';
import { type CircuitBreakerOptions, type BreakerState, createCircuitBreaker } from './circuit-breaker.js';
import { type ConnectionPoolOptions, createConnectionPool } from './connection-pool.js';
import { createFailureLog } from './failure-log.js';
import { toSubgraphError, ClientDisconnectedError, CircuitOpenError, FetchAbortedError } from './failures.js';
import { type FetchRequester, type Boarded, Flights } from './fetch-deduplication.js';
import type { SubgraphErrorCode, Subgraph, SubgraphError } from './subgraph.js';

export interface SubgraphClientOptions extends ConnectionPoolOptions {
  readonly name: string;
  readonly logger: Logger;
  /** Whether those who ask the same at the same time share one fetch. Default: yes. */
  readonly deduplicateFetches?: boolean | undefined;
  /** Default: ten failures in a row, and then two seconds of rest. */
  readonly breaker?: CircuitBreakerOptions | undefined;
  /** Told of every question what became of it. */
  readonly onFetch?: ((event: FetchEvent) => void) | undefined;
}

/** LEFT: the client did not wait. NOT_ASKED: the breaker was open. */
export type FetchOutcome = 'OK' | 'LEFT' | 'NOT_ASKED' | SubgraphErrorCode;

/** What became of a question. */
export interface FetchEvent {
  readonly service: string;
  readonly outcome: FetchOutcome;
  readonly milliseconds: number;
  /** Whether it joined a fetch that was under way. */
  readonly shared: boolean;
  readonly retried: boolean;
}

/** A subgraph over HTTP. */
export interface SubgraphClient extends Subgraph {
  readonly state: () => BreakerState;
}

/** Asks a subgraph over HTTP, within the time that is left, and spares it while it fails. */
export function createSubgraphClient({
  name,
  logger,
  timeoutMs,
  deduplicateFetches: shareFetches = true,
  breaker: breakerOptions = { failures: 10, openMs: 2_000 },
  onFetch,
  ...where
}: SubgraphClientOptions): SubgraphClient {
  const connection = createConnectionPool({ ...where, timeoutMs });
  const breaker = createCircuitBreaker(name, logger, breakerOptions);
  const logFailure = createFailureLog(name, logger);
  const flights = new Flights({
    connection,
    breaker,
    timeoutMs,
    shareFetches,
    onFailure: (failure) => {
      if (isSubgraphFault(failure)) logFailure(failure);
    },
  });

  const ask: Subgraph['execute'] = async (body, request) => {
    const begun = performance.now();
    let boarded: Boarded | undefined;
    let outcome: FetchOutcome = 'OK';
    try {
      boarded = flights.board(body, withCurrentTraceparent(request));
      return await boarded.flight.wait(request);
    } catch (error) {
      outcome = toOutcome(toSubgraphError(error));
      throw error;
    } finally {
      onFetch?.({
        service: name,
        outcome,
        milliseconds: performance.now() - begun,
        shared: boarded?.isShared ?? false,
        retried: boarded?.flight.wasRetried ?? false,
      });
    }
  };
  return {
    name,
    execute: (body, request) => withSpan(`ask ${name}`, { 'peer.service': name }, () => ask(body, request), 'client'),
    state: breaker.state,
    close: connection.close,
  };
}

/** The subgraph goes on from the span in which it is asked, where one is recorded. */
function withCurrentTraceparent(request: FetchRequester): FetchRequester {
  const traceparent = currentTraceparent();
  return traceparent === undefined ? request : { ...request, traceparent };
}

/** Whether a failure tells something of the subgraph that is not known yet. */
const isSubgraphFault = (failure: SubgraphError): boolean =>
  !(failure instanceof FetchAbortedError) && !(failure instanceof CircuitOpenError);

function toOutcome(failure: SubgraphError): FetchOutcome {
  if (failure instanceof ClientDisconnectedError) return 'LEFT';
  return failure instanceof CircuitOpenError ? 'NOT_ASKED' : failure.code;
}
