import { parse } from 'graphql';

import { apiSchema } from './api-schema.js';
import { countries } from '../values/countries.js';
import { readProjectFile } from '../files.js';
import { readsIndex } from './index-fields.js';

const schema = apiSchema('the supergraph', readProjectFile('schema/supergraph.graphql'));
const asks = (query: string): boolean => readsIndex(schema, parse(query), null);

const roots = Object.keys(schema.getQueryType()?.getFields() ?? {});
const routes = ['administration', 'catalogues', 'organisation', 'organisations'];

it('every field of Query is a country, says which country to ask, or is from the index', () => {
  const fromIndex = roots.filter((field) => asks(`{ ${field} { __typename } }`));
  const others = [...routes, ...countries.map(({ folder }) => folder)];
  expect(fromIndex).toEqual(expect.arrayContaining(['administrations', 'solution', 'solutions', 'reuseMatrix']));
  expect([...fromIndex, ...others].sort()).toEqual(roots.sort());
});

it('what is said of a solution is from the index, whoever named the solution', () => {
  const record = (fields: string): string => `{ denmark { record(id: "dk:record:os2mo") { solution { ${fields} } } } }`;
  expect(asks(record('__typename address'))).toBe(false);
  expect(asks(record('address name'))).toBe(true);
});
