import { parse } from 'csv-parse/sync';

import { readProjectFile } from '../../../schema/files.js';
import { normalise, normaliseWithTwoLetters } from '../../shared/normalise.js';

/** A term for a topic in a language. */
export interface Term {
  readonly language: string;
  /** Normalised. */
  readonly term: string;
}

const inBothSpellings = (term: string): readonly string[] => [
  ...new Set([normalise(term), normaliseWithTwoLetters(term)]),
];

/** The terms of topics: the categories of publiccode.yml, and topics of public organisations for which the standard has none. */
const rows = parse<Readonly<Record<string, string>>>(readProjectFile('services/europe/search/topics.csv'), {
  columns: true,
  bom: true,
});

/** The terms of a row of a table with a column for each language, in both spellings. */
export const termsOfCells = (cells: Readonly<Record<string, string>>): readonly Term[] =>
  Object.entries(cells).flatMap(([language, cell]) =>
    cell.split('|').flatMap((term) => inBothSpellings(term).map((spelling) => ({ language, term: spelling }))),
  );

/** The terms of each topic, by its id. */
export const termsByTopic: ReadonlyMap<string, readonly Term[]> = new Map(
  rows.map(({ topic = '', ...cells }) => [topic, termsOfCells(cells)]),
);

/** The terms of a category in each language. An unknown category is its own term, in English as those of the standard are. */
export const categoryTerms = (category: string): readonly Term[] =>
  termsByTopic.get(category) ?? [{ language: 'en', term: normalise(category) }];

/** The terms of every topic. */
export const topics: readonly (readonly Term[])[] = [...termsByTopic.values()];

/** In so many languages two topics have a name in common before they are close: in one, a word may mean two things. */
const minSharedLanguages = 2;

/** The topics with each name, by its language and text. */
const topicsByName = new Map<string, Set<string>>();
for (const [topic, terms] of termsByTopic) {
  for (const { language, term } of terms) {
    const name = `${language} ${term}`;
    topicsByName.set(name, (topicsByName.get(name) ?? new Set()).add(topic));
  }
}

/** The topics that have names in common with a topic, such as the meetings of a council with meetings. */
export function findCloseTopics(topic: string): readonly string[] {
  const languagesByTopic = new Map<string, Set<string>>();
  for (const { language, term } of termsByTopic.get(topic) ?? []) {
    for (const other of topicsByName.get(`${language} ${term}`) ?? [])
      languagesByTopic.set(other, (languagesByTopic.get(other) ?? new Set()).add(language));
  }
  languagesByTopic.delete(topic);
  // In the order of the table.
  return [...termsByTopic.keys()].filter((other) => (languagesByTopic.get(other)?.size ?? 0) >= minSharedLanguages);
}

/** Each term of a topic with the topic's name. */
export const topicTerms: readonly (Term & { readonly topic: string })[] = [...termsByTopic].flatMap(([topic, terms]) =>
  terms.map((term) => ({ ...term, topic })),
);

/** Whether there is a topic of this name. */
export const isTopic = (name: string): boolean => termsByTopic.has(name);
