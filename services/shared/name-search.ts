import { normalise } from './normalise.js';
import { maxEdits, parseSearchText, transpositions } from './search-text.js';

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

/** What is searched: rows that have names, and may have codes. */
export interface SearchTarget {
  /** The table and its alias, `body b`. It has an `id` and a `search_text`, in which each name stands between bars and spaces. */
  readonly from: string;
  /** Which of its rows are searched at all, as a condition: whether something matches as written is asked of them alone. */
  readonly among: string;
  /** Whether a row has a code, as a condition; `code` is the placeholder of what `Search.code` is. */
  readonly hasCode: (code: string) => string;
}

/**
 * Common table expressions, the last one `matched (id, rank)`: the rows that a search finds, the best with the smallest rank.
 * As written: a code or whole name, the beginning of a name, beginnings of words. Only where nothing matches as written, words
 * with a typing error: one letter off, or two neighbours swapped, from four letters on; two letters off from eight on.
 *
 * `search_text` reads `| kobenhavn | kobenhavns kommune |`, so that beginnings of names and words are plain patterns, which a
 * trigram index serves.
 */
export function searchSql(
  { words: search, code }: Search,
  { from, among, hasCode }: SearchTarget,
  parameter: (value: unknown) => string,
): string {
  const words = search.split(' ');
  const beginsWords = words.map((word) => `search_text LIKE ${parameter(`% ${word}%`)}`).join(' AND ');
  const misspelt = words.map((word) => misspeltSql(word, parameter)).join(' AND ');
  return `
    coded AS MATERIALIZED (
      SELECT id FROM ${from} WHERE ${among} AND ${hasCode(parameter(code))}
    ),
    written AS MATERIALIZED (
      SELECT id, CASE
        WHEN search_text LIKE ${parameter(`%| ${search} |%`)} THEN 0
        WHEN search_text LIKE ${parameter(`%| ${search}%`)} THEN 1
        ELSE 2 END AS rank
      FROM ${from} WHERE ${among} AND ${beginsWords}
      UNION ALL SELECT id, 0 FROM coded
    ),
    matched AS MATERIALIZED (
      SELECT id, min(rank) AS rank FROM written GROUP BY id
      UNION ALL
      SELECT id, 3 FROM ${from} WHERE NOT EXISTS (SELECT FROM written) AND ${among} AND ${misspelt}
    )`;
}

function misspeltSql(word: string, parameter: (value: unknown) => string): string {
  const allowed = maxEdits(word);
  const likely = possibleForms(word, allowed).map((pattern) => `search_text LIKE ${parameter(pattern)}`);
  return `(${likely.join(' OR ')}) AND EXISTS (
        SELECT FROM regexp_split_to_table(search_text, '[ |]+') AS known
        WHERE CASE WHEN length(known) <= 255 THEN levenshtein_less_equal(known, ${parameter(word)}, ${allowed}) <= ${allowed} END
          OR known = ANY (${parameter(allowed === 0 ? [] : transpositions(word))}::text[]))`;
}

/**
 * What a name has at least that has the word with so many errors, for the trigram index to find: of two parts of a word one
 * error leaves the first or the last as it is, of three parts two errors leave one.
 */
function possibleForms(word: string, errors: number): string[] {
  const letters = Array.from(word);
  const middle = errors === 2 ? Math.max(3, Math.floor(letters.length / 3)) : 0;
  const first = Math.floor((letters.length - middle) / 2);
  const part = (from: number, until?: number): string => letters.slice(from, until).join('');
  if (errors === 0) return [`% ${part(0)} %`];
  return [
    `% ${part(0, first)}%`,
    `%${part(first + middle)} %`,
    ...(errors === 2 ? [`%${part(first, first + middle)}%`] : transpositions(word).map((swapped) => `% ${swapped} %`)),
  ];
}

/** Names as searches look in them: normalised, each once, between bars. */
export const toSearchText = (texts: readonly string[]): string => {
  const distinct = [...new Set(texts.map(normalise))].filter((name) => name !== '');
  return distinct.length === 0 ? '' : `| ${distinct.join(' | ')} |`;
};
