import { EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';

import type { CodeListRow, CodeMappingRow, CodeRow, NeedHolderRow, NeedRow } from './need-rows.js';
import type { WebhookRow } from './webhook-rows.js';
import type {
  AdoptionRow,
  ClaimRow,
  CompletenessRow,
  ContractRow,
  FeeRow,
  IdentifierRow,
  MembershipRow,
  OrganisationRow,
  PopulationRow,
  PortfolioRow,
  SuccessionRow,
  RecordColumns,
  TermsRow,
} from './rows.js';

// Tables as values, not decorated classes: rows stay plain data. Repositories read by their own SQL; these definitions are for
// writing, and a test compares them with the migrations. None has `revision`, which the database counts.

const column = (name: string, type: EntitySchemaColumnOptions['type'], more: Partial<EntitySchemaColumnOptions> = {}) =>
  ({ name, type, ...more }) as EntitySchemaColumnOptions;
const text = (name: string) => column(name, 'text');
const optionalText = (name: string) => column(name, 'text', { nullable: true });
const optionalDate = (name: string) => column(name, 'date', { nullable: true });
const textArray = (name: string) => column(name, 'text', { array: true });
const key = (name: string) => column(name, 'text', { primary: true });
const json = (name: string) => column(name, 'jsonb');

const period = {
  startDate: optionalDate('start_date'),
  startPrecision: optionalText('start_precision'),
  endDate: optionalDate('end_date'),
  endPrecision: optionalText('end_precision'),
  ended: column('ended', 'boolean', { nullable: true }),
};

export const organisation = new EntitySchema<OrganisationRow>({
  name: 'organisation',
  columns: {
    id: key('id'),
    type: text('type'),
    kind: text('kind'),
    kindDetail: json('kind_detail'),
    level: optionalText('level'),
    officialLanguages: column('official_languages', 'text', { array: true }),
    names: json('names'),
    alternativeNames: json('alternative_names'),
    nuts: optionalText('nuts'),
    lau: optionalText('lau'),
    homepage: optionalText('homepage'),
    ...period,
    legalForm: optionalText('legal_form'),
    openToKinds: column('open_to_kinds', 'text', { array: true, nullable: true }),
    openToNuts: column('open_to_nuts', 'text', { array: true, nullable: true }),
    openToDescription: json('open_to_description'),
    membersCompleteSince: optionalDate('members_complete_since'),
    completeMembers: column('complete_members', 'jsonb', { nullable: true }),
    status: optionalText('status'),
    statusProvenance: column('status_provenance', 'jsonb', { nullable: true }),
    national: json('national'),
    provenance: json('provenance'),
    sortName: text('sort_name'),
    searchText: text('search_text'),
  },
});

export const identifier = new EntitySchema<IdentifierRow>({
  name: 'identifier',
  columns: {
    organisationId: key('organisation_id'),
    scheme: key('scheme'),
    notation: key('notation'),
    ...period,
  },
});

export const population = new EntitySchema<PopulationRow>({
  name: 'population',
  columns: {
    organisationId: key('organisation_id'),
    // Part of the key, so never null: see `undated` in rows.ts.
    onDate: column('on_date', 'date', { primary: true }),
    count: column('count', 'integer'),
    provenance: json('provenance'),
  },
});

export const succession = new EntitySchema<SuccessionRow>({
  name: 'succession',
  columns: { predecessorId: key('predecessor_id'), successorId: key('successor_id') },
});

export const membership = new EntitySchema<MembershipRow>({
  name: 'membership',
  columns: {
    id: key('id'),
    consortiumId: text('consortium_id'),
    memberId: text('member_id'),
    role: text('role'),
    ...period,
    endReason: optionalText('end_reason'),
    observedOn: optionalDate('observed_on'),
    provenance: json('provenance'),
  },
});

export const claim = new EntitySchema<ClaimRow>({
  name: 'claim',
  columns: {
    id: key('id'),
    consortiumId: optionalText('consortium_id'),
    address: optionalText('address'),
    statement: text('statement'),
    relation: optionalText('relation'),
    kind: optionalText('kind'),
    count: column('count', 'integer', { nullable: true }),
    outOf: column('out_of', 'integer', { nullable: true }),
    share: column('share', 'double precision', { nullable: true }),
    asOf: optionalDate('as_of'),
    precision: optionalText('precision'),
    publishedOn: optionalDate('published_on'),
    source: text('source'),
    provenance: json('provenance'),
  },
});

// Without `issued`, which no import writes.
export const record = new EntitySchema<RecordColumns>({
  name: 'catalogue_record',
  columns: {
    id: key('id'),
    address: text('address'),
    aliases: textArray('aliases'),
    partOf: optionalText('part_of'),
    kind: text('kind'),
    publisherId: optionalText('publisher_id'),
    publisherName: optionalText('publisher_name'),
    content: json('content'),
    maintainedUntil: optionalDate('maintained_until'),
    issues: json('issues'),
    validByStandard: column('valid_by_standard', 'boolean', { nullable: true }),
    codes: textArray('codes'),
    provenance: json('provenance'),
    sortName: text('sort_name'),
    searchText: text('search_text'),
  },
});

export const portfolioEntry = new EntitySchema<PortfolioRow>({
  name: 'portfolio_entry',
  columns: {
    id: key('id'),
    consortiumId: text('consortium_id'),
    address: text('address'),
    stage: optionalText('stage'),
    level: optionalText('level'),
    ...period,
    endReason: optionalText('end_reason'),
    observedOn: optionalDate('observed_on'),
    provenance: json('provenance'),
  },
});

export const adoption = new EntitySchema<AdoptionRow>({
  name: 'adoption',
  columns: {
    id: key('id'),
    administrationId: optionalText('administration_id'),
    usersGroup: optionalText('users_group'),
    address: text('address'),
    status: text('status'),
    ...period,
    version: optionalText('version'),
    rawName: optionalText('raw_name'),
    matchConfidence: column('match_confidence', 'double precision', { nullable: true }),
    observedOn: optionalDate('observed_on'),
    provenance: json('provenance'),
  },
});

export const codeList = new EntitySchema<CodeListRow>({
  name: 'code_list',
  columns: {
    id: key('id'),
    scheme: text('scheme'),
    titles: json('titles'),
    version: optionalText('version'),
    publisher: optionalText('publisher'),
    licence: optionalText('licence'),
    url: optionalText('url'),
    provenance: json('provenance'),
  },
});

export const code = new EntitySchema<CodeRow>({
  name: 'code',
  columns: {
    id: key('id'),
    scheme: text('scheme'),
    notation: text('notation'),
    labels: json('labels'),
    broader: optionalText('broader'),
    provenance: json('provenance'),
    searchText: text('search_text'),
  },
});

export const codeMapping = new EntitySchema<CodeMappingRow>({
  name: 'code_mapping',
  columns: {
    id: key('id'),
    scheme: text('scheme'),
    notation: text('notation'),
    relation: text('relation'),
    toScheme: optionalText('to_scheme'),
    toNotation: optionalText('to_notation'),
    topic: optionalText('topic'),
    provenance: json('provenance'),
  },
});

export const need = new EntitySchema<NeedRow>({
  name: 'need',
  columns: {
    id: key('id'),
    statements: json('statements'),
    codes: textArray('codes'),
    legalBasis: optionalText('legal_basis'),
    url: optionalText('url'),
    provenance: json('provenance'),
    sortName: text('sort_name'),
    searchText: text('search_text'),
  },
});

export const needHolder = new EntitySchema<NeedHolderRow>({
  name: 'need_holder',
  columns: {
    id: key('id'),
    needId: text('need_id'),
    holderId: optionalText('holder_id'),
    holdersKind: optionalText('holders_kind'),
    holdersNuts: optionalText('holders_nuts'),
    state: text('state'),
    ...period,
    amount: column('amount', 'numeric', { nullable: true }),
    currency: optionalText('currency'),
    metBy: textArray('met_by'),
    rawName: optionalText('raw_name'),
    observedOn: optionalDate('observed_on'),
    provenance: json('provenance'),
  },
});

export const terms = new EntitySchema<TermsRow>({
  name: 'terms',
  columns: {
    id: key('id'),
    consortiumId: optionalText('consortium_id'),
    address: optionalText('address'),
    openToKinds: column('open_to_kinds', 'text', { array: true, nullable: true }),
    openToNuts: column('open_to_nuts', 'text', { array: true, nullable: true }),
    eligibility: json('eligibility'),
    conditions: json('conditions'),
    support: json('support'),
    agreement: optionalText('agreement'),
    exceptionGround: optionalText('exception_ground'),
    exceptionReason: json('exception_reason'),
    provenance: json('provenance'),
  },
});

export const fee = new EntitySchema<FeeRow>({
  name: 'fee',
  columns: {
    id: key('id'),
    termsId: text('terms_id'),
    kind: text('kind'),
    memberKind: optionalText('member_kind'),
    populationMin: column('population_min', 'integer', { nullable: true }),
    populationMax: column('population_max', 'integer', { nullable: true }),
    forMembers: column('for_members', 'boolean', { nullable: true }),
    amount: column('amount', 'numeric'),
    currency: text('currency'),
    ...period,
    provenance: json('provenance'),
  },
});

export const contract = new EntitySchema<ContractRow>({
  name: 'contract',
  columns: {
    id: key('id'),
    supplierName: text('supplier_name'),
    supplierIdentifier: optionalText('supplier_identifier'),
    clientId: optionalText('client_id'),
    address: optionalText('address'),
    ...period,
    url: optionalText('url'),
    provenance: json('provenance'),
  },
});

export const webhook = new EntitySchema<WebhookRow>({
  name: 'webhook',
  columns: {
    id: key('id'),
    url: text('url'),
    subjects: column('subjects', 'text', { array: true, nullable: true }),
    secretIssuedAt: column('secret_issued_at', 'timestamp with time zone'),
  },
});

export const completeness = new EntitySchema<CompletenessRow>({
  name: 'completeness',
  columns: { kind: key('kind'), nuts: key('nuts'), since: column('since', 'date') },
});

export const entities = [
  organisation,
  identifier,
  population,
  succession,
  membership,
  claim,
  record,
  portfolioEntry,
  adoption,
  completeness,
  codeList,
  code,
  codeMapping,
  need,
  needHolder,
  terms,
  fee,
  contract,
  webhook,
] as const;
