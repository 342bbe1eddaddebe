import type { EntitySchema } from 'typeorm';

import {
  adoption,
  claim,
  code,
  codeList,
  codeMapping,
  contract,
  membership,
  need,
  needHolder,
  organisation,
  portfolioEntry,
  record,
  terms as termsEntity,
  webhook,
} from '../model/entities.js';
import { selectRevised, selectRow } from '../model/row-sql.js';
import type { ChangeSubject } from '../generated/resolver-types.js';
import type {
  CodeListParent,
  CodeListRow,
  CodeMappingParent,
  CodeMappingRow,
  CodeParent,
  CodeRow,
  NeedHolderParent,
  NeedHolderRow,
  NeedParent,
  NeedRow,
} from '../model/need-rows.js';
import type { WebhookParent, WebhookRow } from '../model/webhook-rows.js';
import { inUtc } from './sql-fragments.js';
import type {
  AdoptionParent,
  AdoptionRow,
  ClaimRow,
  ContractParent,
  ContractRow,
  MembershipParent,
  MembershipRow,
  OrganisationParent,
  OrganisationRow,
  PortfolioParent,
  PortfolioRow,
  RecordParent,
  RecordColumns,
  TermsParent,
  TermsRow,
} from '../model/rows.js';

/** A table that editors write. `Parent` is a row as it is read, with the columns that the database fills in. */
export interface AuditedTable<Row extends { readonly id: string }, Parent extends Row> {
  readonly entity: EntitySchema<Row>;
  /** What a statement selects to get a `Parent`, from the table as `r`. */
  readonly columns: string;
  /** The subject of a row's entries in the change feed and in the audit trail. */
  readonly getSubject: (row: Row) => ChangeSubject;
  /** The ids of the organisations, and of the need, that a row concerns, besides its own id. */
  readonly concerns: (row: Row) => readonly (string | null)[];
  /** Only where a statement reads rows as `Parent`: keeps the type. */
  readonly parent?: Parent;
}

export const organisations: AuditedTable<OrganisationRow, OrganisationParent> = {
  entity: organisation,
  columns: selectRevised(organisation, 'r'),
  getSubject: ({ type }) => type,
  concerns: () => [],
};

export const memberships: AuditedTable<MembershipRow, MembershipParent> = {
  entity: membership,
  columns: selectRevised(membership, 'r'),
  getSubject: () => 'MEMBERSHIP',
  concerns: ({ consortiumId, memberId }) => [consortiumId, memberId],
};

export const claims: AuditedTable<ClaimRow, ClaimRow> = {
  entity: claim,
  columns: selectRow(claim, 'r'),
  getSubject: () => 'CLAIM',
  concerns: ({ consortiumId }) => [consortiumId],
};

export const records: AuditedTable<RecordColumns, RecordParent> = {
  entity: record,
  columns: `${selectRevised(record, 'r')}, ${inUtc('r.issued')} AS issued`,
  getSubject: () => 'RECORD',
  concerns: ({ publisherId }) => [publisherId],
};

export const portfolioEntries: AuditedTable<PortfolioRow, PortfolioParent> = {
  entity: portfolioEntry,
  columns: selectRevised(portfolioEntry, 'r'),
  getSubject: () => 'PORTFOLIO',
  concerns: ({ consortiumId }) => [consortiumId],
};

export const adoptions: AuditedTable<AdoptionRow, AdoptionParent> = {
  entity: adoption,
  columns: selectRevised(adoption, 'r'),
  getSubject: () => 'ADOPTION',
  concerns: ({ administrationId }) => [administrationId],
};

export const codeLists: AuditedTable<CodeListRow, CodeListParent> = {
  entity: codeList,
  columns: selectRevised(codeList, 'r'),
  getSubject: () => 'CODE_LIST',
  concerns: () => [],
};

export const codes: AuditedTable<CodeRow, CodeParent> = {
  entity: code,
  columns: selectRevised(code, 'r'),
  getSubject: () => 'CODE',
  concerns: () => [],
};

export const codeMappings: AuditedTable<CodeMappingRow, CodeMappingParent> = {
  entity: codeMapping,
  columns: selectRevised(codeMapping, 'r'),
  getSubject: () => 'CODE_MAPPING',
  concerns: () => [],
};

export const needs: AuditedTable<NeedRow, NeedParent> = {
  entity: need,
  columns: selectRevised(need, 'r'),
  getSubject: () => 'NEED',
  concerns: () => [],
};

export const needHolders: AuditedTable<NeedHolderRow, NeedHolderParent> = {
  entity: needHolder,
  columns: selectRevised(needHolder, 'r'),
  getSubject: () => 'NEED_HOLDER',
  concerns: ({ holderId, needId }) => [holderId, needId],
};

export const terms: AuditedTable<TermsRow, TermsParent> = {
  entity: termsEntity,
  columns: selectRevised(termsEntity, 'r'),
  getSubject: () => 'TERMS',
  concerns: ({ consortiumId }) => [consortiumId],
};

export const contracts: AuditedTable<ContractRow, ContractParent> = {
  entity: contract,
  columns: selectRevised(contract, 'r'),
  getSubject: () => 'CONTRACT',
  concerns: ({ clientId }) => [clientId],
};

export const webhooks: AuditedTable<WebhookRow, WebhookParent> = {
  entity: webhook,
  // A moment is read in UTC, as the contract writes it.
  columns: `${selectRevised(webhook, 'r')}, ${inUtc('r.secret_issued_at')} AS "secretIssuedAt"`,
  getSubject: () => 'WEBHOOK',
  concerns: () => [],
};
