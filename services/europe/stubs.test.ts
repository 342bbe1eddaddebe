import { InputError } from '../kit/graphql/errors.js';
import { catalogueStubs, stubForCode, stubForId } from './stubs.js';

/** What comes of a call: its value, or the code of the refusal. */
function outcome<Value>(call: () => Value): Value | string {
  try {
    return call();
  } catch (error) {
    if (error instanceof InputError) return String(error.extensions['code']);
    throw error;
  }
}

describe('an id', () => {
  it.each([
    ['dk:administration:0820', 'DanishAdministration'],
    ['be:consortium:0841470248', 'BelgianConsortium'],
    ['it:consortium:sannio-it', 'ItalianConsortium'],
    [`it:administration:${'a'.repeat(64)}`, 'ItalianAdministration'],
  ])('%s leads to a %s', (id, __typename) => {
    expect(stubForId(id)).toEqual({ __typename, ref: id });
  });

  it.each(['fr:administration:1', 'eu:consortium:x', 'zz:administration:0820'])('%s leads to nobody', (id) => {
    expect(stubForId(id)).toBeNull();
  });

  it.each([
    '',
    ':',
    'dk',
    'dk:administration',
    'dk:administration:',
    'DK:administration:0820',
    'dk:Administration:0820',
    'dk:catalogue',
    'dk:membership:1',
    'dk:administration:0820:1',
    'dk:administration:-0820',
    'dk:administration:08 20',
    ' dk:administration:0820',
    'dk:administration:0820\n',
    'dk:administration:0820\0',
    'dk:administration:٠٨٢٠',
    'ԁk:administration:0820',
    'DK_KOMMUNE:0820',
    '__proto__',
    'constructor:administration:1',
    `dk:administration:${'a'.repeat(65)}`,
    'dk:administration:'.repeat(1_000),
    'a'.repeat(1_000_000),
  ])('%.60j is refused', (id) => {
    expect(outcome(() => stubForId(id))).toBe('INVALID_ID');
  });

  it('is refused in a short message', () => {
    expect(() => stubForId('x'.repeat(10_000))).toThrow(/^"x{80}" is no id; ids are country:administration:code or /);
  });
});

describe('a code', () => {
  it.each([
    ['DK_KOMMUNE', '0820', 'DanishAdministration'],
    ['DK_CVR', '64942212', 'DanishAdministration'],
    ['BE_NIS', '25110', 'BelgianAdministration'],
    ['BE_KBO', '0201.105.843', 'BelgianAdministration'],
    ['IT_ISTAT', '062008', 'ItalianAdministration'],
    ['IT_CADASTRAL', 'A783', 'ItalianAdministration'],
    ['IT_IPA', 'c_a783', 'ItalianAdministration'],
    ['EU_NUTS', 'BE3', 'BelgianAdministration'],
    ['EU_LAU', 'IT_062008', 'ItalianAdministration'],
    ['EU_LAU', ' dk_820 ', 'DanishAdministration'],
    // Whether there is such a scheme, and what a code of it looks like, is for the country to say.
    ['DK_', '', 'DanishAdministration'],
    ['IT_IPA', 'a:b:c', 'ItalianAdministration'],
    ['DK_toString', '__proto__', 'DanishAdministration'],
  ])('%s %s is for a %s to answer', (scheme, notation, __typename) => {
    expect(stubForCode({ scheme, notation })).toEqual({ __typename, ref: `${scheme}:${notation}` });
  });

  it.each([
    ['', ''],
    ['DK', '0820'],
    ['DK:KOMMUNE', '0820'],
    ['DKX_KOMMUNE', '0820'],
    ['FR_SIREN', '217500016'],
    ['EU_', 'DK1'],
    ['EU_nuts', 'DK1'],
    ['EUNUTS', 'DK1'],
    ['dk:administration', '0820'],
    ['__proto__', 'x'],
    ['ＤＫ_KOMMUNE', '0820'],
    [' DK_KOMMUNE', '0820'],
  ])('of scheme %j is of none known', (scheme, notation) => {
    expect(outcome(() => stubForCode({ scheme, notation }))).toBe('UNKNOWN_SCHEME');
  });

  it.each([
    ['EU_NUTS', ''],
    ['EU_NUTS', 'FR1'],
    ['EU_LAU', '_820'],
    ['EU_LAU', '820'],
    ['EU_LAU', 'D K_820'],
    ['DK_KOMMUNE', '0'.repeat(101)],
    ['DK_KOMMUNE', '0'.repeat(10_000)],
    [`DK_${'A'.repeat(10_000)}`, '0820'],
  ])('%.20s %.20s is refused', (scheme, notation) => {
    expect(outcome(() => stubForCode({ scheme, notation }))).toBe('INVALID_IDENTIFIER');
  });

  it('is never taken for an id on its way to the country', () => {
    const ref = /^[a-z]{2}:(?:administration|consortium):/;
    for (const scheme of ['dk', 'dk:administration', 'it:consortium'])
      for (const notation of ['0820', 'administration:0820', 'consortium:x'])
        expect(outcome(() => ref.test(stubForCode({ scheme, notation }).ref))).toBe('UNKNOWN_SCHEME');
  });
});

describe('catalogues', () => {
  const ids = (countries?: readonly string[] | null) => outcome(() => catalogueStubs(countries).map(({ id }) => id));

  it('are all by default', () => {
    expect(catalogueStubs(undefined)).toEqual([
      { __typename: 'DanishCatalogue', id: 'dk:catalogue' },
      { __typename: 'BelgianCatalogue', id: 'be:catalogue' },
      { __typename: 'ItalianCatalogue', id: 'it:catalogue' },
    ]);
    expect(ids(null)).toEqual(['dk:catalogue', 'be:catalogue', 'it:catalogue']);
  });

  it('come in the order asked, each once', () => {
    expect(ids(['IT', 'DK', 'IT'])).toEqual(['it:catalogue', 'dk:catalogue']);
    expect(ids([])).toEqual([]);
  });

  it('of a country that has none are refused by its name', () => {
    expect(ids(['DK', 'FR'])).toBe('UNKNOWN_COUNTRY');
    expect(() => catalogueStubs(['FR'])).toThrow('FR has no catalogue here; there is DK, BE, IT.');
  });
});
