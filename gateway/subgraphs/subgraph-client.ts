import type { Logger } from '../../services/kit/observability/logger.js';
import { currentTraceparent, recordsSpans, withSpan } from '../../services/kit/observability/tracing.js';
import { type CircuitBreakerOptions, type BreakerState, createCircuitBreaker } from './circuit-breaker.js';
import { type ConnectionPoolOptions, createConnectionPool } from './connection-pool.js';
import { createFailureLog } from './failure-log.js';
import {
  toSubgraphError,
  ClientDisconnectedError,
  CircuitOpenError,
  FetchAbortedError,
  SilentSubgraphError,
} from './failures.js';
import { type FetchContext, FetchDeduplicator, type JoinedFetch } from './fetch-deduplication.js';
import { SilenceMeter } from './silence.js';
import type { ScanBody, SubgraphErrorCode, Subgraph, SubgraphError, SubgraphResponse } from './subgraph.js';

export interface SubgraphClientOptions extends ConnectionPoolOptions {
  readonly name: string;
  readonly logger: Logger;
  /** Whether identical fetches in flight are deduplicated. Default: yes. */
  readonly deduplicateFetches?: boolean | undefined;
  /** Default: opens after ten consecutive failures, for two seconds. */
  readonly breaker?: CircuitBreakerOptions | undefined;
  /** Called after every fetch. */
  readonly onFetch?: ((event: FetchEvent) => void) | undefined;
  /** For tests: see `SilenceOptions`. */
  readonly silenceTickMs?: number | undefined;
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

/** The response to a poll is a position, or the state of each catalogue: a country that sends more every second takes no time to parse. */
const maxPollBytes = 64 * 1024;

/** A subgraph that is reached over HTTP. */
export interface SubgraphClient extends Subgraph {
  readonly state: () => BreakerState;
  /**
   * Executes a query by which the subgraph is observed, whether or not the circuit is open, and on a connection of its own: slow
   * queries of clients do not delay it. If polls get no response, the circuit opens until one does.
   */
  readonly poll: Subgraph['execute'];
  /** For how long the subgraph has not responded to polls. */
  readonly silentMs: () => number;
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
  silenceTickMs,
  ...poolOptions
}: SubgraphClientOptions): SubgraphClient {
  const connections = createConnectionPool({ ...poolOptions, timeoutMs });
  const pollConnections = createConnectionPool({
    ...poolOptions,
    timeoutMs,
    maxConnections: 1,
    maxBytes: maxPollBytes,
  });
  const breaker = createCircuitBreaker(name, logger, breakerOptions);
  const silence = new SilenceMeter({
    tickMs: silenceTickMs,
    onChange: (isSilent) => {
      if (isSilent) {
        breaker.hold();
        connections.reset(new SilentSubgraphError());
      } else breaker.release();
    },
  });
  const logFailure = createFailureLog(name, logger);
  const onError = (error: SubgraphError): void => {
    if (isSubgraphFault(error)) logFailure(error);
  };
  const fetches = new FetchDeduplicator({ connections, breaker, timeoutMs, deduplicateFetches, onError });
  const polls = new FetchDeduplicator({
    connections: pollConnections,
    breaker: { run: (fetch) => fetch(false) },
    timeoutMs,
    deduplicateFetches: false,
    onError,
  });

  /** Without a function that waits: each keeps a promise and its variables for every fetch. */
  const executeBy = (
    deduplicator: FetchDeduplicator,
    body: string,
    request: FetchContext,
    scan: ScanBody | undefined,
  ): Promise<SubgraphResponse> => {
    const startedAt = performance.now();
    let joined: JoinedFetch | undefined;
    const observe = (outcome: FetchOutcome): void => {
      onFetch?.({
        service: name,
        outcome,
        milliseconds: performance.now() - startedAt,
        shared: joined?.isShared ?? false,
        retried: joined?.fetch.wasRetried ?? false,
      });
    };
    const observeFailure = (error: unknown): void => {
      observe(toOutcome(toSubgraphError(error)));
    };
    try {
      joined = deduplicator.join(body, withCurrentTraceparent(request), scan);
    } catch (error) {
      const reason = error as Error;
      observeFailure(reason);
      return Promise.reject(reason);
    }
    const response = joined.fetch.wait(request, scan);
    if (onFetch)
      response.then(() => {
        observe('OK');
      }, observeFailure);
    return response;
  };
  const execute = (
    deduplicator: FetchDeduplicator,
    body: string,
    request: FetchContext,
    scan: ScanBody | undefined,
  ): Promise<SubgraphResponse> =>
    recordsSpans()
      ? withSpan(
          `fetch ${name}`,
          { 'peer.service': name },
          () => executeBy(deduplicator, body, request, scan),
          'client',
        )
      : executeBy(deduplicator, body, request, scan);
  return {
    name,
    execute: (body, request, scan) => execute(fetches, body, request, scan),
    poll: (body, request) => silence.watch(execute(polls, body, request, undefined)),
    state: breaker.state,
    silentMs: () => silence.silentMs,
    close: async () => {
      await Promise.all([connections.close(), pollConnections.close()]);
    },
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
