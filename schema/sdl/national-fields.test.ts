import type { Country } from '../values/countries.js';
import { nationalFields, nationalPath } from './national-fields.js';

const france: Country = { code: 'FR', name: 'France', folder: 'france', adjective: 'French', port: 1 };
const types = ['FrenchAdministration', 'FrenchConsortium'];
const read = (sdl: string) =>
  [...nationalFields(france, sdl, types)].map(([type, fields]) => [type, fields.map(({ name }) => name.value)]);

it('nationalPath returns a file in the folder of the country', () => {
  expect(nationalPath(france)).toBe('services/france/national.graphql');
});

it('nationalFields returns the fields of each type', () => {
  expect(
    read('type FrenchConsortium { siren: String } type FrenchAdministration { insee: String siren: String }'),
  ).toEqual([
    ['FrenchConsortium', ['siren']],
    ['FrenchAdministration', ['insee', 'siren']],
  ]);
});

it.each(['', '\n', '# Nothing national.\n'])('nationalFields returns no fields for %j', (sdl) => {
  expect(read(sdl)).toEqual([]);
});

it.each([
  ['a type with a typing error', 'type FrenchAdminstration { a: Int }', 'FrenchAdminstration'],
  ['a type of another country', 'type DanishAdministration { a: Int }', 'DanishAdministration'],
  ['anything but a type', 'enum FrenchAdministration { A }', 'FrenchAdministration'],
  ['an extension', 'extend type FrenchAdministration { a: Int }', 'ObjectTypeExtension'],
  ['an operation', '{ a }', 'OperationDefinition'],
])('nationalFields rejects %s', (_what, sdl, named) => {
  expect(() => read(sdl)).toThrow(
    `[services/france/national.graphql] ${named} is not allowed here; national fields belong in type FrenchAdministration, FrenchConsortium.`,
  );
});

it('nationalFields names file and line of invalid SDL', () => {
  expect(() => read('type FrenchAdministration {\n  a\n}')).toThrow(
    /\[services\/france\/national\.graphql\].*\(line 3\)/,
  );
});
