import { openClient } from '../support/client.js';
import { type ProcessGraph, startProcessGraph } from '../support/process-graph.js';
import type { TableLength } from '../support/subgraphs.js';
import { addresses } from './attack.js';
import { type FeedRelay, startFeedRelay } from './feed-relay.js';
import { createWellBehavedClient, type WellBehavedClient } from './well-behaved-client.js';

/** A graph whose gateway has its default limits and trusts the addresses that clients state, and a well-behaved client. */
export interface AbuseGraph {
  readonly graph: ProcessGraph;
  readonly client: WellBehavedClient;
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
  const http = openClient(graph.origin, 1, { 'x-forwarded-for': addresses.wellBehaved });
  const stop = async (): Promise<void> => {
    await http.close();
    await graph.stop();
    await feed.stop();
  };
  try {
    return { graph, feed, client: await createWellBehavedClient(http, graph.secrets), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
