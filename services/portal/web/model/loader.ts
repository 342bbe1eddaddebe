import type { Language } from './languages.js';
import type { Municipalities } from './municipalities.js';

/** What a page is loaded for. */
export interface PageRequest {
  readonly language: Language;
  /** The state of the view: filters, days, tabs and cursors. */
  readonly search: URLSearchParams;
  /** The parts of the path that `app/pages.ts` names; `*` is the rest of the path. */
  readonly params: Readonly<Record<string, string | undefined>>;
  /**
   * Executes `operations/pages/<name>.graphql`. What its response lacks is shown on the page, which also links to the operation.
   * A variable that is undefined is left out.
   */
  readonly execute: <Data>(operation: string, variables?: Readonly<Record<string, unknown>>) => Promise<Data>;
  /**
   * What the page is about. Without it, the response is the page of an error: not found, or what the gateway reported.
   */
  readonly found: <Value>(value: Value | null | undefined) => Value;
  /** A part of the page, such as a picture: null if it cannot be read. The page then says so in its place, and shows the rest. */
  readonly part: <Value>(read: Promise<Value>) => Promise<Value | null>;
  /** The boundaries of municipalities, if the operator supplied them. */
  readonly municipalities: Municipalities | undefined;
  /** The names of topics, such as publiccode.yml categories, in the reader's language, by topic; those that have one. */
  readonly topicNames: (topics: readonly string[]) => Readonly<Record<string, string>>;
}

/** Reads the data of a page, on the server. */
export type Loader<Data> = (request: PageRequest) => Promise<Data>;
