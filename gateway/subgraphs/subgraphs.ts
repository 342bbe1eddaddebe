import type { Logger } from '../../services/kit/observability/logger.js';
import { type Metrics, noMetrics } from '../../services/kit/observability/metrics.js';
import type { CircuitBreakerOptions } from './circuit-breaker.js';
import { createSubgraphClient, type FetchEvent, type SubgraphClient } from './subgraph-client.js';

export interface SubgraphsOptions {
  /** The URL of each subgraph's `/subgraph`, by its name. Default: the supergraph's. */
  readonly subgraphUrls: Readonly<Record<string, string | undefined>>;
  /** The secret for each subgraph, by its name. Default: none. */
  readonly subgraphSecrets?: Readonly<Record<string, string>> | undefined;
  /** How long a subgraph may take for one fetch. */
  readonly timeoutMs: number;
  /** Whether equal questions at the same moment are asked once. Default: yes. */
  readonly shareFetches?: boolean | undefined;
  /** When the circuit breaker of a subgraph opens, and for how long. Default: after ten consecutive failures, for two seconds. */
  readonly breaker?: CircuitBreakerOptions | undefined;
  readonly logger: Logger;
  readonly metrics?: Metrics | undefined;
}

/** The clients of all subgraphs. A client keeps its connections when a new supergraph is loaded. */
export interface Subgraphs {
  /** @param url its URL according to the supergraph */
  readonly find: (name: string, url: string) => SubgraphClient;
  /** Those that `find` has returned so far. */
  readonly all: () => readonly SubgraphClient[];
  readonly close: () => Promise<void>;
}

export function createSubgraphs(options: SubgraphsOptions): Subgraphs {
  const { subgraphUrls, subgraphSecrets = {}, metrics = noMetrics, timeoutMs, shareFetches, breaker, logger } = options;
  const onFetch = measureFetches(metrics);
  const clients = new Map<string, SubgraphClient>();
  metrics.gauge(
    { name: 'subgraphs_spared', help: 'Subgraphs that are not asked just now, because they failed again and again.' },
    () => [...clients.values()].filter(({ state }) => state() !== 'closed').length,
  );
  return {
    find: (name, given) => {
      const url = subgraphUrls[name] ?? given;
      // A subgraph with another URL gets a new client.
      const key = `${name} ${url}`;
      const subgraph =
        clients.get(key) ??
        createSubgraphClient({
          name,
          url,
          secret: subgraphSecrets[name],
          timeoutMs,
          deduplicateFetches: shareFetches,
          breaker,
          logger,
          onFetch,
        });
      clients.set(key, subgraph);
      return subgraph;
    },
    all: () => [...clients.values()],
    close: async () => {
      await Promise.all([...clients.values()].map((subgraph) => subgraph.close()));
    },
  };
}

function measureFetches(metrics: Metrics): ((event: FetchEvent) => void) | undefined {
  if (metrics === noMetrics) return undefined;
  const observe = metrics.histogram({
    name: 'subgraph_fetch_duration_seconds',
    help: 'Questions to subgraphs, what became of them, and how long that took.',
    labels: ['service', 'outcome', 'shared'],
  });
  return ({ service, outcome, shared, milliseconds }) => {
    observe({ service, outcome, shared: String(shared) }, milliseconds / 1000);
  };
}
