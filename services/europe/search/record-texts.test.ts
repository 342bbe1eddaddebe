import type { Content } from '../feed/entry-schemas.js';
import { createEntrySchemas } from '../feed/entry-schemas.js';
import { contents } from '../testing/feed-contents.js';
import { searchTexts } from './record-texts.js';

const description = {
  localisedName: null,
  shortDescription: null,
  longDescription: null,
  documentation: null,
  apiDocumentation: null,
  features: [],
  awards: [],
};

const recordOf = (more: object): Content<'RECORD'> =>
  createEntrySchemas('DK').RECORD.parse(contents.record('dk:record:x', 'github.com/x/x', more));

/** The texts of a record, as `prefix weight text`; the prefix is empty for words that are not stemmed. */
const textsOf = (more: object): string[] =>
  searchTexts(recordOf(more)).map(({ prefix: mark, weight, text }) => `${mark} ${weight} ${text}`);

/** The words of a name. */
const wordsOf = (name: string): string[] => (textsOf({ name })[0] ?? '').split(' ').slice(2);

describe('the texts of a name', () => {
  it.each([
    ['OS2dagsorden', ['os2dagsorden', 'os2', 'dagsorden']],
    ['PloneMeeting', ['plonemeeting', 'plone', 'meeting']],
    ['DAEResponder', ['daeresponder', 'dae', 'responder']],
    ['iA.Délib', ['ia', 'delib', 'i', 'a', 'delib', 'iadelib']],
    ['DB-All.e', ['db', 'all', 'e', 'dballe']],
    ['imio.smartweb.core', ['imio', 'smartweb', 'core', 'imiosmartwebcore']],
    ['3Di 2.0', ['3di', '2', '0', '3', 'di', '2', '0', '3di', '20']],
    ['Ελληνικά', ['ελληνικα']],
    ['🙂', []],
  ])('of %s are its words, its parts and all in one word', (name, words) => {
    expect(wordsOf(name)).toEqual(words);
  });

  it('have the stems of its language, and a higher weight than long descriptions', () => {
    expect(
      textsOf({
        name: 'x',
        applicationSuite: 'Suite',
        descriptions: [
          {
            ...description,
            language: 'da-DK',
            localisedName: 'Møder',
            shortDescription: 'Kort',
            features: ['Et', 'To'],
            longDescription: 'Langt',
          },
        ],
      }),
    ).toEqual([
      ' A x moder moeder',
      ...[' B suite', 'en. B suite'],
      ...[
        ' A moder moeder',
        'da. A moder moeder',
        ' B kort',
        'da. B kort',
        ' C et to',
        'da. C et to',
        ' D langt',
        'da. D langt',
      ],
    ]);
  });

  it('have no stems in a language that is not supported', () => {
    const polish = { ...description, language: 'pl', shortDescription: 'Posiedzenia' };
    expect(textsOf({ name: 'x', descriptions: [polish] })).toEqual([' A x', ' B posiedzenia']);
  });
});

describe('the texts of a category', () => {
  it('are its terms in each language', () => {
    const texts = textsOf({ name: 'x', categories: ['whistleblowing'] });
    expect(texts).toContain('nl. C klokkenluiders');
    expect(texts).toContain('de. C hinweisgebersystem');
    expect(texts).toContain('it. C segnalazione di illeciti');
  });

  it('are its own words in English if it is unknown', () => {
    expect(textsOf({ name: 'x', categories: ['rain-gauges'] })).toEqual([
      ' A x',
      ' C rain gauges',
      'en. C rain gauges',
    ]);
  });
});

describe('texts that are too long for an index', () => {
  it('have their long words cut between characters', () => {
    const words = [wordsOf('a'.repeat(101)), wordsOf('𐐷'.repeat(250)), wordsOf(`${'b'.repeat(100)} c`)];
    expect(words).toEqual([
      ['a'.repeat(100)],
      [Array.from('𐐷'.repeat(100)).join('').toLowerCase()],
      ['b'.repeat(100), 'c'],
    ]);
  });

  it('are left out from the least weight on', () => {
    const long = Array.from({ length: 50 }, (_, number) => ({
      ...description,
      language: 'da',
      shortDescription: `kort ${number}`,
      longDescription: `langt ${number} `.repeat(1_500),
    }));
    const texts = searchTexts(recordOf({ name: 'x', descriptions: long }));
    expect(texts.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(120_000);
    expect(texts.filter(({ weight }) => weight === 'B')).toHaveLength(100);
    expect(texts.filter(({ weight }) => weight === 'D').length).toBeGreaterThan(0);
  });
});
