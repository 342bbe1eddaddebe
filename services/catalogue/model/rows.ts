import type { Day } from '../../shared/dates.js';
import type { InhabitantSum, UnknownCounts } from '../../shared/organisation-filter.js';
import type { FuzzyConnection } from '../../shared/fuzzy-edges.js';
import type { LocalisedText } from '../../shared/languages.js';
import type { FeedPage } from '../../kit/graphql/feed.js';
import type { Connection } from '../../kit/graphql/pagination.js';
import type { QualityIssue } from '../publiccode/rules.js';
import type { PubliccodeRecord } from '../publiccode/record.js';
import type {
  AdoptionStatus,
  AdministrationKind,
  ChangeKind,
  ChangeSubject,
  SolutionKind,
  AdministrationLevel,
  ClaimRelation,
  ExceptionGround,
  FeeKind,
  ConsortiumKind,
  DatePrecision,
  MembershipRole,
  ProvenanceMethod,
} from '../generated/resolver-types.js';

export interface Provenance {
  readonly source: string | null;
  readonly retrievedAt: string | null;
  readonly observedOn: Day | null;
  readonly assertedBy: string | null;
  readonly method: ProvenanceMethod;
  readonly licence: string | null;
  readonly note: string | null;
}

/** A half-open period as a row holds it. */
export interface PeriodColumns {
  readonly startDate: Day | null;
  readonly startPrecision: DatePrecision | null;
  readonly endDate: Day | null;
  readonly endPrecision: DatePrecision | null;
  readonly ended: boolean | null;
}

/** The days for which the members of some kinds are all known: see `CompleteMembers` in the contract. */
export interface CompleteMembers {
  readonly start: Day;
  readonly end: Day | null;
  readonly kinds: readonly AdministrationKind[] | null;
}

/** An administration or a consortium: one table, because an organisation can be both, and either can be a member. */
export interface OrganisationRow extends PeriodColumns {
  readonly id: string;
  readonly type: 'ADMINISTRATION' | 'CONSORTIUM';
  readonly kind: AdministrationKind | ConsortiumKind;
  readonly kindDetail: readonly LocalisedText[];
  readonly level: AdministrationLevel | null;
  readonly officialLanguages: readonly string[];
  readonly names: readonly LocalisedText[];
  readonly alternativeNames: readonly LocalisedText[];
  readonly nuts: string | null;
  readonly lau: string | null;
  readonly homepage: string | null;
  readonly legalForm: string | null;
  readonly openToKinds: readonly AdministrationKind[] | null;
  readonly openToNuts: readonly string[] | null;
  readonly openToDescription: readonly LocalisedText[];
  readonly membersCompleteSince: Day | null;
  readonly completeMembers: CompleteMembers | null;
  /** As observed by its provenance; that a consortium has ended is in its period. */
  readonly status: 'ACTIVE' | 'IN_DISSOLUTION' | null;
  readonly statusProvenance: Provenance | null;
  readonly national: Readonly<Record<string, string>>;
  readonly provenance: Provenance;
  /** The default name, normalised: what lists are ordered by. */
  readonly sortName: string;
  /** All names, normalised, each between bars: what searches look in. */
  readonly searchText: string;
}

export interface IdentifierRow extends PeriodColumns {
  readonly organisationId: string;
  readonly scheme: string;
  readonly notation: string;
}

export interface PopulationRow {
  readonly organisationId: string;
  /** `undated` if the source gives no day. */
  readonly onDate: Day;
  readonly count: number;
  readonly provenance: Provenance;
}

export interface SuccessionRow {
  readonly predecessorId: string;
  readonly successorId: string;
}

/** A succession of which the day is known. */
export interface DatedSuccession extends SuccessionRow {
  readonly on: Day;
  readonly precision: DatePrecision;
}

export interface MembershipRow extends PeriodColumns {
  readonly id: string;
  readonly consortiumId: string;
  readonly memberId: string;
  readonly role: MembershipRole;
  readonly endReason: string | null;
  readonly observedOn: Day | null;
  readonly provenance: Provenance;
}

export interface ClaimRow {
  readonly id: string;
  readonly consortiumId: string | null;
  /** Of the solution it speaks of. */
  readonly address: string | null;
  readonly statement: string;
  readonly relation: ClaimRelation | null;
  readonly kind: AdministrationKind | null;
  readonly count: number | null;
  readonly outOf: number | null;
  readonly share: number | null;
  readonly asOf: Day | null;
  readonly precision: DatePrecision | null;
  readonly publishedOn: Day | null;
  readonly source: string;
  readonly provenance: Provenance;
}

/** A solution as a catalogue describes it, and an import writes it; `content` has the fields of publiccode.yml. */
export interface RecordColumns {
  readonly id: string;
  readonly address: string;
  /** Other addresses of the solution, the oldest first. */
  readonly aliases: readonly string[];
  /** The address of the solution of which it is a part. */
  readonly partOf: string | null;
  readonly kind: SolutionKind;
  readonly publisherId: string | null;
  readonly publisherName: string | null;
  readonly content: PubliccodeRecord;
  /** The latest end of its maintenance contracts. */
  readonly maintainedUntil: Day | null;
  readonly issues: readonly QualityIssue[];
  /** Whether its publiccode.yml is valid by the standard. Null if it was not read from one. */
  readonly validByStandard: boolean | null;
  /** What it is for, each as `scheme:notation`. */
  readonly codes: readonly string[];
  readonly provenance: Provenance;
  readonly sortName: string;
  /** Names and short descriptions, normalised, each between bars: what searches look in. */
  readonly searchText: string;
}

/** A record as the catalogue lists it. */
export interface RecordRow extends RecordColumns {
  /** When it was first written, in UTC: set by the database, once. */
  readonly issued: string;
}

export interface PortfolioRow extends PeriodColumns {
  readonly id: string;
  readonly consortiumId: string;
  readonly address: string;
  readonly stage: string | null;
  readonly level: string | null;
  readonly endReason: string | null;
  readonly observedOn: Day | null;
  readonly provenance: Provenance;
}

export interface AdoptionRow extends PeriodColumns {
  readonly id: string;
  readonly administrationId: string | null;
  readonly usersGroup: string | null;
  readonly address: string;
  readonly status: AdoptionStatus;
  readonly version: string | null;
  readonly rawName: string | null;
  readonly matchConfidence: number | null;
  readonly observedOn: Day | null;
  readonly provenance: Provenance;
}

/** The terms of a consortium, of a solution, or of a consortium for a solution; their fees are rows of their own. */
export interface TermsRow {
  readonly id: string;
  readonly consortiumId: string | null;
  readonly address: string | null;
  readonly openToKinds: readonly AdministrationKind[] | null;
  readonly openToNuts: readonly string[] | null;
  readonly eligibility: readonly LocalisedText[];
  readonly conditions: readonly LocalisedText[];
  readonly support: readonly LocalisedText[];
  readonly agreement: string | null;
  readonly exceptionGround: ExceptionGround | null;
  readonly exceptionReason: readonly LocalisedText[];
  readonly provenance: Provenance;
}

/** A fee of terms, for administrations of a size class. */
export interface FeeRow extends PeriodColumns {
  readonly id: string;
  readonly termsId: string;
  readonly kind: FeeKind;
  readonly memberKind: AdministrationKind | null;
  readonly populationMin: number | null;
  readonly populationMax: number | null;
  readonly forMembers: boolean | null;
  /** A decimal number as a text, so that no digit is lost. */
  readonly amount: string;
  readonly currency: string;
  readonly provenance: Provenance;
}

export interface ContractRow extends PeriodColumns {
  readonly id: string;
  readonly supplierName: string;
  /** Its register and its code there: `DK_CVR:25052943`. */
  readonly supplierIdentifier: string | null;
  readonly clientId: string | null;
  readonly address: string | null;
  readonly url: string | null;
  readonly provenance: Provenance;
}

/** An entry of the change feed, with a number that is unique in its feed. */
export interface ChangeRow {
  readonly number: string;
  readonly at: string;
  readonly kind: ChangeKind;
  readonly subject: ChangeSubject;
  readonly subjectId: string;
}

export interface CompletenessRow {
  readonly kind: AdministrationKind;
  /** The country's code where the whole country is meant. */
  readonly nuts: string;
  readonly since: Day;
}

/** A row that editors change, with the number of its changes, which the database counts. */
export type WithRevision<Row> = Row & { readonly revision: number };

export type OrganisationParent = WithRevision<OrganisationRow>;

/** An organisation that is an administration: its kind is one of theirs, and its level is known. */
export interface AdministrationParent extends OrganisationParent {
  readonly kind: AdministrationKind;
  readonly level: AdministrationLevel;
}

export interface ConsortiumParent extends OrganisationParent {
  readonly kind: ConsortiumKind;
}
/** A membership, with its consortium if a statement has read both. */
export interface MembershipParent extends WithRevision<MembershipRow> {
  readonly consortium?: OrganisationParent;
}
export type RecordParent = WithRevision<RecordRow>;
export type QualityIssueParent = QualityIssue;
export type PortfolioParent = WithRevision<PortfolioRow>;
export type AdoptionParent = WithRevision<AdoptionRow>;
export type TermsParent = WithRevision<TermsRow>;
export type ContractParent = WithRevision<ContractRow>;

/** An entry of the audit trail. */
export interface AuditRow {
  readonly id: number;
  readonly at: string;
  readonly issuer: string;
  readonly editor: string;
  readonly mutation: string;
  readonly subject: ChangeSubject;
  readonly subjectId: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly reason: string;
}

/** What the catalogue itself is resolved from: everything about it is in the country's definition. */
export interface CatalogueParent {
  readonly id: string;
}

/** The eligibility for a consortium is resolved from the consortium's row. */
export type EligibilityParent = OrganisationRow;

export type OrganisationPage = FuzzyConnection<OrganisationParent>;
/** A page of administrations, and how many are unknown or uncertain on all pages. */
export interface AdministrationPage extends OrganisationPage {
  readonly countUnknown: () => Promise<UnknownCounts>;
  readonly sumInhabitants: () => Promise<InhabitantSum | null>;
}

/** A page of a consortium's members, and whether all members are known. */
export interface MembershipPage extends Connection<MembershipParent> {
  readonly complete: boolean;
}
export type RecordPage = Connection<RecordParent>;
export type AdoptionPage = Connection<AdoptionParent>;
export type TermsPage = Connection<TermsParent>;
export type ContractPage = Connection<ContractParent>;
export type AuditPage = Connection<AuditRow>;

/** An entry of the change feed, and the feed. */
export type ChangeParent = ChangeRow & { readonly feedId: string };

export type SuccessionPage = Connection<DatedSuccession>;

/** A page of the change feed. */
export type ChangePage = FeedPage<ChangeRow>;

/** The unknown day of a population figure; it sorts before every known day. */
export const undated: Day = '-infinity';
