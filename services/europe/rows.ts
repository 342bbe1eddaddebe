import type { CatalogueStub, Stub } from './stubs.js';
import type { InhabitantSum, UnknownCounts } from '../shared/organisation-filter.js';
import type { FuzzyConnection } from '../shared/fuzzy-edges.js';
import type { LocalisedText } from '../shared/languages.js';
import type { FeedPage } from '../kit/graphql/feed.js';
import type { Connection } from '../kit/graphql/pagination.js';
import type { Content } from './feed/entry-schemas.js';
import type {
  CatalogueFigures,
  CatalogueProblem,
  CatalogueState,
  DevelopmentStatus,
  PeerCriterion,
  SoftwareType,
  SolutionKind,
} from './generated/resolver-types.js';

/** The content of a record, with the names of the contract, and the addresses of the solutions that it is based on. */
export type RecordContent = Content<'RECORD'> & {
  readonly bases: readonly string[];
  /** The normalised name of its application suite. */
  readonly suite: string | null;
  readonly suppliers: readonly SupplierName[];
};

/** A supplier as a statement names it: one of those with the same `key`, which is the normalised name. */
export interface SupplierName {
  readonly key: string;
  readonly sortName: string;
  readonly searchText: string;
  readonly name: string;
  readonly during: Content<'CONTRACT'>['during'];
  readonly url: string | null;
}

/** A record with the languages of its catalogue, in their order. */
export type RecordRow = RecordContent & { readonly catalogueLanguages: readonly string[] };

/** The fields of a solution that no list filters or orders by. */
export interface SolutionContent {
  /** The current address first. */
  readonly addresses: readonly string[];
  readonly name: string;
  readonly names: readonly LocalisedText[];
  /** Of all records, in their order of precedence. */
  readonly shortDescriptions: readonly (LocalisedText & { readonly recordId: string })[];
  readonly url: string | null;
  readonly licence: string | null;
  readonly maintenance: RecordContent['maintenance'];
  readonly maintainedUntil: string | null;
  readonly origins: readonly { readonly field: string; readonly recordId: string; readonly country: string }[];
}

/** A solution that a catalogue describes. */
export interface SolutionRow {
  readonly id: string;
  readonly address: string;
  readonly kind: SolutionKind;
  readonly licenceFamily: 'PERMISSIVE' | 'WEAK_COPYLEFT' | 'STRONG_COPYLEFT' | 'OTHER' | null;
  readonly developmentStatus: DevelopmentStatus | null;
  readonly softwareType: SoftwareType | null;
  readonly categories: readonly string[];
  readonly releaseDate: string | null;
  readonly publishedIn: readonly string[];
  readonly publisherIds: readonly string[];
  readonly maintainerIds: readonly string[];
  readonly sortName: string;
  readonly content: SolutionContent;
}

/** A solution, and the address by which it was found. Without a row no catalogue describes it. */
export interface SolutionParent {
  readonly address: string;
  readonly row: SolutionRow | null;
}

/** An adoption as its country states it, and the user that Europe has derived. */
export type AdoptionRow = Content<'ADOPTION'> & { readonly userId: string | null };

export type ClaimContent = Content<'CLAIM'>;
export type TermsContent = Content<'TERMS'>;

/** A supplier that catalogues name. */
export interface SupplierRow {
  readonly id: string;
  readonly name: string;
  readonly names: readonly string[];
  readonly identifiers: readonly string[];
  readonly countries: readonly string[];
  readonly sortName: string;
}

/** A statement about a supplier: of a contract, or of a contractor of a record. */
export interface SupplierContractRow {
  readonly parentId: string;
  readonly statementId: string;
  readonly country: string;
  readonly supplierName: string;
  readonly clientId: string | null;
  readonly solutionAddress: string | null;
  readonly during: Content<'CONTRACT'>['during'];
  readonly url: string | null;
  readonly provenance: Content<'CONTRACT'>['provenance'];
}

export type SupplierPage = Connection<SupplierRow>;

export interface StatusRow {
  readonly country: string;
  readonly state: CatalogueState;
  readonly indexedAt: string | null;
  readonly lagSeconds: number | null;
  readonly position: string | null;
  readonly problem: CatalogueProblem | null;
}

/** How much the index contains of a country. */
export interface CountsRow {
  readonly country: string;
  readonly entries: number;
  readonly refused: number;
  readonly disputedAddresses: number;
  readonly unconfirmedAdoptions: number;
  readonly unconfirmedMemberships: number;
  readonly usersNamed: number;
  readonly usersMatched: number;
}

/** How much there is of a country: `CatalogueFigures`. */
export interface FiguresRow extends CatalogueFigures {
  readonly country: string;
}

/** A record that claims an address of another country. */
export interface DisputeRow {
  readonly address: string;
  readonly owner: string;
  readonly claimedBy: string;
  readonly recordId: string;
}

/** A user's name in an adoption that several organisations abroad share. */
export interface OpenUserRow {
  readonly adoptionId: string;
  readonly name: string;
  readonly candidateIds: readonly string[];
}

/** A page of solutions, and the facets of the whole list. */
export interface SolutionPage extends Connection<SolutionParent> {
  /** Whether the search has a word that is known nowhere; null without a search. */
  readonly fuzzy: boolean | null;
  readonly facets: () => Promise<Facet[]>;
  /** How many solutions may belong to the whole list, but are not in it. */
  readonly countUnknown: () => Promise<number>;
}

export interface Facet {
  readonly field: string;
  readonly values: readonly { readonly value: string; readonly count: number }[];
  readonly missing: number;
}

/** A change of a solution, as its feed has it: see `migrations/1-create-index.ts`. */
export interface SolutionChangeRow {
  /** A number of PostgreSQL's `bigint`. */
  readonly number: string;
  readonly solutionId: string;
  readonly at: string;
}

export type SolutionChangePage = FeedPage<SolutionChangeRow>;

export type AdoptionPage = Connection<AdoptionRow>;
export type StubPage = FuzzyConnection<Stub>;

/** An object that has an id in the whole graph, with its type. */
export type NodeParent = Stub | CatalogueStub | (SolutionParent & { readonly __typename: 'Solution' });

/** A page of administrations, and how many are unknown or uncertain on all pages. */
export interface AdministrationPage extends StubPage {
  readonly countUnknown: () => Promise<UnknownCounts>;
  readonly sumInhabitants: () => Promise<InhabitantSum | null>;
}

/** An administration that is similar to another one. */
export interface PeerRow {
  readonly id: string;
  /** The score, negated: the order of the list. */
  readonly orderKey: number;
  readonly reasons: readonly PeerCriterion[];
  readonly unknown: readonly PeerCriterion[];
}

/** A page of similar administrations, and how many may be similar on no page. */
export interface PeerPage extends Connection<PeerRow> {
  readonly countUnknown: () => Promise<number>;
}
