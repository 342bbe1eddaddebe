import { normalise } from './normalise.js';
import { parseSearchText } from './search-text.js';

/** What a client searches for: the words of a name, or a code. */
export interface Search {
  /** Normalised, with one space between. */
  readonly words: string;
  /** Without dots and spaces, in lower case. */
  readonly code: string;
}

/**
 * What a client searches for. Null when there is nothing to search for.
 *
 * @throws InputError INVALID_ARGUMENT when it is too long.
 */
export function parseSearch(search: string | null | undefined): Search | null {
  const words = parseSearchText(search);
  // A NUL is no text to PostgreSQL.
  return words === null ? null : { words, code: (search ?? '').replace(/[.\s\0]/g, '').toLowerCase() };
}

/** Names as searches look in them: normalised, each once, between bars. */
export const toSearchText = (texts: readonly string[]): string => {
  const distinct = [...new Set(texts.map(normalise))].filter((name) => name !== '');
  return distinct.length === 0 ? '' : `| ${distinct.join(' | ')} |`;
};
