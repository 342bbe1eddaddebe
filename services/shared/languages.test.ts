import { InputError } from '../kit/graphql/errors.js';
import { findDescription, findText, parseLanguage } from './languages.js';

describe('a language tag', () => {
  it('falls back from the particular to the general', () => {
    expect(parseLanguage('de-AT-1996')).toEqual(['de-AT-1996', 'de-AT', 'de']);
    expect(parseLanguage('FR-be')).toEqual(['fr-BE', 'fr']);
    expect(parseLanguage(null)).toEqual([]);
  });

  it.each(['', 'f', 'french language', 'fr_BE', '*', '12', 'x'.repeat(1000), "fr'--"])('%j is rejected', (language) => {
    expect(() => parseLanguage(language)).toThrow(InputError);
    expect(() => parseLanguage(language)).toThrow(/is not a valid language tag/);
  });
});

it('a text is in the first of the languages that has one', () => {
  const texts = [
    { language: 'nl', text: 'Bergen' },
    { language: 'fr', text: 'Mons' },
  ];
  expect(findText(texts, ['de', 'fr', 'nl'])).toEqual({ language: 'fr', text: 'Mons' });
  expect(findText(texts, ['de'])).toBeNull();
  expect(findText([], ['fr'])).toBeNull();
});

describe('findDescription', () => {
  const descriptions = [
    { language: 'nl', localisedName: 'Ding', shortDescription: null },
    { language: 'fr', localisedName: 'Chose', shortDescription: 'Court' },
  ];

  it('returns the text in the requested language, or in a more general one', () => {
    expect(findDescription(descriptions, 'localisedName', 'fr-BE', ['nl'])).toEqual({ language: 'fr', text: 'Chose' });
  });

  it('falls back to the first language of the catalogue that has the text', () => {
    expect(findDescription(descriptions, 'localisedName', 'de', ['en', 'nl', 'fr'])).toEqual({
      language: 'nl',
      text: 'Ding',
    });
    expect(findDescription(descriptions, 'shortDescription', null, ['nl', 'fr'])).toEqual({
      language: 'fr',
      text: 'Court',
    });
  });

  it('falls back to any language, and to null if no description has the text', () => {
    expect(findDescription(descriptions, 'localisedName', 'de', ['en'])).toEqual({ language: 'nl', text: 'Ding' });
    expect(findDescription([], 'localisedName', 'nl', [])).toBeNull();
  });
});
