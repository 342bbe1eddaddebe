import { buildSchema, parse } from 'graphql';

import { byCoordinates, collectCoordinates } from './coordinates.js';

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

it('byCoordinates decides once per document and operation', () => {
  const document = parse('query A { first } query B { catalogue { id } }');
  const decide = jest.fn((coordinates: ReadonlySet<string>) => coordinates.size);
  const countFields = byCoordinates(decide);
  for (let time = 0; time < 2; time += 1)
    expect(['A', 'B'].map((name) => countFields(schema, document, name))).toEqual([1, 2]);
  expect(decide).toHaveBeenCalledTimes(2);
});
