import { InputError } from '../../kit/graphql/errors.js';
import { chooseName } from './names.js';

const catalogue = { languages: ['nl', 'fr', 'de', 'en'] };
const organisation = (officialLanguages: string[], names: Record<string, string>) => ({
  id: 'be:administration:1',
  officialLanguages,
  names: Object.entries(names).map(([language, text]) => ({ language, text })),
});
const mons = organisation(['fr'], { nl: 'Bergen', fr: 'Mons' });
const antwerp = organisation(['nl'], { fr: 'Anvers', nl: 'Antwerpen' });

describe('a name', () => {
  it.each([
    ['in the requested language', antwerp, 'fr', 'Anvers'],
    ['else in the language of a region', antwerp, 'fr-BE', 'Anvers'],
    ['whatever the case of the tag', antwerp, 'FR-be', 'Anvers'],
    ['by default in the organisation’s own language', mons, null, 'Mons'],
    ['where the language has none in the organisation’s own', mons, 'it', 'Mons'],
    ['else in the first of the catalogue’s that has one', organisation([], { fr: 'Huy', nl: 'Hoei' }), null, 'Hoei'],
    ['else in any', organisation([], { sl: 'Repentabor' }), null, 'Repentabor'],
    ['else the id', organisation([], {}), null, 'be:administration:1'],
  ])('is %s', (_rule, of, language, expected) => {
    expect(chooseName(catalogue, of, language)).toBe(expected);
  });

  it('is rejected in an invalid language', () => {
    expect(() => chooseName(catalogue, mons, 'fr_BE')).toThrow(InputError);
  });
});
