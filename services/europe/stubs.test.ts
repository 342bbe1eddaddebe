import { countries } from '../../schema/values/countries.js';
import { InputError } from '../kit/graphql/errors.js';
import { catalogueStubs, stubForCode, stubForId } from './stubs.js';

/** The result of a call: its value, or the code of the error. */
function outcome<Value>(call: () => Value): Value | string {
  try {
    return call();
  } catch (error) {
    if (error instanceof InputError) return String(error.extensions['code']);
    throw error;
  }
}

describe('stubForId', () => {
  it.each([
    ['dk:administration:0820', 'DanishAdministration'],
    ['be:consortium:0841470248', 'BelgianConsortium'],
    ['it:consortium:sannio-it', 'ItalianConsortium'],
    [`it:administration:${'a'.repeat(64)}`, 'ItalianAdministration'],
  ])('returns for %s the stub of a %s', (id, __typename) => {
    expect(stubForId(id)).toEqual({ __typename, ref: id });
  });

  it.each(['xr:administration:1', 'eu:consortium:x', 'zz:administration:0820'])(
    'returns null for %s, whose country is not in the graph',
    (id) => {
      expect(stubForId(id)).toBeNull();
    },
  );

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
  ])('rejects %.60j', (id) => {
    expect(outcome(() => stubForId(id))).toBe('INVALID_ID');
  });

  it('shortens a long id in its error message', () => {
    expect(() => stubForId('x'.repeat(10_000))).toThrow(
      /^"x{80}" is not a valid id; ids have the form country:administration:code or /,
    );
  });
});

describe('stubForCode', () => {
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
    // Only the country knows whether the scheme exists, and what its codes look like.
    ['DK_', '', 'DanishAdministration'],
    ['IT_IPA', 'a:b:c', 'ItalianAdministration'],
    ['DK_toString', '__proto__', 'DanishAdministration'],
  ])('returns for %s %s the stub of a %s', (scheme, notation, __typename) => {
    expect(stubForCode({ scheme, notation })).toEqual({ __typename, ref: `${scheme}:${notation}` });
  });

  it.each([
    ['', ''],
    ['DK', '0820'],
    ['DK:KOMMUNE', '0820'],
    ['DKX_KOMMUNE', '0820'],
    ['XR_SIREN', '217500016'],
    ['EU_', 'DK1'],
    ['EU_nuts', 'DK1'],
    ['EUNUTS', 'DK1'],
    ['dk:administration', '0820'],
    ['__proto__', 'x'],
    ['ＤＫ_KOMMUNE', '0820'],
    [' DK_KOMMUNE', '0820'],
  ])('rejects %j as an unknown scheme', (scheme, notation) => {
    expect(outcome(() => stubForCode({ scheme, notation }))).toBe('UNKNOWN_SCHEME');
  });

  it.each([
    ['EU_NUTS', ''],
    ['EU_NUTS', 'XR1'],
    ['EU_LAU', '_820'],
    ['EU_LAU', '820'],
    ['EU_LAU', 'D K_820'],
    ['DK_KOMMUNE', '0'.repeat(101)],
    ['DK_KOMMUNE', '0'.repeat(10_000)],
    [`DK_${'A'.repeat(10_000)}`, '0820'],
  ])('rejects %.20s %.20s', (scheme, notation) => {
    expect(outcome(() => stubForCode({ scheme, notation }))).toBe('INVALID_IDENTIFIER');
  });

  it('never returns a ref that a country could mistake for an id', () => {
    const ref = /^[a-z]{2}:(?:administration|consortium):/;
    for (const scheme of ['dk', 'dk:administration', 'it:consortium'])
      for (const notation of ['0820', 'administration:0820', 'consortium:x'])
        expect(outcome(() => ref.test(stubForCode({ scheme, notation }).ref))).toBe('UNKNOWN_SCHEME');
  });
});

describe('catalogueStubs', () => {
  const ids = (countries?: readonly string[] | null) => outcome(() => catalogueStubs(countries).map(({ id }) => id));

  it('returns all catalogues by default', () => {
    const all = catalogueStubs(undefined);
    expect(all.slice(0, 3)).toEqual([
      { __typename: 'DanishCatalogue', id: 'dk:catalogue' },
      { __typename: 'BelgianCatalogue', id: 'be:catalogue' },
      { __typename: 'ItalianCatalogue', id: 'it:catalogue' },
    ]);
    expect(all).toHaveLength(countries.length);
    expect(ids(null)).toEqual(all.map(({ id }) => id));
  });

  it('returns each catalogue once, in the order requested', () => {
    expect(ids(['IT', 'DK', 'IT'])).toEqual(['it:catalogue', 'dk:catalogue']);
    expect(ids([])).toEqual([]);
  });

  it('rejects a country without a catalogue by its code', () => {
    expect(ids(['DK', 'XR'])).toBe('UNKNOWN_COUNTRY');
    expect(() => catalogueStubs(['XR'])).toThrow(
      `XR has no catalogue in this graph; these countries have one: ${countries.map(({ code }) => code).join(', ')}.`,
    );
  });
});
