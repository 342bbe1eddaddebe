import { pointsBetween, today } from '../../../shared/dates.js';
import { encodeCursor, parsePage, toConnection } from '../../../kit/graphql/pagination.js';
import { dayFor } from '../../model/effective-date.js';
import type { NationalConsortiumResolvers } from '../../generated/resolver-types.js';
import { growthPoints } from '../../model/growth.js';
import { type ListedMembership, memberKey } from '../../repositories/memberships.js';
import type { RecordParent } from '../../model/rows.js';
import { organisationResolvers } from './organisation.js';

export const consortiumResolvers: NationalConsortiumResolvers = {
  ...organisationResolvers,
  openTo: (consortium) => (consortium.openToKinds === null ? null : consortium),
  members: async (consortium, { asOf, kind = null, role = null, ...pageArguments }, { loaders }) => {
    const { id } = consortium;
    const scope = `${id} members`;
    const page = parsePage(pageArguments, scope, ['string', 'string']);
    const day = dayFor(consortium, asOf);
    const rows = await loaders.memberPage.load({ id, day, arguments: { kind, role, page } });
    return toConnection<ListedMembership>(
      rows,
      page,
      (row) => encodeCursor(scope, memberKey(row)),
      async () => (await loaders.memberCount.load({ id, day, arguments: { kind, role } }))[0]?.count ?? 0,
    );
  },
  coverage: async (consortium, { asOf, kind }, { loaders }) => {
    const counted = kind ?? 'MUNICIPALITY';
    const day = dayFor(consortium, asOf);
    const [found] = await loaders.coverage.load({ id: consortium.id, day, arguments: { kind: counted } });
    return found ? { ...found, asOf: day, kind: counted } : null;
  },
  growth: async ({ id }, { from, to, interval }, { loaders }) => {
    const points = pointsBetween(from, to, interval ?? 'YEAR');
    const [counts, claims] = await Promise.all([
      loaders.growth.load({ id, day: to, arguments: { points } }),
      loaders.claims.load({ id, day: today(), arguments: null }),
    ]);
    return growthPoints(counts, claims);
  },
  portfolio: (consortium, { asOf, past }, { loaders }) =>
    loaders.portfolio.load({ id: consortium.id, day: dayFor(consortium, asOf), arguments: { past: past ?? false } }),
  records: async ({ id }, pageArguments, { loaders }) => {
    const scope = `${id} records`;
    const page = parsePage(pageArguments, scope, ['string', 'string']);
    const day = today();
    return toConnection<RecordParent>(
      await loaders.recordPage.load({ id, day, arguments: { page } }),
      page,
      (row) => encodeCursor(scope, [row.sortName, row.id]),
      async () => (await loaders.recordCount.load({ id, day, arguments: null }))[0]?.count ?? 0,
    );
  },
  claims: (consortium, { asOf }, { loaders }) =>
    loaders.claims.load({ id: consortium.id, day: asOf ?? today(), arguments: null }),
};
