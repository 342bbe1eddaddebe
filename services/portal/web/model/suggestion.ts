/** What a reader may mean while typing: an administration, a consortium or a solution. */
export interface Suggestion {
  readonly id: string;
  readonly name: string;
  readonly nameLanguage: string | null;
  /** `solution`, `consortium`, or the kind of an administration. */
  readonly kind: string;
  /** Not of a solution, which belongs to no country. */
  readonly country: string | null;
}

/** What is suggested: anything, or administrations only. */
export type Suggestible = 'all' | 'administrations';

/** A shorter text could be the beginning of nearly everything. */
export const minSuggestionLength = 2;

/** The longest text that the graph searches for. */
export const maxSearchLength = 100;

/** Where the suggestions for a text are read. */
export const suggestionsPath = (language: string, text: string, of: Suggestible): string =>
  `/suggestions/${language}?${new URLSearchParams({ q: text, of }).toString()}`;
