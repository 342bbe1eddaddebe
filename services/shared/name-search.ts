import { normalise } from './normalise.js';
import { parseSearchText } from './search-text.js';

/** A search of a client: the words of a name, or a code. */
export interface Search {
  /** Normalised, with one space between. */
  readonly words: string;
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
  return words === null ? null : { words, code: (search ?? '').replace(/[.\s\0]/g, '').toLowerCase() };
}

/**
 * The text in which names are searched: normalised, each once, between bars.
 *
 *     ['København', 'Københavns Kommune'] → '| kobenhavn | kobenhavns kommune |'
 */
export const toSearchText = (texts: readonly string[]): string => {
  const distinct = [...new Set(texts.map(normalise))].filter((name) => name !== '');
  return distinct.length === 0 ? '' : `| ${distinct.join(' | ')} |`;
};
