/** A national catalogue. */
export interface Catalogue {
  readonly id: string;
  readonly country: string;
  readonly title: string;
  readonly titleLanguage: string | null;
  readonly languages: readonly string[];
  /** Since when its list of a kind of administration is complete. Null: not known. */
  readonly completeSince:
    | readonly { readonly kind: string; readonly nuts: string | null; readonly since: string }[]
    | null;
}

/** The source of a part of the maps. */
export interface MapSource {
  readonly attribution: string;
  readonly source: string;
  readonly licence: string;
}

export interface AboutData {
  readonly mapSources: readonly MapSource[];
  /** An item is null if its country does not respond. */
  readonly catalogues: readonly (Catalogue | null)[] | null;
}
