import { z } from 'zod';

import type {
  AdoptionStatus,
  DevelopmentStatus,
  MaintenanceType,
  SoftwareType,
  SolutionKind,
  AdministrationKind,
  AdministrationLevel,
  ClaimRelation,
  ConsortiumKind,
  ConsortiumStatus,
  DatePrecision,
  ExceptionGround,
  FeeKind,
  MappingRelation,
  MembershipRole,
  NeedState,
  ProvenanceMethod,
} from '../../generated/resolver-types.js';
import type { OrganisationRow, PeriodColumns } from '../../model/rows.js';
import * as cell from './cell-schemas.js';

/** What a cell can refer to: an administration, a consortium, or either. */
export type ReferenceType = OrganisationRow['type'] | 'ORGANISATION';

/** A table of a national catalogue: its file and the schemas of its cells. See ../README.md. */
export interface Table<Shape extends z.ZodRawShape = z.ZodRawShape> {
  readonly file: string;
  readonly cells: Shape;
  /** Prefixes of columns that exist once per language: `name_` of `name_fr`. */
  readonly languages?: readonly string[];
  /** Columns that refer to an organisation by its id, code or name. */
  readonly organisations?: Readonly<Record<string, ReferenceType>>;
}

/** The parsed cells of a row, by column. */
export type TableRow<T extends Table> = z.output<z.ZodObject<T['cells']>>;

const table = <Shape extends z.ZodRawShape>(definition: Table<Shape>): Table<Shape> => definition;

const origin = {
  source: cell.text,
  observed_on: cell.optionalPastDay,
  method: cell.optionalOneOf<ProvenanceMethod>('ProvenanceMethod'),
  note: cell.optionalText,
};

export const sources = table({
  file: 'sources.csv',
  cells: {
    id: cell.text,
    url: cell.optionalAddress,
    asserted_by: cell.optionalText,
    licence: cell.optionalText,
    retrieved_at: cell.optionalPastMoment,
    note: cell.optionalText,
  },
});

export const administrations = table({
  file: 'administrations.csv',
  cells: {
    id: cell.organisationId,
    kind: cell.oneOf<AdministrationKind>('AdministrationKind'),
    level: cell.oneOf<AdministrationLevel>('AdministrationLevel'),
    official_languages: cell.list,
    nuts: cell.optionalNuts,
    lau: cell.optionalText,
    homepage: cell.optionalAddress,
    ...cell.periodCells,
    ...origin,
  },
  languages: ['name_', 'alternative_names_', 'kind_detail_'],
});

export const consortia = table({
  file: 'consortia.csv',
  cells: {
    id: cell.organisationId,
    kind: cell.oneOf<ConsortiumKind>('ConsortiumKind'),
    legal_form: cell.optionalText,
    official_languages: cell.list,
    homepage: cell.optionalAddress,
    ...cell.periodCells,
    open_to_kinds: cell.list.pipe(z.array(cell.oneOf<AdministrationKind>('AdministrationKind'))),
    open_to_nuts: cell.list,
    members_complete_since: cell.optionalDay,
    complete_members_start: cell.optionalDay,
    complete_members_end: cell.optionalDay,
    complete_members_kinds: cell.list.pipe(z.array(cell.oneOf<AdministrationKind>('AdministrationKind'))),
    status: cell.optionalOneOf<ConsortiumStatus>('ConsortiumStatus'),
    status_source: cell.optionalText,
    status_observed_on: cell.optionalPastDay,
    status_method: cell.optionalOneOf<ProvenanceMethod>('ProvenanceMethod'),
    status_note: cell.optionalText,
    ...origin,
  },
  languages: ['name_', 'alternative_names_', 'open_to_description_'],
});

export const identifiers = table({
  file: 'identifiers.csv',
  cells: { organisation: cell.shortText, scheme: cell.shortText, notation: cell.shortText, ...cell.periodCells },
  organisations: { organisation: 'ORGANISATION' },
});

export const populations = table({
  file: 'populations.csv',
  cells: { organisation: cell.shortText, on: cell.optionalDay, count: cell.count, source: cell.text },
  organisations: { organisation: 'ORGANISATION' },
});

export const successions = table({
  file: 'successions.csv',
  cells: { predecessor: cell.shortText, successor: cell.shortText },
  organisations: { predecessor: 'ORGANISATION', successor: 'ORGANISATION' },
});

export const memberships = table({
  file: 'memberships.csv',
  cells: {
    id: cell.idOf('membership'),
    consortium: cell.shortText,
    member: cell.shortText,
    role: cell.oneOf<MembershipRole>('MembershipRole'),
    ...cell.periodCells,
    end_reason: cell.optionalText,
    ...origin,
  },
  organisations: { consortium: 'CONSORTIUM', member: 'ORGANISATION' },
});

export const claims = table({
  file: 'claims.csv',
  cells: {
    id: cell.idOf('claim'),
    consortium: cell.optionalShortText,
    address: cell.optionalSolutionAddress,
    statement: cell.text,
    relation: cell.optionalOneOf<ClaimRelation>('ClaimRelation'),
    kind: cell.optionalOneOf<AdministrationKind>('AdministrationKind'),
    count: cell.optionalCount,
    out_of: cell.optionalPositiveCount,
    share: cell.optionalShare,
    as_of: cell.optionalDay,
    precision: cell.precisionCell,
    published_on: cell.optionalPastDay,
    source: cell.text,
  },
  organisations: { consortium: 'CONSORTIUM' },
});

export const records = table({
  file: 'records.csv',
  cells: {
    id: cell.idOf('record'),
    kind: cell.oneOf<SolutionKind>('SolutionKind'),
    address: cell.solutionAddress,
    aliases: cell.solutionAddresses,
    name: cell.shortText,
    url: cell.optionalAddress,
    landing_url: cell.optionalAddress,
    licence: cell.optionalText,
    development_status: cell.optionalOneOf<DevelopmentStatus>('DevelopmentStatus'),
    software_type: cell.optionalOneOf<SoftwareType>('SoftwareType'),
    categories: cell.list,
    platforms: cell.list,
    based_on: cell.list,
    release_date: cell.optionalPastDay,
    application_suite: cell.optionalText,
    part_of: cell.optionalSolutionAddress,
    maintenance_type: cell.optionalOneOf<MaintenanceType>('MaintenanceType'),
    maintained_until: cell.optionalDay,
    publisher: cell.optionalShortText,
    publisher_name: cell.optionalText,
    codes: cell.codes,
    ...origin,
  },
  organisations: { publisher: 'ORGANISATION' },
  languages: ['localised_name_', 'short_description_'],
});

export const portfolio = table({
  file: 'portfolio.csv',
  cells: {
    id: cell.idOf('portfolio'),
    consortium: cell.shortText,
    address: cell.solutionAddress,
    stage: cell.optionalText,
    level: cell.optionalText,
    ...cell.periodCells,
    end_reason: cell.optionalText,
    ...origin,
  },
  organisations: { consortium: 'CONSORTIUM' },
});

export const adoptions = table({
  file: 'adoptions.csv',
  cells: {
    id: cell.idOf('adoption'),
    administration: cell.optionalShortText,
    group: cell.optionalText,
    address: cell.solutionAddress,
    status: cell.oneOf<AdoptionStatus>('AdoptionStatus'),
    ...cell.periodCells,
    version: cell.optionalText,
    raw_name: cell.optionalText,
    match_confidence: cell.optionalShare,
    ...origin,
  },
  organisations: { administration: 'ADMINISTRATION' },
});

export const completeness = table({
  file: 'completeness.csv',
  cells: { kind: cell.oneOf<AdministrationKind>('AdministrationKind'), nuts: cell.optionalNuts, since: cell.day },
});

export const codeLists = table({
  file: 'code_lists.csv',
  cells: {
    scheme: cell.scheme,
    version: cell.optionalShortText,
    publisher: cell.optionalShortText,
    licence: cell.optionalText,
    url: cell.optionalAddress,
    ...origin,
  },
  languages: ['title_'],
});

export const codes = table({
  file: 'codes.csv',
  cells: { scheme: cell.scheme, notation: cell.notation, broader: cell.optionalNotation, ...origin },
  languages: ['label_'],
});

export const mappings = table({
  file: 'mappings.csv',
  cells: {
    scheme: cell.scheme,
    notation: cell.notation,
    relation: cell.oneOf<MappingRelation>('MappingRelation'),
    to_scheme: cell.optionalScheme,
    to_notation: cell.optionalNotation,
    topic: cell.optionalTopic,
    ...origin,
  },
});

export const needs = table({
  file: 'needs.csv',
  cells: {
    id: cell.idOf('need'),
    codes: cell.codes,
    legal_basis: cell.optionalText,
    url: cell.optionalAddress,
    ...origin,
  },
  languages: ['statement_'],
});

export const needHolders = table({
  file: 'need_holders.csv',
  cells: {
    id: cell.idOf('need-holder'),
    need: cell.shortText,
    holder: cell.optionalShortText,
    holders_kind: cell.optionalOneOf<AdministrationKind>('AdministrationKind'),
    holders_nuts: cell.optionalNuts,
    state: cell.oneOf<NeedState>('NeedState'),
    ...cell.periodCells,
    amount: cell.optionalAmount,
    currency: cell.optionalCurrency,
    met_by: cell.solutionAddresses,
    raw_name: cell.optionalShortText,
    ...origin,
  },
  organisations: { holder: 'ORGANISATION' },
});

export const terms = table({
  file: 'terms.csv',
  cells: {
    id: cell.idOf('terms'),
    consortium: cell.optionalShortText,
    address: cell.optionalSolutionAddress,
    open_to_kinds: cell.list.pipe(z.array(cell.oneOf<AdministrationKind>('AdministrationKind'))),
    open_to_nuts: cell.list,
    agreement_url: cell.optionalAddress,
    exception_ground: cell.optionalOneOf<ExceptionGround>('ExceptionGround'),
    ...origin,
  },
  organisations: { consortium: 'CONSORTIUM' },
  languages: ['eligibility_', 'conditions_', 'support_', 'exception_reason_'],
});

export const fees = table({
  file: 'fees.csv',
  cells: {
    id: cell.idOf('fee'),
    terms: cell.idOf('terms'),
    kind: cell.oneOf<FeeKind>('FeeKind'),
    member_kind: cell.optionalOneOf<AdministrationKind>('AdministrationKind'),
    population_min: cell.optionalCount,
    population_max: cell.optionalCount,
    for_members: cell.optionalBoolean,
    amount: cell.amount,
    currency: cell.currency,
    ...cell.periodCells,
    ...origin,
  },
});

export const contracts = table({
  file: 'contracts.csv',
  cells: {
    id: cell.idOf('contract'),
    supplier_name: cell.shortText,
    supplier_identifier: cell.optionalRegisterCode,
    client: cell.optionalShortText,
    address: cell.optionalSolutionAddress,
    ...cell.periodCells,
    url: cell.optionalAddress,
    ...origin,
  },
  organisations: { client: 'ORGANISATION' },
});

/** Converts the cells of a period to columns. A date without a precision is exact to the day. */
export const toPeriodColumns = (row: {
  start: string | null;
  start_precision: DatePrecision | null;
  end: string | null;
  end_precision: DatePrecision | null;
  ended: boolean | null;
}): PeriodColumns => ({
  startDate: row.start,
  startPrecision: row.start === null ? null : (row.start_precision ?? 'DAY'),
  endDate: row.end,
  endPrecision: row.end === null ? null : (row.end_precision ?? 'DAY'),
  ended: row.ended,
});
