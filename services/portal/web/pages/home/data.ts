import type { PageInfo } from '../../components/pager.js';

/** What can be searched for, in the order of the tabs. */
export const kinds = ['solutions', 'administrations', 'consortia', 'needs'] as const;

export type Kind = (typeof kinds)[number];

/** How solutions are ordered: by how well they match, by users, by the latest release, or by name. */
export const orders = ['match', 'users', 'release', 'name'] as const;

type Order = (typeof orders)[number];

/** What a reader searches for. */
export interface SearchQuery {
  readonly text: string;
  /** Null: the first results of each kind. */
  readonly kind: Kind | null;
  readonly country: string | null;
  readonly topic: string | null;
  readonly licence: string | null;
  /** Only consortia of which a solution is known. */
  readonly sharing: boolean;
  /** Of solutions. */
  readonly order: Order;
}

/** A page of a list. */
interface Page<Item> {
  readonly totalCount: number;
  /** Whether a word was taken for a typing error. Not of needs. */
  readonly fuzzy?: boolean | null;
  readonly pageInfo: PageInfo;
  /** An item is null if its country does not respond. */
  readonly nodes: readonly (Item | null)[];
}

export interface FoundSolution {
  readonly id: string;
  readonly name: string | null;
  /** The name in the language of its catalogue. */
  readonly originalName: string | null;
  readonly nameLanguage: string | null;
  readonly shortDescription: string | null;
  readonly shortDescriptionLanguage: string | null;
  readonly licence: string | null;
  readonly publishedIn: readonly string[] | null;
  readonly reuse: readonly { readonly country: string; readonly adopters: number }[] | null;
}

/** How many of the found solutions have each value of a field. */
export interface Facet {
  readonly field: string;
  readonly values: readonly { readonly value: string; readonly count: number }[];
}

export interface FoundSolutions extends Page<FoundSolution> {
  readonly unknown: number | null;
  readonly facets: readonly Facet[] | null;
}

/** An administration or a consortium. */
export interface FoundOrganisation {
  readonly id: string;
  readonly name: string;
  readonly nameLanguage: string | null;
  readonly country: string;
  readonly kind: string;
  /** Of an administration. */
  readonly population?: { readonly count: number } | null;
  /** Of a consortium. */
  readonly status?: string | null;
}

export interface FoundNeed {
  readonly id: string;
  readonly country: string;
  readonly statement: string;
  readonly statementLanguage: string | null;
  readonly codes: readonly { readonly scheme: string; readonly notation: string }[];
  readonly legalBasis: string | null;
}

export type Results =
  | { readonly kind: 'solutions'; readonly list: FoundSolutions }
  | { readonly kind: 'administrations' | 'consortia'; readonly list: Page<FoundOrganisation> }
  | { readonly kind: 'needs'; readonly list: Page<FoundNeed> };

/** The first results of one kind. Null if they could not be read. */
export type FirstResults =
  | { readonly kind: Kind; readonly list: null }
  | { readonly kind: 'solutions'; readonly list: Omit<Page<FoundSolution>, 'pageInfo'> }
  | { readonly kind: 'administrations' | 'consortia'; readonly list: Omit<Page<FoundOrganisation>, 'pageInfo'> }
  | { readonly kind: 'needs'; readonly list: Omit<Page<FoundNeed>, 'pageInfo'> };

type Count = { readonly totalCount: number } | null;

/** How much there is of each kind: null if it is not known. */
export type Counts = Readonly<Record<Kind, Count>>;

/** The figures for Europe. A figure is null if the graph cannot state it. */
export interface EuropeToday extends Counts {
  readonly reuseMatrix:
    | readonly { readonly publishedIn: string; readonly usedIn: string; readonly adoptions: number }[]
    | null;
  readonly catalogueStatus: readonly CountryStatus[] | null;
}

/** How much there is of a country, and how up to date it is. */
export interface CountryStatus {
  readonly country: string;
  readonly state: string;
  readonly indexedAt: string | null;
  readonly unconfirmedAdoptions: number;
  /** Null if it is not known. */
  readonly figures: Readonly<Record<'solutions' | 'sharingConsortia' | 'administrations' | 'needs', number>> | null;
}

/** What every search has. */
interface AnySearch {
  readonly query: SearchQuery;
  readonly counts: Counts;
  /** The countries whose catalogues are searched. */
  readonly countries: readonly string[];
}

/** The first results of each kind. */
export interface SearchOfAll extends AnySearch {
  /** The kinds in the order in which they are shown. */
  readonly firstResults: readonly FirstResults[];
}

/** The results of one kind. */
export interface SearchOfKind extends AnySearch {
  readonly results: Results;
  /** The variables of an operation that lists all results. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The names of topics in the reader's language, by topic. */
  readonly topicNames: Readonly<Record<string, string>>;
}

export type SearchData = SearchOfAll | SearchOfKind;

/** The first page: a search, or without one the figures for Europe on a day. */
export type HomeData =
  | { readonly search: SearchData }
  | { readonly europe: EuropeToday; readonly day: string; readonly search: null };
