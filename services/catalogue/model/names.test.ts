import { InputError } from '../../kit/graphql/errors.js';
import { chooseName } from './names.js';

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
    ['in the requested language', antwerp, 'fr', 'Anvers'],
    ['else in the language of a region', antwerp, 'fr-BE', 'Anvers'],
    ['whatever the case of the tag', antwerp, 'FR-be', 'Anvers'],
    ['by default in the body’s own language', mons, null, 'Mons'],
    ['where the language has none in the body’s own', mons, 'it', 'Mons'],
    ['else in the first of the catalogue’s that has one', body([], { fr: 'Huy', nl: 'Hoei' }), null, 'Hoei'],
    ['else in any', body([], { sl: 'Repentabor' }), null, 'Repentabor'],
    ['else the id', body([], {}), null, 'be:administration:1'],
  ])('is %s', (_rule, of, language, expected) => {
    expect(chooseName(catalogue, of, language)).toBe(expected);
  });

  it('is rejected in an invalid language', () => {
    expect(() => chooseName(catalogue, mons, 'fr_BE')).toThrow(InputError);
  });
});
