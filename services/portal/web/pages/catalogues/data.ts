/** The state of the index for a country: the parts of `CatalogueStatus` that the overview shows. */
export interface Status {
  readonly country: string;
  readonly state: string;
  readonly indexedAt: string | null;
  readonly entries: number;
  readonly refused: number;
  readonly disputedAddresses: number;
  readonly unconfirmedAdoptions: number;
  readonly unconfirmedMemberships: number;
  readonly usersNamed: number;
  readonly usersMatched: number;
  readonly problem: { readonly code: string; readonly since: string } | null;
}

export interface CatalogueTitle {
  readonly country: string;
  readonly title: string;
  readonly titleLanguage: string | null;
}

/** Everything on the page. */
export interface CataloguesData {
  /** Null if the index does not respond. */
  readonly statuses: readonly Status[] | null;
  /** Of the catalogues that responded. */
  readonly titles: readonly CatalogueTitle[];
}
