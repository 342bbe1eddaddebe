import type { Logger } from '../../services/kit/observability/logger.js';
import { currentTraceparent, withSpan } from '../../services/kit/observability/tracing.js';
import { type BreakerOptions, type BreakerState, createBreaker } from './circuit-breaker.js';
import { type ConnectionOptions, createConnection } from './connection-pool.js';
import { createFailureLog } from './failure-log.js';
import { failureOf, Left, NotAsked, Withdrawn } from './failures.js';
import { type Asker, type Boarded, Flights } from './fetch-deduplication.js';
import type { Failure, Subgraph, SubgraphFailure } from './subgraph.js';

export interface SubgraphOptions extends ConnectionOptions {
  readonly name: string;
  readonly logger: Logger;
  /** Whether those who ask the same at the same time share one fetch. Default: yes. */
  readonly shareFetches?: boolean | undefined;
  /** Default: ten failures in a row, and then two seconds of rest. */
  readonly breaker?: BreakerOptions | undefined;
  /** Told of every question what became of it. */
  readonly onFetch?: ((event: FetchEvent) => void) | undefined;
}

/** LEFT: the client did not wait. NOT_ASKED: the breaker was open. */
export type FetchOutcome = 'OK' | 'LEFT' | 'NOT_ASKED' | Failure;

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
export interface RemoteSubgraph extends Subgraph {
  readonly state: () => BreakerState;
}

/** Asks a subgraph over HTTP, within the time that is left, and spares it while it fails. */
export function createSubgraph({
  name,
  logger,
  timeoutMs,
  shareFetches = true,
  breaker: breakerOptions = { failures: 10, openMs: 2_000 },
  onFetch,
  ...where
}: SubgraphOptions): RemoteSubgraph {
  const connection = createConnection({ ...where, timeoutMs });
  const breaker = createBreaker(name, logger, breakerOptions);
  const logFailure = createFailureLog(name, logger);
  const flights = new Flights({
    connection,
    breaker,
    timeoutMs,
    shareFetches,
    onFailure: (failure) => {
      if (isNews(failure)) logFailure(failure);
    },
  });

  const ask: Subgraph['ask'] = async (body, request) => {
    const begun = performance.now();
    let boarded: Boarded | undefined;
    let outcome: FetchOutcome = 'OK';
    try {
      boarded = flights.board(body, withinSpan(request));
      return await boarded.flight.wait(request);
    } catch (error) {
      outcome = outcomeOf(failureOf(error));
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
    ask: (body, request) => withSpan(`ask ${name}`, { 'peer.service': name }, () => ask(body, request), 'client'),
    state: breaker.state,
    close: connection.close,
  };
}

/** The subgraph goes on from the span in which it is asked, where one is recorded. */
function withinSpan(request: Asker): Asker {
  const traceparent = currentTraceparent();
  return traceparent === undefined ? request : { ...request, traceparent };
}

/** Whether a failure tells something of the subgraph that is not known yet. */
const isNews = (failure: SubgraphFailure): boolean => !(failure instanceof Withdrawn) && !(failure instanceof NotAsked);

function outcomeOf(failure: SubgraphFailure): FetchOutcome {
  if (failure instanceof Left) return 'LEFT';
  return failure instanceof NotAsked ? 'NOT_ASKED' : failure.failure;
}
