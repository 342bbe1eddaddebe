import type { GraphQLFormattedError } from 'graphql';
import { z } from 'zod';

import type { SubgraphResponse } from '../subgraphs/subgraph.js';

/** Sends a query to a subgraph. */
export type QuerySubgraph = (query: string, variables?: Readonly<Record<string, unknown>>) => Promise<SubgraphResponse>;

/** The maximum length of a cursor or feed id. They are kept with every cached response. */
const maxIdLength = 1_000;

const pageSchema = z.object({
  catalogue: z.object({
    changes: z.object({
      feedId: z.string().max(maxIdLength),
      pageInfo: z.object({ endCursor: z.string().max(maxIdLength).nullable(), hasNextPage: z.boolean() }),
    }),
  }),
});

/** The maximum page size of a country. Entries without their contents are small. */
const pageSize = 1_000;

/** Pages read in one call: a feed that never ends, or restarts again and again, must not keep the gateway busy. */
const maxPagesPerCall = 10;

/** Pages read in addition until the feed has restarted once: a gateway caches nothing of a country before it has read its feed. */
const maxFirstPages = 1_000;

/**
 * Creates a reader of the end position of a country's change feed. Its first call reads the whole feed; later calls get an
 * empty page after the last position, unless something changed. A call rejects if the feed has more pages than it reads; the
 * next call continues.
 *
 * @param folder the country's field on Query.
 * @returns a text that differs after any change.
 */
export function createFeedPositionReader(folder: string, sendQuery: QuerySubgraph): () => Promise<string> {
  const query = `query Position($after: String, $first: Int) {
    catalogue: ${folder} { changes(after: $after, first: $first) { feedId pageInfo { endCursor hasNextPage } } }
  }`;
  let after: string | null = null;
  let firstPages = maxFirstPages;

  const readPage = async () => {
    const { data, errors } = await sendQuery(query, { after, first: pageSize });
    if (after !== null && errors.some(isFeedReset)) {
      after = null;
      firstPages = 0;
      return undefined;
    }
    return pageSchema.parse(data).catalogue.changes;
  };

  return async () => {
    for (let pages = 0; pages < maxPagesPerCall || firstPages > 0; pages += 1) {
      if (pages >= maxPagesPerCall) firstPages -= 1;
      const changes = await readPage();
      if (!changes) continue;
      const { feedId, pageInfo } = changes;
      if (pageInfo.hasNextPage && (pageInfo.endCursor ?? after) === after)
        throw new Error('the feed announces a next page, but its cursor does not advance');
      after = pageInfo.endCursor ?? after;
      if (!pageInfo.hasNextPage) return JSON.stringify([feedId, after]);
    }
    throw new Error('the feed has more pages than are read at once');
  };
}

/** A country whose new release writes cursors in another format is read again from the start as well. */
const isFeedReset = ({ extensions }: GraphQLFormattedError): boolean =>
  ['FEED_CHANGED', 'INVALID_CURSOR'].includes(String(extensions?.['code']));
