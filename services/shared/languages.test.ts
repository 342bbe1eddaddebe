import { InputError } from '../kit/graphql/errors.js';
import { parseLanguage, findText } from './languages.js';

describe('a language tag', () => {
  it('falls back from the particular to the general', () => {
    expect(parseLanguage('de-AT-1996')).toEqual(['de-AT-1996', 'de-AT', 'de']);
    expect(parseLanguage('FR-be')).toEqual(['fr-BE', 'fr']);
    expect(parseLanguage(null)).toEqual([]);
  });

  it.each(['', 'f', 'french language', 'fr_BE', '*', '12', 'x'.repeat(1000), "fr'--"])('%j is refused', (language) => {
    expect(() => parseLanguage(language)).toThrow(InputError);
    expect(() => parseLanguage(language)).toThrow(/is no language tag/);
  });
});

it('a text is in the first of the languages that has one', () => {
  const texts = [
    { language: 'nl', text: 'Bergen' },
    { language: 'fr', text: 'Mons' },
  ];
  expect(findText(texts, ['de', 'fr', 'nl'])).toBe('Mons');
  expect(findText(texts, ['de'])).toBeNull();
  expect(findText([], ['fr'])).toBeNull();
});
