import { parseSearchText } from '../../shared/search-text.js';
import type { Query } from '../index-database.js';
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

/** What is searched for, as the index knows it. */
export interface ParsedSearch {
  /** Normalised, with one space between. */
  readonly text: string;
  /** PostgreSQL's tsqueries, from what fits best to what fits at all; what a closer one finds, the last finds too. */
  readonly queries: readonly string[];
  /** The one of them by which rows are weighed that it finds; the others are weighed by the last. */
  readonly broadQuery: string;
}

/**
 * Reads a search. Null when there is nothing to search for.
 *
 * @throws InputError INVALID_ARGUMENT when it is too long.
 */
export async function parseSearch(query: Query, search: string | null | undefined): Promise<ParsedSearch | null> {
  const text = parseSearchText(search);
  if (text === null) return null;
  const words = text.split(' ');
  const topics = await loadTopics(query);
  const known = await lookUpWords(query, words);
  const areStopWords = markStopWords(words);
  const searched = words.flatMap((word, place) => {
    const found = known.get(word);
    return found ? [{ ...found, isStopWord: areStopWords[place] ?? false }] : [];
  });
  return { text, ...toQueries(searched, topics) };
}

/**
 * Words that say nothing need not be there, but count where they are: `IO` is a name in Italy, and `I` a word. Where there are
 * none but those, they are what is searched for.
 */
function toQueries(searched: readonly SearchedWord[], topics: Topics): Pick<ParsedSearch, 'queries' | 'broadQuery'> {
  const telling = searched.filter(({ isStopWord: isStopWord }) => !isStopWord);
  const meant = telling.filter(isMeaningful);
  const needed = [meant, telling, searched].find((some) => some.length > 0) ?? [];
  const isNeeded = (word: SearchedWord): boolean => needed.includes(word);
  const found = findTopics(searched, topics).filter(({ words }) => words.some(isNeeded));
  const near = everyWord(needed, broadForm);
  // A topic's own terms tell more than a stem, which may be another word's: `réunies` are no meetings.
  const inTexts = found.length > 0 ? asWritten : (word: WordForms) => anyForm(word, '');
  const fits = [
    everyWord(searched, (word) => anyForm(word, ':A')),
    ...(needed.length > 1 ? [inSuccession(searched, needed)] : []),
    everyWord(searched, (word) => (isMeaningful(word) || isNeeded(word) ? inTexts(word) : anyForm(word, ':A'))),
    everyWord(needed, (word) => anyForm(word, ':A')),
    everyWord(needed, inTexts),
    ...(found.length > 0 ? [withTopics(needed, found, (word) => anyForm(word, ''))] : []),
    everyWord(needed, (word) => anyForm(word, '')),
    near,
    withTopics(needed, found, broadForm),
  ];
  return { queries: [...new Set(fits)], broadQuery: near };
}

/** Every word in some form. */
const everyWord = <W extends WordForms>(words: readonly W[], form: (word: W) => string): string =>
  [...new Set(words.map(form))].join(' & ');

/** Every word in some form, or what others call the topic that some of them are. */
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

const isMeaningful = ({ word, isLanguageStopWord: isEmpty }: WordForms): boolean =>
  !isEmpty && !languageStopWords.has(word);

/** The words that are needed, as far from one another as they were written. */
function inSuccession(searched: readonly SearchedWord[], needed: readonly SearchedWord[]): string {
  const placed = searched.map((word, place) => ({ word, place })).filter(({ word }) => needed.includes(word));
  return placed
    .map(({ word, place }, index) => {
      const before = placed[index - 1];
      return `${before ? `<${place - before.place}> ` : ''}${anyForm(word, '')}`;
    })
    .join(' ');
}

/** `form` would find formation; `for` would find half of everything, but not so many names. */
const minPrefixLength = 4;
const minNamePrefixLength = 3;

function broadForm({ word, stems, compounds, corrections: alike }: WordForms): string {
  const forms = [...new Set([...stems, word, ...compounds, ...alike])].map(quoted);
  const beginning = word.length < minPrefixLength ? ':*A' : ':*';
  return `(${[...forms, ...(word.length < minNamePrefixLength ? [] : [quoted(word) + beginning])].join(' | ')})`;
}

const termQuery = ({ needed, name }: TopicTerm): string =>
  `(${needed.map(quoted).join(' & ')}${name === undefined ? '' : ` | ${quoted(name)}:A`})`;

const asWritten = ({ word }: WordForms): string => quoted(word);

/** A word in any form; the label says how much it must weigh. */
const anyForm = ({ word, stems }: WordForms, label: '' | ':A'): string =>
  `(${[...new Set([...stems, word])].map((form) => quoted(form) + label).join(' | ')})`;

// Words are letters and digits of any script, so that a quote is all that is needed.
const quoted = (word: string): string => `'${word}'`;
