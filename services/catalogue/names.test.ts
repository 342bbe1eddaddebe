import { InputError } from '../kit/errors.js';
import { nameOf, readLanguage } from './names.js';
import { normalise } from './normalise.js';

const catalogue = { languages: ['nl', 'fr', 'de', 'en'] };
const body = (officialLanguages: string[], names: Record<string, string>) => ({
  id: 'be:administration:1',
  officialLanguages,
  names: Object.entries(names).map(([language, text]) => ({ language, text })),
});
const mons = body(['fr'], { nl: 'Bergen', fr: 'Mons' });
const antwerp = body(['nl'], { fr: 'Anvers', nl: 'Antwerpen' });

describe('a name', () => {
  it.each([
    ['in the language asked for', antwerp, 'fr', 'Anvers'],
    ['else in the language of a region', antwerp, 'fr-BE', 'Anvers'],
    ['whatever the case of the tag', antwerp, 'FR-be', 'Anvers'],
    ['by default in the body’s own language', mons, null, 'Mons'],
    ['where the language has none in the body’s own', mons, 'it', 'Mons'],
    ['else in the first of the catalogue’s that has one', body([], { fr: 'Huy', nl: 'Hoei' }), null, 'Hoei'],
    ['else in any', body([], { sl: 'Repentabor' }), null, 'Repentabor'],
    ['else the id', body([], {}), null, 'be:administration:1'],
  ])('is %s', (_rule, of, language, expected) => {
    expect(nameOf(catalogue, of, language)).toBe(expected);
  });

  it.each(['', 'f', 'french language', 'fr_BE', '*', '12', 'x'.repeat(1000), "fr'--"])(
    'in %j is refused',
    (language) => {
      expect(() => nameOf(catalogue, mons, language)).toThrow(InputError);
      expect(() => nameOf(catalogue, mons, language)).toThrow(/is no language tag/);
    },
  );

  it('falls back from the particular to the general', () => {
    expect(readLanguage('de-AT-1996')).toEqual(['de-AT-1996', 'de-AT', 'de']);
  });
});

describe('normalise', () => {
  it.each([
    ['Høje-Taastrup', 'hoje taastrup'],
    ['Ærø', 'aero'],
    ['  Aglié’ ', 'aglie'],
    ['Sant’Ilario d’Enza', 'sant ilario d enza'],
    ['Straße', 'strasse'],
    ['Duino Aurisina-Devin Nabrežina', 'duino aurisina devin nabrezina'],
    ['--', ''],
  ])('%s becomes %s', (text, expected) => {
    expect(normalise(text)).toBe(expected);
  });
});
