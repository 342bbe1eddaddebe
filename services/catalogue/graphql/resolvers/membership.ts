import type { ResolversOf } from '../../generated/resolver-types.js';
import { isOfCountry } from '../../model/national-catalogue.js';
import { toPeriod } from '../../model/periods.js';
import type { OrganisationRow } from '../../model/rows.js';

/** A row, when it is of a type. */
export const onlyOfType = <Row extends OrganisationRow>(row: Row | null, type: Row['type']): Row | null =>
  row?.type === type ? row : null;

export const membershipResolvers: ResolversOf<'Membership'> = {
  member: ({ memberId }, _args, { loaders }) => loaders.organisation.load(memberId),
  consortium: ({ consortiumId, consortium }, _args, { loaders }) =>
    consortium
      ? onlyOfType(consortium, 'CONSORTIUM')
      : loaders.organisation.load(consortiumId).then((found) => onlyOfType(found, 'CONSORTIUM')),
  country: (_membership, _args, { catalogue }) => catalogue.country.code,
  confirmed: ({ memberId, consortiumId }, _args, { catalogue }) =>
    [memberId, consortiumId].every((id) => isOfCountry(catalogue, id)),
  during: toPeriod,
};
