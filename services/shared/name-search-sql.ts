import type { Search } from './name-search.js';
import { maxEdits, transpositions } from './search-text.js';

/** The rows to search: they have names, and may have codes. */
export interface SearchTarget {
  /** The table and its alias, `organisation o`. It has an `id` and a `search_text`: see `toSearchText`. */
  readonly from: string;
  /** SQL condition: which of its rows are searched. Only these decide whether there is an exact match. */
  readonly condition: string;
  /** SQL condition: a row has a code; `code` is the placeholder of `Search.code`. */
  readonly hasCode: (code: string) => string;
  /** SQL condition: a row comes before others whose name matches or begins alike, as a municipality before the province named after it. */
  readonly isFirst: string;
  /**
   * A table of all words of these texts, each once, in its column `word`. With it, words are corrected first, and the rows that have
   * the corrected ones are found by an index: names repeat words, so that this takes far less time the more rows there are.
   */
  readonly words?: string;
}

/** The rank of a match with typing errors: larger than any other. */
export const fuzzyRank = 5;

/**
 * Common table expressions, the last one `matched (id, rank)`: the rows that a search finds, the best with the smallest rank.
 * Exact matches are a code or a whole name, the beginning of a name, and beginnings of words. Only if there is no exact match,
 * words match with typing errors: one edit or a transposition from four letters on, two edits from eight letters on.
 *
 * `search_text` reads `| kobenhavn | kobenhavns kommune |`, so that beginnings of names and words are plain patterns, which a
 * trigram index serves.
 */
export function searchSql(
  { spellings, code }: Search,
  { from, condition, hasCode, isFirst, words }: SearchTarget,
  parameter: (value: unknown) => string,
): string {
  const { name, nameBegins, wordsBegin } = exactMatchSql(spellings, parameter);
  const fuzzyWords = anySpelling(spellings, (spelling) =>
    spelling
      .split(' ')
      .map((word) => (words === undefined ? fuzzySql(word, parameter) : correctedSql({ from, words }, word, parameter)))
      .join(' AND '),
  );
  return `
    by_code AS MATERIALIZED (
      SELECT id FROM ${from} WHERE ${condition} AND ${hasCode(parameter(code))}
    ),
    exact AS MATERIALIZED (
      SELECT id, CASE
        WHEN ${name} THEN CASE WHEN ${isFirst} THEN 0 ELSE 1 END
        WHEN ${nameBegins} THEN CASE WHEN ${isFirst} THEN 2 ELSE 3 END
        ELSE 4 END AS rank
      FROM ${from} WHERE ${condition} AND ${wordsBegin}
      UNION ALL SELECT id, 0 FROM by_code
    ),
    matched AS MATERIALIZED (
      SELECT id, min(rank) AS rank FROM exact GROUP BY id
      UNION ALL
      SELECT id, ${fuzzyRank} FROM ${from} WHERE NOT EXISTS (SELECT FROM exact) AND ${condition} AND ${fuzzyWords}
    )`;
}

/** SQL conditions of an exact match: a name, the beginning of a name, and the beginnings of words. */
export function exactMatchSql(spellings: readonly string[], parameter: (value: unknown) => string) {
  const matches = likeSql(parameter);
  return {
    name: anySpelling(spellings, (spelling) => matches(`%| ${spelling} |%`)),
    nameBegins: anySpelling(spellings, (spelling) => matches(`%| ${spelling}%`)),
    wordsBegin: wordsBeginSql(spellings, parameter),
  };
}

/** SQL condition: words begin as the searched ones. */
export const wordsBeginSql = (spellings: readonly string[], parameter: (value: unknown) => string): string =>
  anySpelling(spellings, (spelling) =>
    spelling
      .split(' ')
      .map((word) => likeSql(parameter)(`% ${word}%`))
      .join(' AND '),
  );

const likeSql =
  (parameter: (value: unknown) => string) =>
  (pattern: string): string =>
    `search_text LIKE ${parameter(pattern)}`;

const anySpelling = (spellings: readonly string[], condition: (spelling: string) => string): string =>
  `(${spellings.map((spelling) => `(${condition(spelling)})`).join(' OR ')})`;

function fuzzySql(word: string, parameter: (value: unknown) => string): string {
  const patterns = trigramPatterns(word, maxEdits(word)).map((pattern) => `search_text LIKE ${parameter(pattern)}`);
  return `(${patterns.join(' OR ')}) AND EXISTS (
        -- The signs between names are too short to be mistaken for a word.
        SELECT FROM string_to_table(search_text, ' ') AS word WHERE ${isSimilar('word', word, parameter)})`;
}

/** SQL condition: the text has one of the words of a table that differ from a word by typing errors. */
function correctedSql(
  { from, words }: { readonly from: string; readonly words: string },
  word: string,
  parameter: (value: unknown) => string,
): string {
  const edits = maxEdits(word);
  const { start, middle, end } = partsOf(word, edits);
  const reversed = Array.from(end).reverse().join('');
  const beginsWith = (text: string, beginning: string): string => {
    const placeholder = parameter(beginning);
    return `${text} >= ${placeholder} AND ${text} < ${placeholder} || U&'\\FFFF'`;
  };
  const candidates = [
    beginsWith('word', start),
    ...(edits === 0 ? [] : [beginsWith('reverse(word)', reversed)]),
    ...(edits === 2 ? [`word LIKE ${parameter(`%${middle}%`)}`] : []),
    `word = ANY (${parameter(swapped(word, edits))}::text[])`,
  ];
  // Comparing lengths takes a fraction of the time of comparing words. Each part by itself, by the index alone.
  const length = Array.from(word).length;
  const isLong = `length(word) BETWEEN ${parameter(length - edits)}::int AND ${parameter(length + edits)}::int`;
  const found = candidates.map((condition) => `SELECT word FROM ${words} WHERE ${condition} AND ${isLong}`);
  return `id IN (
        SELECT found.id FROM (
          SELECT word FROM (${found.join(' UNION ')}) AS candidate WHERE ${isSimilar('word', word, parameter)}
        ) corrected CROSS JOIN LATERAL (
          -- Each word by itself, by the index.
          SELECT id FROM ${from} WHERE search_text LIKE '% ' || corrected.word || ' %' OFFSET 0
        ) found)`;
}

/** SQL condition: a word differs from another one by typing errors only. */
function isSimilar(column: string, word: string, parameter: (value: unknown) => string): string {
  const edits = maxEdits(word);
  return `(CASE WHEN length(${column}) <= 255 THEN levenshtein_less_equal(${column}, ${parameter(word)}, ${edits}) <= ${edits} END
          OR ${column} = ANY (${parameter(swapped(word, edits))}::text[]))`;
}

const swapped = (word: string, edits: number): string[] => (edits === 0 ? [] : transpositions(word));

/**
 * Three parts of a word, of which two edits leave one unchanged; two if only one edit is allowed, without a middle; and all of it
 * if none is.
 */
function partsOf(
  word: string,
  edits: number,
): { readonly start: string; readonly middle: string; readonly end: string } {
  const letters = Array.from(word);
  if (edits === 0) return { start: word, middle: '', end: '' };
  const middle = edits === 2 ? Math.max(3, Math.floor(letters.length / 3)) : 0;
  const first = Math.floor((letters.length - middle) / 2);
  const part = (from: number, until?: number): string => letters.slice(from, until).join('');
  return { start: part(0, first), middle: part(first, first + middle), end: part(first + middle) };
}

/**
 * Patterns of which at least one matches each text that has a word similar to this one, so that the trigram index finds candidates.
 */
function trigramPatterns(word: string, edits: number): string[] {
  const { start, middle, end } = partsOf(word, edits);
  if (edits === 0) return [`% ${start} %`];
  return [
    `% ${start}%`,
    `%${end} %`,
    ...(edits === 2 ? [`%${middle}%`] : transpositions(word).map((transposed) => `% ${transposed} %`)),
  ];
}
