import type { LocalisedText } from '../shared/languages.js';
import type { Connection } from '../kit/graphql/pagination.js';
import type { Content } from './feed/entry-schemas.js';
import type { CatalogueState, DevelopmentStatus, SoftwareType, SolutionKind } from './generated/resolver-types.js';
import type { Stub } from './stubs.js';

/** What a country says in a record, under the names of the contract, and the addresses of what it is based on. */
export type RecordContent = Content<'RECORD'> & { readonly bases: readonly string[] };

/** A record as it is resolved: what its country says, and the languages of its catalogue, in their order. */
export type RecordRow = RecordContent & { readonly catalogueLanguages: readonly string[] };

/** What is shown of a solution beside its row. */
export interface SolutionContent {
  /** The one it is at now first. */
  readonly addresses: readonly string[];
  readonly name: string;
  readonly names: readonly LocalisedText[];
  /** Of all records, the one that is believed first first. */
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

/** A solution by the address that somebody named it by. Without a row no catalogue describes it. */
export interface SolutionParent {
  readonly address: string;
  readonly row: SolutionRow | null;
}

/** An adoption as its country says it, and whom Europe takes the user to be. */
export interface AdoptionRow {
  readonly id: string;
  readonly userId: string | null;
  readonly content: Content<'ADOPTION'>;
}

export type ClaimContent = Content<'CLAIM'>;

export interface StatusRow {
  readonly country: string;
  readonly state: CatalogueState;
  readonly indexedAt: string | null;
  readonly lagSeconds: number | null;
  readonly position: string | null;
}

/** How much the index has of a country. */
export interface CountsRow {
  readonly country: string;
  readonly entries: number;
  readonly refused: number;
  readonly usersNamed: number;
  readonly usersMatched: number;
}

/** A name in an adoption that several bodies abroad are written by. */
export interface OpenUserRow {
  readonly adoptionId: string;
  readonly name: string;
  readonly candidateIds: readonly string[];
}

/** A page of solutions, and how all that were found divide. */
export interface SolutionPage extends Connection<SolutionParent> {
  readonly facets: () => Promise<Facet[]>;
}

export interface Facet {
  readonly field: string;
  readonly values: readonly { readonly value: string; readonly count: number }[];
  readonly missing: number;
}

export type AdoptionPage = Connection<AdoptionRow>;
export type StubPage = Connection<Stub>;
