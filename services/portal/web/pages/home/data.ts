import type { PageInfo } from '../../components/pager.js';

/** The figures for Europe. A figure is null if the graph cannot state it. */
export interface EuropeToday {
  readonly solutions: { readonly totalCount: number } | null;
  readonly administrations: { readonly totalCount: number } | null;
  readonly consortia: { readonly totalCount: number } | null;
  readonly needs: { readonly totalCount: number } | null;
  readonly reuseMatrix:
    | readonly { readonly publishedIn: string; readonly usedIn: string; readonly adoptions: number }[]
    | null;
  readonly catalogueStatus:
    | readonly { readonly country: string; readonly state: string; readonly indexedAt: string | null }[]
    | null;
}

/** A solution on the list of results. */
export interface FoundSolution {
  readonly id: string;
  readonly name: string | null;
  readonly nameLanguage: string | null;
  readonly shortDescription: string | null;
  readonly shortDescriptionLanguage: string | null;
  readonly licence: string | null;
  readonly publishedIn: readonly string[] | null;
  readonly reuse: readonly { readonly country: string; readonly adopters: number }[] | null;
}

export interface FoundSolutions {
  readonly totalCount: number;
  readonly fuzzy: boolean | null;
  readonly pageInfo: PageInfo;
  readonly nodes: readonly (FoundSolution | null)[];
}

export interface HomeData {
  readonly text: string;
  /** Null without a search. */
  readonly results: FoundSolutions | null;
  /** Null with a search. */
  readonly europe: EuropeToday | null;
}
