import type { GraphQLFormattedError } from 'graphql';
import { z } from 'zod';

import type { SubgraphResponse } from '../subgraphs/subgraph.js';

/** Asks a subgraph. */
export type QuerySubgraph = (query: string, variables?: Readonly<Record<string, unknown>>) => Promise<SubgraphResponse>;

const pageSchema = z.object({
  catalogue: z.object({
    changes: z.object({
      feedId: z.string(),
      pageInfo: z.object({ endCursor: z.string().nullable(), hasNextPage: z.boolean() }),
    }),
  }),
});

/** As many as a country gives at once. Without their contents they are little. */
const pageSize = 1_000;

/**
 * Finds out how far a country's change feed has come. The first time it walks through all of the feed; from then on there is
 * nothing after the last place, unless something changed.
 *
 * @param folder the country's field on Query.
 * @returns a text that is another one when anything has changed.
 */
export function createFeedPositionReader(folder: string, ask: QuerySubgraph): () => Promise<string> {
  const query = `query Position($after: String, $first: Int) {
    catalogue: ${folder} { changes(after: $after, first: $first) { feedId pageInfo { endCursor hasNextPage } } }
  }`;
  let after: string | null = null;

  const readPage = async () => {
    const { data, errors } = await ask(query, { after, first: pageSize });
    if (after !== null && errors.some(isFeedReset)) {
      after = null;
      return undefined;
    }
    return pageSchema.parse(data).catalogue.changes;
  };

  return async () => {
    for (;;) {
      const changes = await readPage();
      if (!changes) continue;
      const { feedId, pageInfo } = changes;
      if (pageInfo.hasNextPage && (pageInfo.endCursor ?? after) === after) throw new Error('the feed does not go on');
      after = pageInfo.endCursor ?? after;
      if (!pageInfo.hasNextPage) return JSON.stringify([feedId, after]);
    }
  };
}

/** A country whose release writes cursors otherwise than the one before is read anew as well. */
const isFeedReset = ({ extensions }: GraphQLFormattedError): boolean =>
  ['FEED_CHANGED', 'INVALID_CURSOR'].includes(String(extensions?.['code']));
