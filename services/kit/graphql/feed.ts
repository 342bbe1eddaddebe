import { InputError } from './errors.js';
import { connectionRows, encodeCursor, parsePage } from './pagination.js';

/** The default and the maximum number of entries of a page. */
const defaultPageSize = 100;
const maxPageSize = 1000;

/** An entry of a feed. */
interface Entry {
  /** Its place: a number of PostgreSQL's `bigint`. */
  readonly number: string;
}

/** A feed: entries that are only ever added at its end, until it is restarted with another id. */
export interface Feed<Row extends Entry> {
  /** Names the feed: a cursor of any other is rejected. */
  readonly scope: string;
  /** At most `limit` entries after a number, oldest first, and the id of the feed at that moment. */
  readonly findAfter: (
    number: string,
    limit: number,
  ) => Promise<{ readonly feedId: string; readonly changes: readonly Row[] }>;
}

/** A page of a feed. Each entry knows the feed that it is of. */
export interface FeedPage<Row extends Entry> {
  readonly feedId: string;
  readonly edges: readonly { readonly node: Row & { readonly feedId: string }; readonly cursor: string }[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/**
 * Reads a page of a feed. A cursor names its feed, so that a cursor of a feed that no longer exists is rejected.
 *
 * @throws InputError INVALID_ARGUMENT, INVALID_CURSOR, or FEED_CHANGED if the feed was restarted since the cursor was issued.
 */
export async function resolveFeedPage<Row extends Entry>(
  { after, first }: { readonly after?: string | null | undefined; readonly first?: number | null | undefined },
  { scope, findAfter }: Feed<Row>,
): Promise<FeedPage<Row>> {
  const limit = first ?? defaultPageSize;
  if (limit < 0 || limit > maxPageSize)
    throw new InputError('INVALID_ARGUMENT', `\`first\` is ${limit}; it must be from 0 to ${maxPageSize}.`);
  const [feed, number = '0'] = (parsePage({ after: after ?? null }, scope, ['string', 'string']).after ??
    []) as string[];
  if (!/^\d{1,18}$/.test(number)) throw new InputError('INVALID_CURSOR', '`after` is not a cursor of this feed.');
  const { feedId, changes } = await findAfter(number, limit + 1);
  if (feed !== undefined && feed !== feedId) {
    throw new InputError(
      'FEED_CHANGED',
      'The feed was restarted since this cursor was issued. Read it from its start, without `after`.',
    );
  }
  return {
    feedId,
    edges: changes
      .slice(0, limit)
      .map((node) => ({ node: { ...node, feedId }, cursor: encodeCursor(scope, [feedId, node.number]) })),
    hasNextPage: changes.length > limit,
    hasPreviousPage: feed !== undefined,
  };
}

/** Resolvers of every connection type of a feed. */
export const feedResolvers = {
  ...connectionRows,
  pageInfo: <Row extends Entry>({ edges, hasNextPage, hasPreviousPage }: FeedPage<Row>) => ({
    hasNextPage,
    hasPreviousPage,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  }),
};
