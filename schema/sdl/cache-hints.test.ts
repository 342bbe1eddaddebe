import { isInterfaceType, isObjectType, parse } from 'graphql';

import { apiSchema } from './api-schema.js';
import { cacheHints, getMaxAge } from './cache-hints.js';
import { readProjectFile } from '../files.js';

const schema = apiSchema('the supergraph', readProjectFile('schema/supergraph.graphql'));
const maxAge = (query: string, operationName: string | null = null): number =>
  getMaxAge(schema, parse(query), operationName);

it.each(Object.keys(cacheHints))('the cache hint %s belongs to a field that clients see', (coordinate) => {
  const [typeName = '', field = ''] = coordinate.split('.');
  const type = schema.getType(typeName);
  expect(isObjectType(type) || isInterfaceType(type) ? Object.keys(type.getFields()) : []).toContain(field);
});

it('an ordinary response has a max age of a minute', () => {
  expect(maxAge('{ catalogues { id } solutions { nodes { name } } }')).toBe(60);
});

it.each([
  '{ catalogueStatus { country } }',
  '{ catalogues { changes { feedId } } }',
  '{ denmark { title changes { feedId } } }',
  '{ italy { ...Feed } } fragment Feed on Catalogue { changes { feedId } }',
])('a response about the present state has max age 0: %s', (query) => {
  expect(maxAge(query)).toBe(0);
});

it.each(['{ solutions { staleCatalogues } }', '{ needs { notConsidered { country } } }'])(
  'a response that states which catalogues it lacks has the max age of other caches: %s',
  (query) => {
    expect(maxAge(query)).toBe(5);
  },
);

it('another operation of the same document does not affect the max age', () => {
  const both = 'query A { catalogueStatus { country } } query B { catalogues { id } }';
  expect([maxAge(both, 'A'), maxAge(both, 'B')]).toEqual([0, 60]);
});
