import { type Day, pointsBetween, today } from '../../../shared/dates.js';
import { nextTurn } from '../../../kit/observability/next-turn.js';
import { resolvePage } from '../../../kit/graphql/pagination.js';
import { getStatus } from '../../model/consortium-status.js';
import { getEffectiveDay } from '../../model/effective-date.js';
import type { AdministrationKind, ResolversOf } from '../../generated/resolver-types.js';
import { countCoverage } from '../../model/coverage.js';
import { growthPoints } from '../../model/growth.js';
import { type ListedMembership, membershipKey, recordKey } from '../../model/list-keys.js';
import type { ConsortiumParent, RecordParent } from '../../model/rows.js';
import { resolveHeldNeeds } from './need.js';
import { organisationResolvers } from './organisation.js';

/** Whether the catalogue knows every member, or every one of a kind, on a day. */
const areMembersComplete = (
  { membersCompleteSince, completeMembers }: ConsortiumParent,
  day: Day,
  kind: AdministrationKind | null,
): boolean => {
  if (membersCompleteSince !== null && membersCompleteSince <= day) return true;
  if (completeMembers === null) return false;
  const { start, end, kinds } = completeMembers;
  return start <= day && (end === null || day < end) && (kinds === null || (kind !== null && kinds.includes(kind)));
};

export const consortiumResolvers: ResolversOf<'NationalConsortium'> = {
  ...organisationResolvers,
  status: (consortium, { asOf }) => getStatus(consortium, asOf ?? today()),
  openTo: (consortium) => (consortium.openToKinds === null ? null : consortium),
  members: async (consortium, { asOf, kind, role, past, ...pageArguments }, { loaders }) => {
    const { id } = consortium;
    const day = getEffectiveDay(consortium, asOf);
    const filter = { kind: kind ?? null, role: role ?? null, past: past ?? false };
    const page = await resolvePage<ListedMembership>(pageArguments, {
      scope: `${id} members`,
      key: membershipKey,
      find: (page) => loaders.memberPage.load({ id, day, arguments: { ...filter, page } }),
      count: async () => (await loaders.memberCount.load({ id, day, arguments: filter }))[0]?.count ?? 0,
    });
    return { ...page, complete: !filter.past && areMembersComplete(consortium, day, filter.kind) };
  },
  coverage: async (consortium, { asOf, kind }, { loaders }) => {
    const counted = kind ?? 'MUNICIPALITY';
    const day = getEffectiveDay(consortium, asOf);
    const [[found], members] = await Promise.all([
      loaders.coverage.load({ id: consortium.id, day, arguments: { kind: counted } }),
      loaders.countedMembers.load(consortium.id),
    ]);
    return found
      ? { ...found, ...countCoverage(members, found, { kind: counted, day }), asOf: day, kind: counted }
      : null;
  },
  growth: async (consortium, { from, to, interval }, { loaders, request }) => {
    const { id } = consortium;
    const [members, claims] = await Promise.all([
      loaders.countedMembers.load(id),
      loaders.claims.load({ id, day: today(), arguments: null }),
    ]);
    await nextTurn(request);
    const days = pointsBetween(from, to, interval ?? 'YEAR');
    return growthPoints(days, members, claims).map((point) => ({
      ...point,
      complete: areMembersComplete(consortium, point.asOf, null),
    }));
  },
  portfolio: (consortium, { asOf, past }, { loaders }) =>
    loaders.portfolio.load({
      id: consortium.id,
      day: getEffectiveDay(consortium, asOf),
      arguments: { past: past ?? false },
    }),
  terms: ({ id }, _args, { loaders }) => loaders.termsOfConsortium.load(id),
  records: ({ id }, { isPart = null, ...pageArguments }, { loaders }) => {
    const day = today();
    return resolvePage<RecordParent>(pageArguments, {
      scope: `${id} records`,
      key: recordKey,
      find: (page) => loaders.recordPage.load({ id, day, arguments: { isPart, page } }),
      count: async () => (await loaders.recordCount.load({ id, day, arguments: { isPart } }))[0]?.count ?? 0,
    });
  },
  needs: resolveHeldNeeds,
  claims: (consortium, { asOf }, { loaders }) =>
    loaders.claims.load({ id: consortium.id, day: asOf ?? today(), arguments: null }),
};
