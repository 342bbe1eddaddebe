import { type ProcessGraph, startProcessGraph } from '../support/process-graph.js';
import { createService, type Service } from '../support/service-process.js';
import type { TableLength } from '../support/subgraphs.js';
import { type FeedRelay, startFeedRelay } from './feed-relay.js';
import type { ClientEndpoints } from './ordinary-client.js';

/** A graph whose gateway and portal have their default limits and trust the addresses that clients state. */
export interface AbuseGraph {
  readonly graph: ProcessGraph;
  readonly portal: Service;
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
  const portal = await createService('portal', (port) => ({
    PORTAL_PORT: String(port),
    PORTAL_TRUSTED_PROXY_HOPS: '1',
    GATEWAY_URL: `${graph.origin}/graphql`,
  }));
  const stop = async (): Promise<void> => {
    await portal.kill();
    await graph.stop();
    await feed.stop();
  };
  portal.start();
  try {
    await portal.untilReady({ signal });
  } catch (error) {
    await stop();
    throw error;
  }
  return { graph, portal, feed, stop };
}

/** What a well-behaved client needs to know. */
export const endpointsOf = ({ graph, portal }: Pick<AbuseGraph, 'graph' | 'portal'>): ClientEndpoints => ({
  gateway: graph.origin,
  portal: `http://127.0.0.1:${portal.port}`,
  secrets: graph.secrets,
});
