import { normaliseWithTwoLetters, spellings } from '../../shared/normalise.js';
import { parseSearchText } from '../../shared/search-text.js';
import type { Query } from '../index-database.js';
import { correctTopicWord } from './correct-topic-word.js';
import { languageStopWords, markStopWords } from './stop-words.js';
import {
  findTopics,
  type FoundTopic,
  type TopicTerm,
  loadTopics,
  type SearchedWord,
  type Topics,
} from './find-topics.js';
import { type WordForms, lookUpWords } from './lookup-words.js';

/** A search, in terms of the index. */
export interface ParsedSearch {
  /** All spellings of the words, normalised, with one space between. */
  readonly names: readonly string[];
  /** PostgreSQL's tsqueries, from the strictest to the broadest; the last one finds everything that the others find. */
  readonly queries: readonly string[];
  /** The one of them that ranks the rows it finds; other rows are ranked by the last one. */
  readonly broadQuery: string;
  /** Whether a needed word occurs neither in the index nor in a topic, so that similar words are searched for. */
  readonly isCorrected: boolean;
}

/**
 * Parses a search. Null when there is nothing to search for.
 *
 * @throws InputError INVALID_ARGUMENT when it is too long.
 */
export async function parseSearch(query: Query, search: string | null | undefined): Promise<ParsedSearch | null> {
  const text = parseSearchText(search);
  if (text === null || search == null) return null;
  const words = text.split(' ');
  const topics = await loadTopics(query);
  const withTwoLetters = normaliseWithTwoLetters(search).split(' ');
  const known = await lookUpWords(
    query,
    words.map((word, place) => [...new Set([word, withTwoLetters[place] ?? word])]),
  );
  const areStopWords = markStopWords(words);
  const searched = known.map((forms, place) => ({
    ...correctTopicWord(forms, topics),
    isStopWord: areStopWords[place] ?? false,
  }));
  return { names: spellings(search), ...toQueries(searched, topics) };
}

/**
 * Stop words are optional, but rank where they are found: `IO` is a name in Italy, and `I` a word. If a search consists of stop
 * words, they are what is searched for.
 */
function toQueries(searched: readonly SearchedWord[], topics: Topics): Omit<ParsedSearch, 'names'> {
  const meaningful = searched.filter(({ isStopWord: isStopWord }) => !isStopWord);
  const specific = meaningful.filter(isMeaningful);
  const needed = [specific, meaningful, searched].find((some) => some.length > 0) ?? [];
  const isNeeded = (word: SearchedWord): boolean => needed.includes(word);
  const found = findTopics(searched, topics).filter(({ words }) => words.some(isNeeded));
  const broadQuery = everyWord(needed, broadForm);
  // The terms of a topic are more precise than a stem, which another word may share: `réunies` are not meetings.
  const inTexts = found.length > 0 ? exactForm : (word: WordForms) => anyForm(word, '');
  const queries = [
    everyWord(searched, (word) => anyForm(word, ':A')),
    ...(needed.length > 1 ? [inSuccession(searched, needed)] : []),
    everyWord(searched, (word) => (isMeaningful(word) || isNeeded(word) ? inTexts(word) : anyForm(word, ':A'))),
    everyWord(needed, (word) => anyForm(word, ':A')),
    everyWord(needed, inTexts),
    ...(found.length > 0 ? [withTopics(needed, found, (word) => anyForm(word, ''))] : []),
    everyWord(needed, (word) => anyForm(word, '')),
    broadQuery,
    withTopics(needed, found, broadForm),
  ];
  const isCorrected = needed.some(
    ({ isKnown, words, stems }) => !isKnown && ![...words, ...stems].some((form) => topics.byForm.has(form)),
  );
  return { queries: [...new Set(queries)], broadQuery, isCorrected };
}

/** Every word in some form. */
const everyWord = <W extends WordForms>(words: readonly W[], form: (word: W) => string): string =>
  [...new Set(words.map(form))].join(' & ');

/** Every word in some form, or the other terms of the topic that some of them are. */
function withTopics(
  needed: readonly SearchedWord[],
  found: readonly FoundTopic[],
  form: (word: WordForms) => string,
): string {
  const others = needed.filter((word) => !found.some(({ words }) => words.includes(word)));
  const topics = found.map(({ words, terms }) => {
    const written = everyWord(
      needed.filter((word) => words.includes(word)),
      form,
    );
    return `(${[...new Set([`(${written})`, ...terms.map(termQuery)])].join(' | ')})`;
  });
  return [...new Set([...others.map(form), ...topics])].join(' & ');
}

const isMeaningful = ({ words, isLanguageStopWord: isEmpty }: WordForms): boolean =>
  !isEmpty && !words.some((word) => languageStopWords.has(word));

/** The needed words, at the same distance from one another as in the search. */
function inSuccession(searched: readonly SearchedWord[], needed: readonly SearchedWord[]): string {
  const placed = searched.map((word, place) => ({ word, place })).filter(({ word }) => needed.includes(word));
  return placed
    .map(({ word, place }, index) => {
      const before = placed[index - 1];
      return `${before ? `<${place - before.place}> ` : ''}${anyForm(word, '')}`;
    })
    .join(' ');
}

/** `form` finds formation; `for` would find half of all texts, but not so many names. */
const minPrefixLength = 4;
const minNamePrefixLength = 3;

function broadForm({ words, stems, compounds, corrections: alike }: WordForms): string {
  const forms = [...new Set([...stems, ...words, ...compounds, ...alike])].map(quoted);
  const beginnings = words
    .filter(({ length }) => length >= minNamePrefixLength)
    .map((word) => quoted(word) + (word.length < minPrefixLength ? ':*A' : ':*'));
  return `(${[...forms, ...beginnings].join(' | ')})`;
}

const termQuery = ({ needed, name }: TopicTerm): string =>
  `(${needed.map(quoted).join(' & ')}${name === undefined ? '' : ` | ${quoted(name)}:A`})`;

const exactForm = ({ words }: WordForms): string =>
  words.length === 1 ? quoted(words[0] ?? '') : `(${words.map(quoted).join(' | ')})`;

/** A word in any form; the label restricts the weight. */
const anyForm = ({ words, stems }: WordForms, label: '' | ':A'): string =>
  `(${[...new Set([...stems, ...words])].map((form) => quoted(form) + label).join(' | ')})`;

// Words are letters and digits of any script, so nothing needs escaping.
const quoted = (word: string): string => `'${word}'`;
