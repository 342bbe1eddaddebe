import { maxEdits, transpositions } from '../../shared/search-text.js';
import type { Query } from '../index-database.js';
import { compoundLanguages, configurations, stemPrefix } from './languages.js';

/** What the index knows of a searched word. */
export interface WordForms {
  readonly word: string;
  /** In one of the languages it is a word that says nothing: `di`, `og`, `the`. */
  readonly isLanguageStopWord: boolean;
  /** Its stems in each language, marked as the index has them. */
  readonly stems: readonly string[];
  /** Stems of compounds that end in it. */
  readonly compounds: readonly string[];
  /** Words of the index with a typing error between; asked only where the index has neither the word nor its beginning. */
  readonly corrections: readonly string[];
  /** The stems of those. */
  readonly correctedStems: readonly string[];
}

/** What the index knows of each word, in one statement. */
export async function lookUpWords(query: Query, words: readonly string[]): Promise<ReadonlyMap<string, WordForms>> {
  const asked = [...new Set(words)];
  const known = await query<WordForms>(statement, [
    asked,
    asked.map(maxEdits),
    JSON.stringify(asked.map(transpositions)),
    dictionaries,
    [...configurations.keys()].map(stemPrefix),
    [...configurations.keys()].map((language) => compoundLanguages.includes(language)),
  ]);
  return new Map(known.map((word) => [word.word, word]));
}

/** PostgreSQL's stemmers, in the order of the languages. */
const dictionaries = [...configurations.values()].map((configuration) => `${configuration}_stem`);

/** How long the parts of a compound are at least. The last is also a word of its own, which `formation` is not in German. */
const minPartLength = { last: 5, before: 4 };
const maxCompounds = 30;

/**
 * What can have a typing error at most: of two parts of a word one error leaves the first or the last as it is, of three parts
 * two errors leave one. So that three indexes are asked, and not every word that there is.
 */
const middle = `CASE asked.errors WHEN 2 THEN greatest(3, length(asked.word) / 3) ELSE 0 END`;
const first = `left(asked.word, (length(asked.word) - ${middle}) / 2)`;
const last = `reverse(right(asked.word, -((length(asked.word) - ${middle}) / 2 + ${middle})))`;
const candidates = `
          SELECT word FROM search_word WHERE strpos(word, '.') = 0 AND word >= ${first} AND word < ${first} || U&'\\FFFF'
          UNION SELECT word FROM search_word
          WHERE strpos(word, '.') = 0 AND reverse(word) >= ${last} AND reverse(word) < ${last} || U&'\\FFFF'
          UNION SELECT word FROM search_word WHERE strpos(word, '.') = 0 AND asked.errors = 2
            AND word LIKE '%' || substr(asked.word, (length(asked.word) - ${middle}) / 2 + 1, ${middle}) || '%'
          UNION SELECT word FROM search_word
          WHERE word IN (SELECT jsonb_array_elements_text($3::jsonb -> (asked.place - 1)::int))`;

/** What the index knows of each word. */
const statement = `
  WITH known AS (
    SELECT asked.word, forms.is_empty AS "isLanguageStopWord", forms.stems,
      CASE WHEN asked.errors = 0 THEN '{}' ELSE ARRAY (
        SELECT word.word::text FROM unnest(forms.last_parts) AS last (part) JOIN search_word alone ON alone.word = last.part
        CROSS JOIN LATERAL (
          SELECT word, records FROM search_word
          WHERE reverse(word) >= reverse(substr(last.part, 4)) AND reverse(word) < reverse(substr(last.part, 4)) || U&'\\FFFF'
            AND starts_with(word, left(last.part, 3)) AND length(word) >= length(last.part) + ${minPartLength.before}
          -- Each by itself, by the index on ends of words, and not all words at once.
          OFFSET 0
        ) word
        ORDER BY word.records DESC, word.word LIMIT ${maxCompounds}
      ) END AS compounds,
      coalesce(CASE WHEN asked.errors = 0 OR known.found THEN NULL ELSE (
        SELECT array_agg(alike.word) FROM (
          SELECT word.word::text, rank() OVER (ORDER BY levenshtein_less_equal(word.word, asked.word, 3)) AS place
          FROM (${candidates}) word
          WHERE length(word.word) BETWEEN length(asked.word) - asked.errors AND length(asked.word) + asked.errors
            AND length(word.word) <= 255
            AND (levenshtein_less_equal(word.word, asked.word, asked.errors) <= asked.errors
              OR word.word IN (SELECT jsonb_array_elements_text($3::jsonb -> (asked.place - 1)::int)))
        ) alike WHERE alike.place = 1
      ) END, '{}') AS corrections
    FROM unnest($1::text[], $2::int[]) WITH ORDINALITY AS asked (word, errors, place)
    CROSS JOIN LATERAL (
      SELECT bool_or(cardinality(form.lexemes) = 0) AS is_empty,
        coalesce(array_agg(DISTINCT form.mark || form.lexemes[1]) FILTER (WHERE cardinality(form.lexemes) > 0), '{}') AS stems,
        array_agg(form.mark || form.lexemes[1]) FILTER (WHERE compounds AND length(form.lexemes[1]) >= ${minPartLength.last})
          AS last_parts
      FROM (
        SELECT mark, compounds, ts_lexize(dictionary::regdictionary, asked.word) AS lexemes
        FROM unnest($4::text[], $5::text[], $6::boolean[]) AS language (dictionary, mark, compounds)
      ) form
    ) forms
    CROSS JOIN LATERAL (
      SELECT EXISTS (SELECT FROM search_word WHERE search_word.word = ANY (forms.stems))
        OR EXISTS (SELECT FROM search_word WHERE search_word.word >= asked.word AND search_word.word < asked.word || U&'\\FFFF') AS found
    ) known
  )
  SELECT known.*, ARRAY (
    SELECT DISTINCT mark || (ts_lexize(dictionary::regdictionary, word))[1] FROM unnest(known.corrections) AS correction (word)
    CROSS JOIN unnest($4::text[], $5::text[]) AS language (dictionary, mark)
    WHERE ts_lexize(dictionary::regdictionary, word) <> '{}'
  ) AS "correctedStems"
  FROM known`;
