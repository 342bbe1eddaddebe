import type { EntitySchema } from 'typeorm';

import { claim, membership, organisation, selectRevised, selectRow } from '../entities.js';
import type { ChangeSubject } from '../generated/resolver-types.js';
import type { ClaimRow, MembershipParent, MembershipRow, OrganisationParent, OrganisationRow } from '../rows.js';

/** A sort of thing that editors write. `Parent` is a row of it as it is read, with what the database fills in. */
export interface Subject<Row extends { readonly id: string }, Parent extends Row> {
  readonly entity: EntitySchema<Row>;
  /** What a statement selects to get a `Parent`, from the table as `r`. */
  readonly columns: string;
  /** What it is called in the change feed and in the audit trail. */
  readonly nameOf: (row: Row) => ChangeSubject;
  /** Whose affair it is, beside its own: ids. */
  readonly concerns: (row: Row) => readonly (string | null)[];
  /** Only where a statement reads rows as `Parent`: keeps the type. */
  readonly parent?: Parent;
}

export const bodies: Subject<OrganisationRow, OrganisationParent> = {
  entity: organisation,
  columns: selectRevised(organisation as never, 'r'),
  nameOf: ({ type }) => type,
  concerns: () => [],
};

export const memberships: Subject<MembershipRow, MembershipParent> = {
  entity: membership,
  columns: selectRevised(membership as never, 'r'),
  nameOf: () => 'MEMBERSHIP',
  concerns: ({ consortiumId, memberId }) => [consortiumId, memberId],
};

export const claims: Subject<ClaimRow, ClaimRow> = {
  entity: claim,
  columns: selectRow(claim as never, 'r'),
  nameOf: () => 'CLAIM',
  concerns: ({ consortiumId }) => [consortiumId],
};
