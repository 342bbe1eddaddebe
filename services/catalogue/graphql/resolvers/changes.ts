import { InputError } from '../../../kit/graphql/errors.js';
import { connectionRows, encodeCursor, parsePage } from '../../../kit/graphql/pagination.js';
import type { Repositories } from '../context.js';
import type { ResolversOf } from '../../generated/resolver-types.js';
import { toRowId } from '../../model/national-catalogue.js';
import type { ChangePage } from '../../model/rows.js';

const defaultPageSize = 100;
const maxPageSize = 1000;

/**
 * A page of the change feed. A cursor names its feed, so that a cursor of a feed that no longer exists is rejected.
 *
 * @throws InputError INVALID_ARGUMENT, INVALID_CURSOR, or FEED_CHANGED if the feed was restarted since the cursor was issued.
 */
export async function findChanges(
  country: string,
  changes: Repositories['changes'],
  after: string | null | undefined,
  first: number | null | undefined,
): Promise<ChangePage> {
  const limit = first ?? defaultPageSize;
  if (limit < 0 || limit > maxPageSize)
    throw new InputError('INVALID_ARGUMENT', `\`first\` is ${limit}; it must be from 0 to ${maxPageSize}.`);
  const scope = `${country} changes`;
  const [feed, number = '0'] = (parsePage({ after: after ?? null }, scope, ['string', 'string']).after ??
    []) as string[];
  if (!/^\d{1,18}$/.test(number)) throw new InputError('INVALID_CURSOR', '`after` is not a cursor of this feed.');
  const { feedId, changes: found } = await changes.findAfter(number, limit + 1);
  if (feed !== undefined && feed !== feedId) {
    throw new InputError(
      'FEED_CHANGED',
      'The feed was restarted since this cursor was issued. Read it from its start, without `after`.',
    );
  }
  return {
    feedId,
    edges: found
      .slice(0, limit)
      .map((node) => ({ node: { ...node, feedId }, cursor: encodeCursor(scope, [feedId, node.number]) })),
    hasNextPage: found.length > limit,
    hasPreviousPage: feed !== undefined,
  };
}

export const changeConnectionResolvers: ResolversOf<'ChangeConnection'> = {
  ...connectionRows,
  pageInfo: ({ edges, hasNextPage, hasPreviousPage }) => ({
    hasNextPage,
    hasPreviousPage,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  }),
};

/** The subject of a change as it is now. Null for other subjects, and if the subject no longer exists. */
export const changeResolvers: ResolversOf<'Change'> = {
  id: ({ feedId, number }, _args, { catalogue }) => toRowId(catalogue, 'change', `${feedId}-${number}`),
  administration: ({ subject, subjectId }, _args, { loaders }) =>
    subject === 'ADMINISTRATION' ? loaders.organisation.load(subjectId) : null,
  consortium: ({ subject, subjectId }, _args, { loaders }) =>
    subject === 'CONSORTIUM' ? loaders.organisation.load(subjectId) : null,
  membership: ({ subject, subjectId }, _args, { loaders }) =>
    subject === 'MEMBERSHIP' ? loaders.membership.load(subjectId) : null,
  claim: ({ subject, subjectId }, _args, { loaders }) => (subject === 'CLAIM' ? loaders.claim.load(subjectId) : null),
  record: ({ subject, subjectId }, _args, { loaders }) =>
    subject === 'RECORD' ? loaders.record.load(subjectId) : null,
  portfolioEntry: ({ subject, subjectId }, _args, { loaders }) =>
    subject === 'PORTFOLIO' ? loaders.portfolioEntry.load(subjectId) : null,
  adoption: ({ subject, subjectId }, _args, { loaders }) =>
    subject === 'ADOPTION' ? loaders.adoption.load(subjectId) : null,
};
