import { spellings } from './normalise.js';
import { parseSearchText } from './search-text.js';

/** A search of a client: the words of a name, or a code. */
export interface Search {
  /** Normalised, with one space between. */
  readonly words: string;
  /** All spellings of the words; each is one to search for. */
  readonly spellings: readonly string[];
  /** Without dots and spaces, in lower case. */
  readonly code: string;
}

/**
 * Parses a search. Null if there is nothing to search for.
 *
 * @throws InputError INVALID_ARGUMENT if it is too long.
 */
export function parseSearch(search: string | null | undefined): Search | null {
  const words = parseSearchText(search);
  // PostgreSQL cannot store a NUL in a text.
  if (words === null || search == null) return null;
  return { words, spellings: searchedSpellings(search, words), code: search.replace(/[.\s\0]/g, '').toLowerCase() };
}

/** A short form by itself would find every word that begins with it: `St` of `Saint`. */
const searchedSpellings = (search: string, words: string): readonly string[] =>
  spellings(search).filter((spelling) => words.includes(' ') || spelling.length >= words.length);

/**
 * The text in which names are searched: all their spellings, each once, between bars.
 *
 *     ['København', 'Københavns Kommune'] → '| kobenhavn | kobenhavns kommune |'
 */
export const toSearchText = (texts: readonly string[]): string => {
  const distinct = [...new Set(texts.flatMap(spellings))].filter((name) => name !== '');
  return distinct.length === 0 ? '' : `| ${distinct.join(' | ')} |`;
};
