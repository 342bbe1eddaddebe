import type { ResolversOf } from '../../generated/resolver-types.js';
import { toPeriod } from '../../model/periods.js';
import type { OrganisationRow } from '../../model/rows.js';

/** A row, when it is of a type. */
export const onlyOfType = <Row extends OrganisationRow>(row: Row | null, type: Row['type']): Row | null =>
  row?.type === type ? row : null;

export const membershipResolvers: ResolversOf<'Membership'> = {
  member: ({ memberId }, _args, { loaders }) => loaders.organisation.load(memberId),
  consortium: async ({ consortiumId }, _args, { loaders }) =>
    onlyOfType(await loaders.organisation.load(consortiumId), 'CONSORTIUM'),
  during: toPeriod,
};
