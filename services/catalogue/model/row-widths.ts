import { getColumns, membership, organisation, selectRevised } from './entities.js';
import type { MembershipRow, OrganisationRow } from './rows.js';

/** Whether a statement reads whole rows, or only the columns that most operations need. */
export type RowWidth = 'narrow' | 'whole';

/** What names, lists, dates and the types of organisations are computed from. */
const narrowOrganisation: readonly (keyof OrganisationRow)[] = [
  'id',
  'type',
  'kind',
  'names',
  'officialLanguages',
  'endDate',
  'membersCompleteSince',
  'completeMembers',
  'sortName',
];
const narrowMembership: readonly (keyof MembershipRow)[] = ['id', 'consortiumId', 'memberId', 'role'];

const select = (columns: readonly [string, string][], narrow: readonly string[], alias: string): string =>
  columns
    .filter(([property]) => narrow.includes(property))
    .map(([property, name]) => `${alias}.${name} AS "${property}"`)
    .join(', ');

/** What a statement selects to get rows of organisations from `listed`. */
export const selectOrganisation: Readonly<Record<RowWidth, string>> = {
  whole: selectRevised(organisation, 'listed'),
  narrow: select(getColumns(organisation), narrowOrganisation, 'listed'),
};

/** What a statement selects to get rows of memberships from `m`. */
export const selectMembership: Readonly<Record<RowWidth, string>> = {
  whole: selectRevised(membership, 'm'),
  narrow: select(getColumns(membership), narrowMembership, 'm'),
};
