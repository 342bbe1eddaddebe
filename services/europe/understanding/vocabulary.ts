import { parse } from 'csv-parse/sync';

import { readProjectFile } from '../../../schema/files.js';
import type { Query } from '../index-database.js';
import { stopWords } from '../search/stop-words.js';
import { type Term, termsByTopic, termsOfCells } from '../search/topics.js';
import { lexize, type Lexemes } from './lexize.js';

/** A term that points to a topic, in a language. */
export interface NeedTerm {
  readonly topic: string;
  readonly language: string;
  /** The stems of its words, without stop words. */
  readonly forms: readonly string[];
  /** Whether it is a name of the topic, and not a word that needs with this topic use. */
  readonly isName: boolean;
}

/** The terms by which a need in free text points to topics. */
export interface Vocabulary {
  /** By language and stem: the terms that contain the stem. */
  readonly byForm: ReadonlyMap<string, readonly NeedTerm[]>;
  /** How specific a stem of a language is, from 0 to 1: one that several topics share is less. */
  readonly specificity: ReadonlyMap<string, number>;
  /** By language the stems and words of which compounds and misspelt words are made, with their stem. */
  readonly parts: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** By language the words of all terms, as they are written. */
  readonly words: ReadonlyMap<string, ReadonlySet<string>>;
}

export const formKey = (language: string, form: string): string => `${language}.${form}`;

/** Words that point to a topic, without being its name: what people write who describe the need. */
const hints = parse<Readonly<Record<string, string>>>(
  readProjectFile('services/europe/understanding/topic-words.csv'),
  { columns: true, bom: true },
);

/** The same for every database, and for every function that sends statements to one. */
let loadedVocabulary: Promise<Vocabulary> | undefined;

/** Loads the vocabulary, whose stems PostgreSQL computes. Done once, at startup, so that no check waits for it. */
export function loadVocabulary(query: Query): Promise<Vocabulary> {
  if (loadedVocabulary) return loadedVocabulary;
  const loading = createVocabulary(query);
  loadedVocabulary = loading;
  // A database that was unavailable may be available for the next attempt.
  loading.catch(() => {
    loadedVocabulary = undefined;
  });
  return loading;
}

async function createVocabulary(query: Query): Promise<Vocabulary> {
  const terms = [
    ...[...termsByTopic].flatMap(([topic, list]) => list.map((term) => ({ ...term, topic, isName: true }))),
    ...hints.flatMap(({ topic = '', ...cells }) =>
      termsOfCells(cells)
        .filter(({ term }) => term !== '')
        .map((term) => ({ ...term, topic, isName: false })),
    ),
  ];
  const words = terms.flatMap(({ language, term }) => term.split(' ').map((word) => ({ language, word })));
  const lexemes = await lexize(query, words);
  const parts = new Map<string, Map<string, string>>();
  const needTerms = terms.map((term): NeedTerm => {
    const { topic, language, isName } = term;
    const forms = formsOf(term, lexemes);
    if (forms.length === 1) addPart(parts, term, forms[0] ?? '');
    return { topic, language, isName, forms };
  });
  const byForm = new Map<string, NeedTerm[]>();
  const topicsOf = new Map<string, Set<string>>();
  for (const term of needTerms) {
    for (const form of new Set(term.forms)) {
      const key = formKey(term.language, form);
      byForm.set(key, [...(byForm.get(key) ?? []), term]);
      topicsOf.set(key, (topicsOf.get(key) ?? new Set()).add(term.topic));
    }
  }
  const all = Math.log(1 + termsByTopic.size);
  return {
    byForm,
    specificity: new Map(
      [...topicsOf].map(([key, topics]) => [key, Math.log((1 + termsByTopic.size) / topics.size) / all]),
    ),
    parts,
    words: new Map(
      [...new Set(words.map(({ language }) => language))].map((language) => [
        language,
        new Set(words.flatMap((one) => (one.language === language ? [one.word] : []))),
      ]),
    ),
  };
}

/** The stems of a term without stop words, but never so that one of several words is left: `IT management` is not management. */
function formsOf({ language, term }: Term, lexemes: Lexemes): string[] {
  const words = term.split(' ').map((word) => ({ word, stem: lexemes.stem(language, word) }));
  const meaningful = words.filter(({ word, stem }) => stem !== null && !stopWords.has(word));
  return (meaningful.length >= Math.min(2, words.length) ? meaningful : words).map(({ word, stem }) => stem ?? word);
}

function addPart(parts: Map<string, Map<string, string>>, { language, term }: Term, form: string): void {
  const ofLanguage = parts.get(language) ?? new Map<string, string>();
  parts.set(language, ofLanguage);
  for (const part of [form, ...(term.includes(' ') ? [] : [term])]) ofLanguage.set(part, form);
}
