import { type ProcessGraph, startProcessGraph } from '../support/process-graph.js';
import type { TableLength } from '../support/subgraphs.js';
import { type FeedRelay, startFeedRelay } from './feed-relay.js';

/** A graph whose gateway has its default limits and trusts the addresses that clients state. */
export interface AbuseGraph {
  readonly graph: ProcessGraph;
  /** Between Belgium and Europe. */
  readonly feed: FeedRelay;
  readonly stop: () => Promise<void>;
}

export async function startAbuseGraph(signal: AbortSignal, tables: TableLength): Promise<AbuseGraph> {
  const feed = await startFeedRelay();
  const graph = await startProcessGraph({
    tables,
    feeds: ({ BELGIUM_URL = '' }) => {
      feed.setTarget(BELGIUM_URL);
      return { BELGIUM_URL: feed.url };
    },
    proxied: ['belgium'],
    gateway: {
      TRUSTED_PROXY_HOPS: '1',
      COST_BUDGET_PER_MINUTE: '',
      MAX_CONCURRENT_REQUESTS_PER_CLIENT: '',
      SHUTDOWN_DELAY_MS: '500',
    },
    signal,
  });
  const stop = async (): Promise<void> => {
    await graph.stop();
    await feed.stop();
  };
  return { graph, feed, stop };
}
