import { InputError } from '../kit/graphql/errors.js';
import { readLanguage, textIn } from './languages.js';

describe('a language tag', () => {
  it('falls back from the particular to the general', () => {
    expect(readLanguage('de-AT-1996')).toEqual(['de-AT-1996', 'de-AT', 'de']);
    expect(readLanguage('FR-be')).toEqual(['fr-BE', 'fr']);
    expect(readLanguage(null)).toEqual([]);
  });

  it.each(['', 'f', 'french language', 'fr_BE', '*', '12', 'x'.repeat(1000), "fr'--"])('%j is refused', (language) => {
    expect(() => readLanguage(language)).toThrow(InputError);
    expect(() => readLanguage(language)).toThrow(/is no language tag/);
  });
});

it('a text is in the first of the languages that has one', () => {
  const texts = [
    { language: 'nl', text: 'Bergen' },
    { language: 'fr', text: 'Mons' },
  ];
  expect(textIn(texts, ['de', 'fr', 'nl'])).toBe('Mons');
  expect(textIn(texts, ['de'])).toBeNull();
  expect(textIn([], ['fr'])).toBeNull();
});
