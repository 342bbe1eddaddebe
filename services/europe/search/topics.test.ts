import { parse } from 'csv-parse/sync';

import { readProjectFile } from '../../../schema/files.js';
import { normalise } from '../../shared/normalise.js';
import { stopWords } from './stop-words.js';
import { configurations } from './languages.js';
import { categoryTerms } from './topics.js';

const rows = parse<Record<string, string>>(readProjectFile('services/europe/search/topics.csv'), { columns: true });
const languages = [...configurations.keys()];

describe('the table of topics', () => {
  it('has a column for each of the six languages', () => {
    expect(Object.keys(rows[0] ?? {})).toEqual(['topic', ...languages]);
  });

  it('has each topic once', () => {
    const topics = rows.map(({ topic }) => topic);
    expect(topics.filter((topic, index) => topics.indexOf(topic) !== index)).toEqual([]);
  });

  it.each(rows.map((row) => [row['topic'] ?? '', row] as const))('has terms for %s in each language', (topic, row) => {
    expect(topic).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
    for (const language of languages) {
      const terms = (row[language] ?? '').split('|').map(normalise);
      expect(terms).not.toContain('');
      expect(terms.length).toBeLessThanOrEqual(8);
      expect(new Set(terms).size).toBe(terms.length);
    }
  });

  it('has no term that consists of stop words', () => {
    const terms = rows.flatMap(({ topic = '' }) => categoryTerms(topic).map(({ term }) => term));
    expect(terms.filter((term) => term.split(' ').every((word) => stopWords.has(word)))).toEqual([]);
  });
});

it('gives for a category the terms of its topic, or its own name', () => {
  expect(categoryTerms('fleet-management')).toContainEqual({ language: 'de', term: 'fuhrpark' });
  expect(categoryTerms('toString')).toEqual([{ language: 'en', term: 'tostring' }]);
  expect(categoryTerms('')).toEqual([{ language: 'en', term: '' }]);
});
