import { countries, countryByCode, europe } from './countries.js';

it.each(countries)(
  ' has a code, a name, a folder and an adjective of the required form',
  ({ code, name, folder, adjective }) => {
    expect(code).toMatch(/^[A-Z]{2}$/);
    expect(name).not.toBe('');
    // A folder, a subgraph, a field and a part of a variable's name at once.
    expect(folder).toMatch(/^[a-z][a-z0-9]*$/);
    expect(adjective).toMatch(/^[A-Z][A-Za-z]*$/);
  },
);

it.each(['code', 'name', 'folder', 'adjective', 'port'] as const)('no two countries have the same %s', (key) => {
  const values: (string | number)[] = countries.map((country) => country[key]);
  if (key in europe) values.push(europe[key as keyof typeof europe]);
  expect(new Set(values).size).toBe(values.length);
});

it('no adjective begins with another, so that the name of a type identifies one country', () => {
  const adjectives = countries.map(({ adjective }) => adjective);
  for (const one of adjectives) expect(adjectives.filter((other) => other.startsWith(one))).toEqual([one]);
});

it('countryByCode finds a country by its code in any case', () => {
  expect(countryByCode('DK')?.name).toBe('Denmark');
  expect(countryByCode('dk')?.name).toBe('Denmark');
});

it.each(['', 'D', 'XX', 'DKK', 'toString'])('countryByCode finds no country for %j', (code) => {
  expect(countryByCode(code)).toBeUndefined();
});
