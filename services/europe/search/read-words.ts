import { InputError } from '../../kit/errors.js';
import { normalise } from '../../kit/normalise.js';
import type { Query } from '../index-database.js';
import { emptyWords, fillers } from './fillers.js';
import { compounding, configurations, markOf } from './languages.js';
import { type Term, termsBeside } from './topics.js';

const longest = 100;
const mostWords = 8;

/** What is searched for, as the index knows it. */
export interface Words {
  /** Normalised, with one space between. */
  readonly text: string;
  /** PostgreSQL's tsqueries, from what fits best to what fits at all; what a closer one finds, the last finds too. */
  readonly fits: readonly string[];
  /** The one of them by which rows are weighed that it finds; the others are weighed by the last. */
  readonly near: string;
}

interface KnownWord {
  readonly word: string;
  /** In one of the languages it is a word that says nothing: `di`, `og`, `the`. */
  readonly isEmpty: boolean;
  /** Its stems in each language, marked as the index has them. */
  readonly stems: readonly string[];
  /** Stems of compounds that end in it. */
  readonly compounds: readonly string[];
  /** Words of the index with a typing error between; asked only where the index has neither the word nor its beginning. */
  readonly alike: readonly string[];
}

/**
 * Reads a search. Null when there is nothing to search for.
 *
 * @throws InputError INVALID_ARGUMENT when it is too long.
 */
export async function readWords(query: Query, search: string | null | undefined): Promise<Words | null> {
  if (search == null) return null;
  const text = normalise(search.slice(0, longest + 1));
  const words = text.split(' ');
  if (search.length > longest || text.length > longest || words.length > mostWords) {
    throw new InputError(
      'INVALID_ARGUMENT',
      `\`search\` is too long; it can have ${longest} characters and ${mostWords} words.`,
    );
  }
  if (text === '') return null;
  const telling = words.filter((word) => !fillers.has(word)).join(' ');
  const terms = [text, ...(telling === text ? [] : [telling])].flatMap(termsBeside);
  const known = await lookUp(query, new Set(words), new Set(terms.flatMap(({ term }) => term.split(' '))));
  return { text, ...fitsOf(words, known, terms) };
}

type Known = ReadonlyMap<string, KnownWord>;

/** What the index knows of the searched words, and of words that stand in terms. */
async function lookUp(query: Query, searched: ReadonlySet<string>, others: ReadonlySet<string>): Promise<Known> {
  const asked = [...new Set([...searched, ...others])];
  const known = await query<KnownWord>(statement, [
    asked,
    // What a topic is called is written right.
    asked.map((word) => (searched.has(word) ? mostErrors(word) : 0)),
    JSON.stringify(asked.map(swaps)),
    [...configurations.values()].map((configuration) => `${configuration}_stem`),
    [...configurations.keys()].map(markOf),
    [...configurations.keys()].map((language) => compounding.includes(language)),
  ]);
  return new Map(known.map((word) => [word.word, word]));
}

/**
 * Words that say nothing need not be there, but count where they are: `IO` is a name in Italy, and `I` a word. Where there are
 * none but those, they are what is searched for.
 */
function fitsOf(words: readonly string[], known: Known, terms: readonly Term[]): Pick<Words, 'fits' | 'near'> {
  const searched = words.flatMap((word) => known.get(word) ?? []);
  const telling = searched.filter(({ word }) => !fillers.has(word));
  const meant = telling.filter(isMeant);
  const needed = [meant, telling, searched].find((some) => some.length > 0) ?? [];
  const all = (some: readonly KnownWord[], form: (word: KnownWord) => string): string =>
    [...new Set(some.map(form))].join(' & ');
  const near = all(needed, nearWord);
  const fits = [
    all(searched, (word) => anyForm(word, ':A')),
    ...(needed.length > 1 ? [inSuccession(searched, needed)] : []),
    all(searched, (word) => anyForm(word, isMeant(word) || needed.includes(word) ? '' : ':A')),
    all(needed, (word) => anyForm(word, ':A')),
    all(needed, (word) => anyForm(word, '')),
    near,
    [`(${near})`, ...terms.map((term) => termQuery(term, known))].join(' | '),
  ];
  return { fits: [...new Set(fits)], near };
}

const isMeant = ({ word, isEmpty }: KnownWord): boolean => !isEmpty && !emptyWords.has(word);

/** The words that are needed, as far from one another as they were written. */
function inSuccession(searched: readonly KnownWord[], needed: readonly KnownWord[]): string {
  const placed = searched.map((word, place) => ({ word, place })).filter(({ word }) => needed.includes(word));
  return placed
    .map(({ word, place }, index) => {
      const before = placed[index - 1];
      return `${before ? `<${place - before.place}> ` : ''}${anyForm(word, '')}`;
    })
    .join(' ');
}

const stemIn = (language: string, word: KnownWord | undefined): string | undefined =>
  word?.stems.find((stem) => stem.startsWith(markOf(language)));

/** `form` would find formation; `for` would find half of everything, but not so many names. */
const shortestBeginning = 4;
const shortestBeginningOfNames = 3;

function nearWord({ word, stems, compounds, alike }: KnownWord): string {
  const forms = [...new Set([...stems, word, ...compounds, ...alike])].map(quoted);
  const beginning = word.length < shortestBeginning ? ':*A' : ':*';
  return `(${[...forms, ...(word.length < shortestBeginningOfNames ? [] : [quoted(word) + beginning])].join(' | ')})`;
}

/** The words of a term in its own language; one that says nothing there has no stem and is passed over. */
function termQuery({ language, term }: Term, known: Known): string {
  const stems = term.split(' ').flatMap((word) => stemIn(language, known.get(word)) ?? []);
  return `(${(stems.length > 0 ? stems : term.split(' ')).map(quoted).join(' & ')})`;
}

/** A word in any form; the label says how much it must weigh. */
const anyForm = ({ word, stems }: KnownWord, label: '' | ':A'): string =>
  `(${[...new Set([...stems, word])].map((form) => quoted(form) + label).join(' | ')})`;

// Words are letters and digits of any script, so that a quote is all that is needed.
const quoted = (word: string): string => `'${word}'`;

const mostErrors = (word: string): number => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

/** A word with each pair of neighbouring letters swapped: the commonest slip of a quick hand. */
function swaps(word: string): string[] {
  // Letters, of which some are two units of JavaScript: half of one is no text to PostgreSQL.
  const letters = Array.from(word);
  return letters
    .slice(1)
    .map((letter, index) => [...letters.slice(0, index), letter, letters[index], ...letters.slice(index + 2)].join(''));
}

/** How long the parts of a compound are at least. The last is also a word of its own, which `formation` is not in German. */
const shortestPart = { last: 5, before: 4 };
const mostCompounds = 30;

/**
 * What can have a typing error at most: of two parts of a word one error leaves the first or the last as it is, of three parts
 * two errors leave one. So that three indexes are asked, and not every word that there is.
 */
const middle = `CASE asked.errors WHEN 2 THEN greatest(3, length(asked.word) / 3) ELSE 0 END`;
const first = `left(asked.word, (length(asked.word) - ${middle}) / 2)`;
const last = `reverse(right(asked.word, -((length(asked.word) - ${middle}) / 2 + ${middle})))`;
const candidates = `
          SELECT word FROM word WHERE strpos(word, '.') = 0 AND word >= ${first} AND word < ${first} || U&'\\FFFF'
          UNION SELECT word FROM word
          WHERE strpos(word, '.') = 0 AND reverse(word) >= ${last} AND reverse(word) < ${last} || U&'\\FFFF'
          UNION SELECT word FROM word WHERE strpos(word, '.') = 0 AND asked.errors = 2
            AND word LIKE '%' || substr(asked.word, (length(asked.word) - ${middle}) / 2 + 1, ${middle}) || '%'
          UNION SELECT word FROM word
          WHERE word IN (SELECT jsonb_array_elements_text($3::jsonb -> (asked.place - 1)::int))`;

/** What the index knows of each word, in the order given. */
const statement = `
  SELECT asked.word, forms.is_empty AS "isEmpty", forms.stems,
    CASE WHEN asked.errors = 0 THEN '{}' ELSE ARRAY (
      SELECT word.word::text FROM unnest(forms.last_parts) AS last (part) JOIN word alone ON alone.word = last.part
      CROSS JOIN LATERAL (
        SELECT word, records FROM word
        WHERE reverse(word) >= reverse(substr(last.part, 4)) AND reverse(word) < reverse(substr(last.part, 4)) || U&'\\FFFF'
          AND starts_with(word, left(last.part, 3)) AND length(word) >= length(last.part) + ${shortestPart.before}
        -- Each by itself, by the index on ends of words, and not all words at once.
        OFFSET 0
      ) word
      ORDER BY word.records DESC, word.word LIMIT ${mostCompounds}
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
    ) END, '{}') AS alike
  FROM unnest($1::text[], $2::int[]) WITH ORDINALITY AS asked (word, errors, place)
  CROSS JOIN LATERAL (
    SELECT bool_or(cardinality(form.lexemes) = 0) AS is_empty,
      coalesce(array_agg(DISTINCT form.mark || form.lexemes[1]) FILTER (WHERE cardinality(form.lexemes) > 0), '{}') AS stems,
      array_agg(form.mark || form.lexemes[1]) FILTER (WHERE compounds AND length(form.lexemes[1]) >= ${shortestPart.last})
        AS last_parts
    FROM (
      SELECT mark, compounds, ts_lexize(dictionary::regdictionary, asked.word) AS lexemes
      FROM unnest($4::text[], $5::text[], $6::boolean[]) AS language (dictionary, mark, compounds)
    ) form
  ) forms
  CROSS JOIN LATERAL (
    SELECT EXISTS (SELECT FROM word WHERE word.word = ANY (forms.stems))
      OR EXISTS (SELECT FROM word WHERE word.word >= asked.word AND word.word < asked.word || U&'\\FFFF') AS found
  ) known
  ORDER BY asked.place`;
