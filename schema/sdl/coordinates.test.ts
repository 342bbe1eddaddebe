import { buildSchema, parse } from 'graphql';

import { collectCoordinates } from './coordinates.js';

const schema = buildSchema(`
  type Query { catalogue: Catalogue danish: DanishCatalogue first: Int }
  interface Catalogue { id: ID changes: Int }
  type DanishCatalogue implements Catalogue { id: ID changes: Int region: String }
`);

const found = (query: string, operationName: string | null = null): string[] =>
  [...collectCoordinates(schema, parse(query), operationName)].sort();

it('collectCoordinates returns the selected fields, whatever their aliases', () => {
  expect(found('{ one: catalogue { other: id __typename } }')).toEqual([
    'Catalogue.__typename',
    'Catalogue.id',
    'Query.catalogue',
  ]);
});

it('collectCoordinates includes the fields of interfaces', () => {
  expect(found('{ danish { changes } }')).toEqual(['Catalogue.changes', 'DanishCatalogue.changes', 'Query.danish']);
});

it('collectCoordinates includes the fields of fragments', () => {
  expect(found('{ catalogue { ...A } } fragment A on Catalogue { ... on DanishCatalogue { id } }')).toEqual(
    expect.arrayContaining(['DanishCatalogue.id']),
  );
});

it('collectCoordinates ignores other operations of the document', () => {
  const both = 'query A { catalogue { id } } query B { first }';
  expect(found(both, 'B')).toEqual(['Query.first']);
});

it('collectCoordinates caches its result by document and operation', () => {
  const document = parse('query A { first } query B { catalogue { id } }');
  expect(collectCoordinates(schema, document, 'A')).toBe(collectCoordinates(schema, document, 'A'));
  expect(collectCoordinates(schema, document, 'A')).not.toEqual(collectCoordinates(schema, document, 'B'));
});
