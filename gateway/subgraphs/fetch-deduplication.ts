import type { GatewayContext } from '../request/request-context.js';
import { SingleFlight } from '../request/single-flight.js';
import { ClientDisconnectedError, FetchAbortedError, toSubgraphError } from './failures.js';
import { SharedFetch, type SubgraphTarget } from './shared-fetch.js';
import type { ScanBody, SubgraphError } from './subgraph.js';

/** The part of a request's context that a fetch needs. */
export type FetchContext = Pick<GatewayContext, 'requestId' | 'traceparent' | 'deadline' | 'cancellation'>;

export interface JoinedFetch {
  readonly fetch: SharedFetch;
  /** Whether the fetch was in flight before. */
  readonly isShared: boolean;
}

export interface FetchDeduplicatorOptions extends SubgraphTarget {
  readonly deduplicateFetches: boolean;
  /** Called once for each fetch that fails. */
  readonly onError: (error: SubgraphError) => void;
}

/** Finds the fetch for a request body: an identical one in flight, or a new one. */
export class FetchDeduplicator {
  readonly #options: FetchDeduplicatorOptions;
  readonly #singleFlight = new SingleFlight<SharedFetch>();

  constructor(options: FetchDeduplicatorOptions) {
    this.#options = options;
  }

  /** @throws SubgraphError when the request has no time left, or its client has disconnected. */
  join(body: string, context: FetchContext, scan?: ScanBody): JoinedFetch {
    const { deduplicateFetches, timeoutMs } = this.#options;
    const now = performance.now();
    const deadline = Math.min(now + timeoutMs, context.deadline);
    if (deadline <= now) throw new FetchAbortedError('SUBGRAPH_TIMEOUT', 'no time was left for the request');
    if (context.cancellation.isCancelled) throw new ClientDisconnectedError();
    const start = (): SharedFetch =>
      this.#start(new SharedFetch({ body, ids: context, deadline, scan }, this.#options));
    if (!deduplicateFetches) return { fetch: start(), isShared: false };
    // The subgraph was given the deadline of the request that started the fetch, and stops by then. A request whose own
    // deadline is much later would lose that time, and starts a fetch of its own.
    const canJoin = ({ request }: SharedFetch): boolean => deadline - request.deadline <= timeoutMs / 10;
    const { call, isNew } = this.#singleFlight.join(body, canJoin, start);
    return { fetch: call, isShared: !isNew };
  }

  #start(fetch: SharedFetch): SharedFetch {
    fetch.result.catch((error: unknown) => {
      this.#options.onError(toSubgraphError(error));
    });
    return fetch;
  }
}
