import { InputError } from '../kit/errors.js';
import { normalise } from './normalise.js';

const longest = 100;
const mostWords = 8;

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
export function readSearch(search: string | null | undefined): Search | null {
  if (search == null) return null;
  // Letters may fall apart into several: what is too long only then is too long too.
  const words = normalise(search.slice(0, longest + 1));
  if (search.length > longest || words.length > longest || words.split(' ').length > mostWords) {
    throw new InputError(
      'INVALID_ARGUMENT',
      `\`search\` is too long; it can have ${longest} characters and ${mostWords} words.`,
    );
  }
  // A NUL is no text to PostgreSQL.
  return words === '' ? null : { words, code: search.replace(/[.\s\0]/g, '').toLowerCase() };
}

/**
 * A common table expression `matched (id, rank)`: the organisations that a search finds, the best with the smallest rank. As
 * written: a code or whole name, the beginning of a name, beginnings of words. Only where nothing matches as written, words
 * with a typing error: one letter off, or two neighbours swapped, from four letters on; two letters off from eight on.
 *
 * `search_text` holds each name between bars and spaces, `| kobenhavn | kobenhavns kommune |`, so that beginnings of names
 * and words are plain patterns which the trigram index serves.
 *
 * @param among which organisations are searched at all, as a condition on `o`: whether something matches as written is asked
 * of them alone.
 */
export function searchSql(
  { words: search, code: searchedCode }: Search,
  among: string,
  parameter: (value: unknown) => string,
): string {
  const words = search.split(' ');
  const beginsWords = words.map((word) => `search_text LIKE ${parameter(`% ${word}%`)}`).join(' AND ');
  const code = parameter(searchedCode);
  const misspelt = words.map((word) => misspeltSql(word, parameter)).join(' AND ');
  return `
    coded AS MATERIALIZED (
      SELECT o.id FROM identifier JOIN organisation o ON o.id = identifier.organisation_id
      WHERE notation IN (${code}, upper(${code})) AND ${among}
    ),
    written AS MATERIALIZED (
      SELECT id, CASE
        WHEN search_text LIKE ${parameter(`%| ${search} |%`)} THEN 0
        WHEN search_text LIKE ${parameter(`%| ${search}%`)} THEN 1
        ELSE 2 END AS rank
      FROM organisation o WHERE ${among} AND ${beginsWords}
      UNION ALL SELECT id, 0 FROM coded
    ),
    matched AS MATERIALIZED (
      SELECT id, min(rank) AS rank FROM written GROUP BY id
      UNION ALL
      SELECT id, 3 FROM organisation o WHERE NOT EXISTS (SELECT FROM written) AND ${among} AND ${misspelt}
    )`;
}

function misspeltSql(word: string, parameter: (value: unknown) => string): string {
  const allowed = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
  return `EXISTS (
        SELECT FROM regexp_split_to_table(search_text, '[ |]+') AS known
        WHERE CASE WHEN length(known) <= 255 THEN levenshtein_less_equal(known, ${parameter(word)}, ${allowed}) <= ${allowed} END
          OR known = ANY (${parameter(allowed === 0 ? [] : swaps(word))}::text[]))`;
}

/** A word with each pair of neighbouring letters swapped: the commonest slip of a quick hand. */
const swaps = (word: string): string[] =>
  Array.from(word)
    .slice(1)
    .map((letter, index) => word.slice(0, index) + letter + word.charAt(index) + word.slice(index + 2));
