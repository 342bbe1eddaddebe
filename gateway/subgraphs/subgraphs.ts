import type { Logger } from '../../services/kit/observability/logger.js';
import { type Metrics, noMetrics } from '../../services/kit/observability/metrics.js';
import type { CircuitBreakerOptions } from './circuit-breaker.js';
import { createSubgraphClient, type FetchEvent, type SubgraphClient } from './subgraph-client.js';

/** How a subgraph is reached. */
interface SubgraphConnection {
  /** The URL of its endpoint. Default: the one in the supergraph. */
  readonly url?: string | undefined;
  /** Of several, the first is sent. Default: none is sent. */
  readonly secrets?: readonly string[] | undefined;
}

export interface SubgraphsOptions {
  /** By the subgraph's name. */
  readonly subgraphs: Readonly<Record<string, SubgraphConnection>>;
  /** The time limit of a subgraph request. */
  readonly subgraphTimeoutMs: number;
  readonly deduplicateFetches: boolean;
  /** When the circuit breaker of a subgraph opens, and for how long. Default: after ten consecutive failures, for two seconds. */
  readonly breaker?: CircuitBreakerOptions | undefined;
  readonly logger: Logger;
  readonly metrics?: Metrics | undefined;
}

/** The clients of all subgraphs. A client keeps its connections when a new supergraph is loaded. */
export interface Subgraphs {
  /** @param url its URL according to the supergraph */
  readonly find: (name: string, url: string) => SubgraphClient;
  readonly close: () => Promise<void>;
}

export function createSubgraphs(options: SubgraphsOptions): Subgraphs {
  const { subgraphs, subgraphTimeoutMs, deduplicateFetches, breaker, logger, metrics = noMetrics } = options;
  const onFetch = measureFetches(metrics);
  const clients = new Map<string, SubgraphClient>();
  metrics.gauge(
    {
      name: 'subgraph_circuit_open',
      help: 'Number of subgraphs whose circuit is open, because requests failed repeatedly, or polls get no response.',
    },
    () => [...clients.values()].filter(({ state }) => state() !== 'closed').length,
  );
  return {
    find: (name, supergraphUrl) => {
      const { url = supergraphUrl, secrets = [] } = subgraphs[name] ?? {};
      // A subgraph with another URL gets a new client.
      const key = `${name} ${url}`;
      const subgraph =
        clients.get(key) ??
        createSubgraphClient({
          name,
          url,
          secret: secrets[0],
          timeoutMs: subgraphTimeoutMs,
          deduplicateFetches,
          breaker,
          logger,
          onFetch,
        });
      clients.set(key, subgraph);
      return subgraph;
    },
    close: async () => {
      await Promise.all([...clients.values()].map((subgraph) => subgraph.close()));
    },
  };
}

function measureFetches(metrics: Metrics): ((event: FetchEvent) => void) | undefined {
  if (metrics === noMetrics) return undefined;
  const observe = metrics.histogram({
    name: 'subgraph_fetch_duration_seconds',
    help: 'Duration of subgraph requests by outcome.',
    labels: ['service', 'outcome', 'shared'],
  });
  return ({ service, outcome, shared, milliseconds }) => {
    observe({ service, outcome, shared: String(shared) }, milliseconds / 1000);
  };
}
