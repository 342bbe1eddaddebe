import type { Query } from '../index-database.js';
import { languageStopWords, markStopWords } from './stop-words.js';
import { configurations, stemPrefix } from './languages.js';
import { letterSet } from '../../shared/letter-set.js';
import type { WordForms } from './lookup-words.js';
import { type Term, termsByTopic, topics } from './topics.js';

/** A term of a topic, in words of the index. */
export interface TopicTerm {
  /** All words that a text must contain. */
  readonly needed: readonly string[];
  /** The term as written, if it is a single word: names are in no language and have no stems. */
  readonly name: string | undefined;
}

/** A term with what searches are compared with: its stems, in any order. */
interface IndexedTerm extends TopicTerm {
  readonly language: string;
  readonly forms: readonly string[];
  /** All terms of its topic, including this one. */
  readonly related: readonly TopicTerm[];
}

export interface Topics {
  /** The terms of each topic, by its id. */
  readonly byTopic: ReadonlyMap<string, readonly TopicTerm[]>;
  /** The terms of all topics, by their first form. */
  readonly byForm: ReadonlyMap<string, readonly IndexedTerm[]>;
  /** By language its stems in all terms, and under the empty language all words. */
  readonly vocabulary: ReadonlyMap<string, readonly TopicWord[]>;
}

/** A word or stem of the terms of topics. */
export interface TopicWord {
  readonly word: string;
  /** As in `Topics.byForm`: a word is one in several languages. */
  readonly forms: readonly string[];
  readonly letters: number;
}

export type SearchedWord = WordForms & { readonly isStopWord: boolean };

/** Words of a search that are a term of one or more topics, and all terms of these topics. */
export interface FoundTopic {
  readonly words: readonly SearchedWord[];
  readonly terms: readonly TopicTerm[];
}

/** The same for every database, and for every function that sends statements to one. */
let loadedTopics: Promise<Topics> | undefined;

/** Loads the stems of all topics, which PostgreSQL computes. Done once, at startup, so that no search waits for it. */
export function loadTopics(query: Query): Promise<Topics> {
  if (loadedTopics) return loadedTopics;
  const loading = stemTopics(query);
  loadedTopics = loading;
  // A database that was unavailable may be available for the next attempt.
  loading.catch(() => {
    loadedTopics = undefined;
  });
  return loading;
}

/** A word in a language: its stem with the language's prefix; or the word itself if it is a stop word of the language. */
interface TermForm {
  readonly form: string;
  readonly word: string;
  readonly isLanguageStopWord: boolean;
  readonly isStopWord: boolean;
}

async function stemTopics(query: Query): Promise<Topics> {
  const words = topics.flat().flatMap(({ language, term }) => term.split(' ').map((word) => ({ language, word })));
  const rows = await query<{ readonly stem: string | null }>(
    `SELECT (ts_lexize(dictionary::regdictionary, word))[1] AS stem
    FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS term (dictionary, word, place) ORDER BY place`,
    [words.map(({ language }) => `${configurations.get(language) ?? ''}_stem`), words.map(({ word }) => word)],
  );
  const stems = new Map(words.map(({ language, word }, place) => [`${language} ${word}`, rows[place]?.stem]));
  const byForm = new Map<string, IndexedTerm[]>();
  const byTopic = new Map<string, readonly TopicTerm[]>();
  for (const [topic, terms] of termsByTopic) {
    const known = terms.map((term) => toForms(term, stems)).map(toIndexedTerm);
    byTopic.set(topic, known);
    known.forEach((term, index) => {
      const first = term.forms[0] ?? '';
      byForm.set(first, [
        ...(byForm.get(first) ?? []),
        { ...term, language: terms[index]?.language ?? '', related: known },
      ]);
    });
  }
  return { byTopic, byForm, vocabulary: toVocabulary(topics.flat(), stems) };
}

function toVocabulary(
  terms: readonly Term[],
  stems: ReadonlyMap<string, string | null | undefined>,
): Topics['vocabulary'] {
  const vocabulary = new Map<string, Map<string, readonly string[]>>();
  const add = (language: string, word: string, form: string): void => {
    const words = vocabulary.get(language) ?? new Map<string, readonly string[]>();
    vocabulary.set(language, words.set(word, [...new Set([...(words.get(word) ?? []), form])]));
  };
  for (const term of terms) {
    for (const { word, form } of toForms(term, stems)) {
      add('', word, form);
      if (form !== word) add(term.language, form.slice(stemPrefix(term.language).length), form);
    }
  }
  return new Map(
    [...vocabulary].map(([language, words]) => [
      language,
      [...words].map(([word, forms]) => ({ word, forms, letters: letterSet(word) })),
    ]),
  );
}

function toForms({ language, term }: Term, stems: ReadonlyMap<string, string | null | undefined>): readonly TermForm[] {
  const words = term.split(' ');
  const areStopWords = markStopWords(words);
  return words.map((word, place) => {
    const stem = stems.get(`${language} ${word}`);
    return {
      word,
      form: stem == null ? word : stemPrefix(language) + stem,
      isLanguageStopWord: stem == null || languageStopWords.has(word),
      isStopWord: areStopWords[place] ?? false,
    };
  });
}

/** Without stop words of both kinds, without those of the language, and as written. */
const reductions = <F extends Omit<TermForm, 'form' | 'word'>>(forms: readonly F[]): readonly (readonly F[])[] => [
  forms.filter(
    ({ isLanguageStopWord: isLanguageStopWord, isStopWord: isStopWord }) => !isLanguageStopWord && !isStopWord,
  ),
  forms.filter(({ isLanguageStopWord: isLanguageStopWord }) => !isLanguageStopWord),
  forms,
];

/** Leaves out stop words, but never so that only one of several words is left: `IT management` is not management. */
function toIndexedTerm(forms: readonly TermForm[]): Pick<IndexedTerm, 'forms' | 'needed' | 'name'> {
  const fewest = Math.min(2, forms.length);
  const [meaningful = forms, needed = forms] = [reductions(forms), reductions(forms).slice(1)].map((some) =>
    some.find(({ length }) => length >= fewest),
  );
  const formsOf = (some: readonly TermForm[]): string[] => [...new Set(some.map(({ form }) => form))];
  return { forms: formsOf(meaningful), needed: formsOf(needed), name: forms.length === 1 ? forms[0]?.word : undefined };
}

/** Finds the topics of a search: the longest sequences of words that are a whole term, in any order and form. */
export function findTopics(searched: readonly SearchedWord[], known: Topics): readonly FoundTopic[] {
  const found: FoundTopic[] = [];
  const taken = new Set<SearchedWord>();
  for (let length = searched.length; length > 0; length -= 1) {
    for (let start = 0; start + length <= searched.length; start += 1) {
      const words = searched.slice(start, start + length);
      if (words.some((word) => taken.has(word))) continue;
      const terms = words
        .flatMap(({ words: spelled, stems, correctedStems }) => [...spelled, ...stems, ...correctedStems])
        .flatMap((form) => known.byForm.get(form) ?? [])
        .filter((term) => isTerm(words, term));
      if (terms.length === 0) continue;
      found.push({ words, terms: [...new Set(terms.flatMap(({ related }) => related))] });
      for (const word of words) taken.add(word);
    }
  }
  return found;
}

function isTerm(words: readonly SearchedWord[], { language, forms }: IndexedTerm): boolean {
  const prefix = stemPrefix(language);
  const searched = words.map(({ words: spelled, stems, correctedStems: alikeStems, isStopWord: isStopWord }) => {
    const own = stems.filter((stem) => stem.startsWith(prefix));
    const isLanguageStopWord = own.length === 0 || spelled.some((word) => languageStopWords.has(word));
    return { forms: [...(own.length === 0 ? spelled : own), ...alikeStems], isLanguageStopWord, isStopWord };
  });
  return reductions(searched).some(
    (way) =>
      way.length === forms.length &&
      way.every((word) => word.forms.some((form) => forms.includes(form))) &&
      forms.every((form) => way.some((word) => word.forms.includes(form))),
  );
}
