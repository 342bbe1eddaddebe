import { isInterfaceType, isObjectType, parse } from 'graphql';

import { apiSchema } from './api-schema.js';
import { cacheHints, getMaxAge } from './cache-hints.js';
import { readProjectFile } from '../files.js';

const schema = apiSchema('the supergraph', readProjectFile('schema/supergraph.graphql'));
const maxAge = (query: string, operationName: string | null = null): number =>
  getMaxAge(schema, parse(query), operationName);

it.each(Object.keys(cacheHints))('%s is a field that clients see', (coordinate) => {
  const [typeName = '', field = ''] = coordinate.split('.');
  const type = schema.getType(typeName);
  expect(isObjectType(type) || isInterfaceType(type) ? Object.keys(type.getFields()) : []).toContain(field);
});

it('an ordinary answer may be given again for a minute', () => {
  expect(maxAge('{ catalogues { id } solutions { nodes { name } } }')).toBe(60);
});

it.each([
  '{ catalogueStatus { country } }',
  '{ solutions { staleCatalogues } }',
  '{ catalogues { changes { feedId } } }',
  '{ denmark { title changes { feedId } } }',
  '{ italy { ...Feed } } fragment Feed on Catalogue { changes { feedId } }',
])('what tells of this moment is never given again: %s', (query) => {
  expect(maxAge(query)).toBe(0);
});

it('another operation of the same document does not count', () => {
  const both = 'query A { catalogueStatus { country } } query B { catalogues { id } }';
  expect([maxAge(both, 'A'), maxAge(both, 'B')]).toEqual([0, 60]);
});
