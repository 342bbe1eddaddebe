import type { Logger } from '../../services/kit/observability/logger.js';
import { type Metrics, noMetrics } from '../../services/kit/observability/metrics.js';
import type { CircuitBreakerOptions } from './circuit-breaker.js';
import { createSubgraphClient, type FetchEvent, type SubgraphClient } from './subgraph-client.js';

export interface SubgraphsOptions {
  /** Where a subgraph's `/subgraph` is, by its name. Default: as the supergraph says. */
  readonly subgraphUrls: Readonly<Record<string, string | undefined>>;
  /** What is shown to a subgraph, by its name. Default: nothing. */
  readonly subgraphSecrets?: Readonly<Record<string, string>> | undefined;
  /** How long a subgraph may take for one question. */
  readonly timeoutMs: number;
  /** Whether equal questions at the same moment are asked once. Default: yes. */
  readonly shareFetches?: boolean | undefined;
  /** When a subgraph that fails is spared, and for how long. Default: after ten failures in a row, for two seconds. */
  readonly breaker?: CircuitBreakerOptions | undefined;
  readonly logger: Logger;
  readonly metrics?: Metrics | undefined;
}

/** The subgraphs of the graph. One keeps its connections when a new supergraph is taken up. */
export interface Subgraphs {
  /** @param url where it is according to the supergraph */
  readonly find: (name: string, url: string) => SubgraphClient;
  /** Those that were found so far. */
  readonly all: () => readonly SubgraphClient[];
  readonly close: () => Promise<void>;
}

export function createSubgraphs(options: SubgraphsOptions): Subgraphs {
  const { subgraphUrls, subgraphSecrets = {}, metrics = noMetrics, timeoutMs, shareFetches, breaker, logger } = options;
  const onFetch = measureFetches(metrics);
  const known = new Map<string, SubgraphClient>();
  metrics.gauge(
    { name: 'subgraphs_spared', help: 'Subgraphs that are not asked just now, because they failed again and again.' },
    () => [...known.values()].filter(({ state }) => state() !== 'closed').length,
  );
  return {
    find: (name, given) => {
      const url = subgraphUrls[name] ?? given;
      // A subgraph that moved is another one.
      const key = `${name} ${url}`;
      const subgraph =
        known.get(key) ??
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
      known.set(key, subgraph);
      return subgraph;
    },
    all: () => [...known.values()],
    close: async () => {
      await Promise.all([...known.values()].map((subgraph) => subgraph.close()));
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
