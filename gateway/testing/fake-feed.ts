import type { SubgraphResponse } from '../subgraphs/subgraph.js';

/** A fake change feed of a country, with positions only. */
export interface FakeFeed {
  feedId: string;
  entries: number;
  /** How many requests it received. */
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
        return { data: { catalogue: null }, errors: [{ message: 'reset', extensions: { code: 'FEED_CHANGED' } }] };
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

/** Europe's response with the status of its index. */
export const statusResponse = (...states: (readonly [string, string, string | null])[]): SubgraphResponse => ({
  data: { catalogueStatus: states.map(([country, state, position]) => ({ country, state, position })) },
  errors: [],
});
