import { readKey, writeCursor } from '../pages.js';
import { refuse } from '../refuse.js';
import type { Change, Store } from '../store.js';
import type { Subject } from '../types.js';

const scope = 'dk changes';
const usual = 100;
const most = 1000;

interface ChangesArguments {
  readonly after?: string | null;
  readonly first?: number | null;
}

/** A page of the change feed. A cursor names its feed. */
export function changesOf(store: Store, { after, first }: ChangesArguments) {
  const limit = first ?? usual;
  if (limit < 0 || limit > most) throw refuse('INVALID_ARGUMENT', `\`first\` is ${limit}; it can be 0 to ${most}.`);
  const [feedId, number] = readKey('after', after, scope) ?? [store.feedId, 0];
  if (feedId !== store.feedId) {
    throw refuse('FEED_CHANGED', 'The feed began anew since this cursor was given. Read it without `after`.');
  }
  const later = store.changes().filter((change) => change.number > Number(number));
  const edges = later
    .slice(0, limit)
    .map((node) => ({ node, cursor: writeCursor(scope, [store.feedId, node.number]) }));
  return {
    feedId: store.feedId,
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: later.length > edges.length,
      hasPreviousPage: after != null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** What a change is of, as it is now. */
export const changeResolvers = (store: Store) => {
  const of =
    (wanted: Subject) =>
    ({ subject, subjectId }: Change) =>
      subject === wanted ? store.find(wanted, subjectId) : null;
  return {
    id: ({ number }: Change) => String(number),
    administration: of('ADMINISTRATION'),
    consortium: of('CONSORTIUM'),
    membership: of('MEMBERSHIP'),
    claim: of('CLAIM'),
    record: of('RECORD'),
    portfolioEntry: of('PORTFOLIO'),
    adoption: of('ADOPTION'),
  };
};
