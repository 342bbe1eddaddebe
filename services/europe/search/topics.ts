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

const termsByTopic: ReadonlyMap<string, readonly Term[]> = new Map(
  rows.map(({ topic = '', ...cells }) => [
    topic,
    Object.entries(cells).flatMap(([language, cell]) =>
      cell.split('|').flatMap((term) => inBothSpellings(term).map((spelling) => ({ language, term: spelling }))),
    ),
  ]),
);

/** The terms of a category in each language. An unknown category is its own term, in English as those of the standard are. */
export const categoryTerms = (category: string): readonly Term[] =>
  termsByTopic.get(category) ?? [{ language: 'en', term: normalise(category) }];

/** The terms of every topic. */
export const topics: readonly (readonly Term[])[] = [...termsByTopic.values()];
