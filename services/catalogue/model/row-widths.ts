import { membership, organisation } from './entities.js';
import { getColumns, selectRevised } from './row-sql.js';
import type { MembershipRow, OrganisationRow } from './rows.js';

/** Whether a statement reads whole rows, or only the columns that most operations need: the narrow ones for lists of names. */
export type RowWidth = 'narrow' | 'plain' | 'whole';

type MembershipWidth = Exclude<RowWidth, 'plain'>;

/** How much of their rows an operation needs. */
export interface RowWidths {
  readonly organisations: RowWidth;
  readonly memberships: MembershipWidth;
  /** How much of consortia is read in one statement with the memberships of organisations. Null: nothing. */
  readonly besideMemberships: keyof typeof selectConsortium | null;
}

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
/** Texts of a few characters that one row has of each. */
const plainOrganisation: readonly (keyof OrganisationRow)[] = [
  ...narrowOrganisation,
  'level',
  'nuts',
  'lau',
  'homepage',
  'legalForm',
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
  plain: select(getColumns(organisation), plainOrganisation, 'listed'),
  narrow: select(getColumns(organisation), narrowOrganisation, 'listed'),
};

/**
 * What a statement selects to get the consortium of a membership beside it, from `consortium`: in the first of the rows that have the
 * same one, because many of a page do.
 */
const selectConsortiumWith = (columns: readonly string[]): string =>
  `CASE WHEN row_number() OVER (PARTITION BY consortium.id) = 1 THEN json_build_object(${getColumns(organisation)
    .filter(([property]) => columns.includes(property))
    .map(([property, name]) => `'${property}', consortium.${name}`)
    .join(', ')}) END AS consortium`;

export const selectConsortium: Readonly<Record<Exclude<RowWidth, 'whole'>, string>> = {
  narrow: selectConsortiumWith(narrowOrganisation),
  plain: selectConsortiumWith(plainOrganisation),
};

/** What a statement selects to get rows of memberships from `m`. */
export const selectMembership: Readonly<Record<MembershipWidth, string>> = {
  whole: selectRevised(membership, 'm'),
  narrow: select(getColumns(membership), narrowMembership, 'm'),
};
