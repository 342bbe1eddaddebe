import type { SubgraphResponse } from '../subgraphs/subgraph.js';

/** A country's change feed, or as much of it as tells how far it has come. */
export interface FakeFeed {
  feedId: string;
  entries: number;
  /** How often it was asked. */
  requestCount: number;
  readonly respond: (after: string | null, first: number) => SubgraphResponse;
}

export function createFakeFeed(entries: number): FakeFeed {
  const feed: FakeFeed = {
    feedId: 'one',
    entries,
    requestCount: 0,
    respond: (after, first) => {
      feed.requestCount += 1;
      const [feedId, number = '0'] = after?.split(' ') ?? [feed.feedId];
      if (feedId !== feed.feedId) {
        return { data: { catalogue: null }, errors: [{ message: 'anew', extensions: { code: 'FEED_CHANGED' } }] };
      }
      const end = Math.min(feed.entries, Number(number) + first);
      const pageInfo = {
        endCursor: end > Number(number) ? `${feedId} ${end}` : null,
        hasNextPage: end < feed.entries,
      };
      return { data: { catalogue: { changes: { feedId, pageInfo } } }, errors: [] };
    },
  };
  return feed;
}

/** What Europe says of its index. */
export const statusResponse = (...states: (readonly [string, string, string | null])[]): SubgraphResponse => ({
  data: { catalogueStatus: states.map(([country, state, position]) => ({ country, state, position })) },
  errors: [],
});
