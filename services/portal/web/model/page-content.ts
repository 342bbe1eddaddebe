/** What a page shows, as the server sends it to the browser: JSON. */

/** A catalogue that is missing from what a page shows, or may be out of date. */
export interface MissingCatalogue {
  /** A country by its code, or `europe`, the index. */
  readonly name: string;
  /** `STALE`, `ERROR`, `TIMEOUT` or `UNAVAILABLE`. */
  readonly state: string;
}

/** An operation from which a page was made. */
export interface PageQuery {
  /** The name of its file in `operations/pages/`. */
  readonly operation: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The texts of a page, by id. */
export type Messages = Readonly<Record<string, string>>;

/** A page that was loaded. */
export interface LoadedPage {
  readonly data: unknown;
  readonly missing: readonly MissingCatalogue[];
  readonly queries: readonly PageQuery[];
  readonly messages: Messages;
}

/** A page that could not be loaded. */
export interface FailedPage {
  readonly failure: {
    /** The status of the response: 404 if the page or object does not exist. */
    readonly status: number;
    /** The stable code of the error. */
    readonly code: string;
  };
  /** The catalogues that did not respond. */
  readonly missing?: readonly MissingCatalogue[];
}

export type PageContent = LoadedPage | FailedPage;

export const isFailed = (content: PageContent): content is FailedPage => 'failure' in content;
