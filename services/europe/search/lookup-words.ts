import { keyArray, keysSql } from '../../kit/database/sql-parameters.js';
import { maxEdits, transpositions } from '../../shared/search-text.js';
import type { Query } from '../index-database.js';
import { compoundLanguages, configurations, isStemOfCompound, stemPrefix } from './languages.js';

/** The forms of a searched word in the index. */
export interface WordForms {
  /** Its spellings: `moder` and `moeder` of `møder`. The first is the usual one. */
  readonly words: readonly string[];
  /** Whether the index has the word, or one that starts with it. */
  readonly isKnown: boolean;
  /** Whether it is a stop word in one of the languages: `di`, `og`, `the`. */
  readonly isLanguageStopWord: boolean;
  /** Its stems in each language, with the language's prefix as in the index. */
  readonly stems: readonly string[];
  /** Stems of compounds that end in it. */
  readonly compounds: readonly string[];
  /** Words of the index that differ by typing errors; only if the index has neither the word nor one that starts with it. */
  readonly corrections: readonly string[];
  /** The stems of the corrections. */
  readonly correctedStems: readonly string[];
}

/** Looks up the forms of each word, in one statement. Each word is given by its spellings. */
export async function lookUpWords(query: Query, words: readonly (readonly string[])[]): Promise<readonly WordForms[]> {
  const searched = [...new Set(words.flat())];
  const rows = await query<FormsOfSpelling>(statement, [
    searched,
    searched.map(maxEdits),
    JSON.stringify(searched.map(transpositions)),
    dictionaries,
    [...configurations.keys()].map(stemPrefix),
    [...configurations.keys()].map((language) => compoundLanguages.includes(language)),
  ]);
  const known = new Map(rows.map((row) => [row.word, row]));
  return words.map((word) =>
    joinSpellings(
      word,
      word.flatMap((spelling) => known.get(spelling) ?? []),
    ),
  );
}

type FormsOfSpelling = Omit<WordForms, 'words'> & { readonly word: string };

function joinSpellings(words: readonly string[], forms: readonly FormsOfSpelling[]): WordForms {
  const isKnown = forms.some((form) => form.isKnown);
  const all = (list: 'stems' | 'compounds' | 'corrections' | 'correctedStems'): readonly string[] =>
    forms.length === 1 ? (forms[0]?.[list] ?? []) : [...new Set(forms.flatMap((form) => form[list]))];
  return {
    words,
    isKnown,
    isLanguageStopWord: forms[0]?.isLanguageStopWord ?? false,
    stems: all('stems'),
    compounds: all('compounds'),
    // A word that is known in one spelling is not a typing error in another.
    corrections: isKnown ? [] : all('corrections'),
    correctedStems: isKnown ? [] : all('correctedStems'),
  };
}

/** PostgreSQL's stemmers, in the order of the languages. */
const dictionaries = [...configurations.values()].map((configuration) => `${configuration}_stem`);

/** Minimum lengths of a compound's parts. The last part is also a word by itself, which `formation` is not in German. */
const minPartLength = { last: 5, before: 4 };
const maxCompounds = 30;

/**
 * Words that may differ by typing errors: one error leaves the first or the second half of a word as it is, two errors leave one
 * of three parts. So three indexes are read, and not every word.
 */
const middle = `CASE searched.errors WHEN 2 THEN greatest(3, length(searched.word) / 3) ELSE 0 END`;
const first = `left(searched.word, (length(searched.word) - ${middle}) / 2)`;
const last = `reverse(right(searched.word, -((length(searched.word) - ${middle}) / 2 + ${middle})))`;
const candidates = `
          SELECT word FROM search_word WHERE strpos(word, '.') = 0 AND word >= ${first} AND word < ${first} || U&'\\FFFF'
          UNION SELECT word FROM search_word
          WHERE strpos(word, '.') = 0 AND reverse(word) >= ${last} AND reverse(word) < ${last} || U&'\\FFFF'
          UNION SELECT word FROM search_word WHERE strpos(word, '.') = 0 AND searched.errors = 2
            AND word LIKE '%' || substr(searched.word, (length(searched.word) - ${middle}) / 2 + 1, ${middle}) || '%'
          UNION SELECT word FROM search_word
          WHERE word IN (SELECT jsonb_array_elements_text($3::jsonb -> (searched.place - 1)::int))`;

const statement = `
  -- Materialized, because corrections are read twice, and are by far most of it.
  WITH known AS MATERIALIZED (
    SELECT searched.word, known.found AS "isKnown", forms.is_empty AS "isLanguageStopWord", forms.stems,
      CASE WHEN searched.errors = 0 THEN '{}' ELSE ARRAY (
        SELECT word.word::text FROM unnest(forms.last_parts) AS last (part) JOIN search_word alone ON alone.word = last.part
        CROSS JOIN LATERAL (
          SELECT word, records FROM search_word
          WHERE reverse(word) >= reverse(substr(last.part, 4)) AND reverse(word) < reverse(substr(last.part, 4)) || U&'\\FFFF'
            AND starts_with(word, left(last.part, 3)) AND ${isStemOfCompound} AND length(word) >= length(last.part) + ${minPartLength.before}
          -- Each part by itself, by the index on ends of words, instead of a scan of all words.
          OFFSET 0
        ) word
        ORDER BY word.records DESC, word.word LIMIT ${maxCompounds}
      ) END AS compounds,
      coalesce(CASE WHEN searched.errors = 0 OR known.found THEN NULL ELSE (
        SELECT array_agg(candidate.word) FROM (
          SELECT word.word::text, rank() OVER (ORDER BY levenshtein_less_equal(word.word, searched.word, 3)) AS place
          FROM (${candidates}) word
          WHERE length(word.word) BETWEEN length(searched.word) - searched.errors AND length(searched.word) + searched.errors
            AND length(word.word) <= 255
            AND (levenshtein_less_equal(word.word, searched.word, searched.errors) <= searched.errors
              OR word.word IN (SELECT jsonb_array_elements_text($3::jsonb -> (searched.place - 1)::int)))
        ) candidate WHERE candidate.place = 1
      ) END, '{}') AS corrections
    FROM unnest(${keysSql}, ${keyArray('$2', 'integer')}) WITH ORDINALITY AS searched (word, errors, place)
    CROSS JOIN LATERAL (
      SELECT bool_or(cardinality(form.lexemes) = 0) AS is_empty,
        coalesce(array_agg(DISTINCT form.prefix || form.lexemes[1]) FILTER (WHERE cardinality(form.lexemes) > 0), '{}') AS stems,
        array_agg(form.prefix || form.lexemes[1]) FILTER (WHERE compounds AND length(form.lexemes[1]) >= ${minPartLength.last})
          AS last_parts
      FROM (
        SELECT prefix, compounds, ts_lexize(dictionary::regdictionary, searched.word) AS lexemes
        FROM unnest(${keyArray('$4')}, ${keyArray('$5')}, ${keyArray('$6', 'boolean')}) AS language (dictionary, prefix, compounds)
      ) form
    ) forms
    CROSS JOIN LATERAL (
      SELECT EXISTS (SELECT FROM search_word WHERE search_word.word = ANY (forms.stems))
        OR EXISTS (SELECT FROM search_word WHERE search_word.word >= searched.word AND search_word.word < searched.word || U&'\\FFFF') AS found
    ) known
  )
  SELECT known.*, ARRAY (
    SELECT DISTINCT prefix || (ts_lexize(dictionary::regdictionary, word))[1] FROM unnest(known.corrections) AS correction (word)
    CROSS JOIN unnest(${keyArray('$4')}, ${keyArray('$5')}) AS language (dictionary, prefix)
    WHERE ts_lexize(dictionary::regdictionary, word) <> '{}'
  ) AS "correctedStems"
  FROM known`;
