import { parse } from 'graphql';

import { apiSchema } from './api-schema.js';
import { countries } from '../values/countries.js';
import { readProjectFile } from '../files.js';
import { readsIndex } from './index-fields.js';

const schema = apiSchema('the supergraph', readProjectFile('schema/supergraph.graphql'));
const usesIndex = (query: string): boolean => readsIndex(schema, parse(query), null);

const roots = Object.keys(schema.getQueryType()?.getFields() ?? {});
const selectsCountry = ['administration', 'catalogues', 'node', 'nodes', 'organisation', 'organisations'];

it('every field of Query is a country, selects a country, or reads the index', () => {
  const fromIndex = roots.filter((field) => usesIndex(`{ ${field} { __typename } }`));
  const others = [...selectsCountry, ...countries.map(({ folder }) => folder)];
  expect(fromIndex).toEqual(expect.arrayContaining(['administrations', 'solution', 'solutions', 'reuseMatrix']));
  expect([...fromIndex, ...others].sort()).toEqual(roots.sort());
});

it('readsIndex is true for the fields of a solution, whichever record names it', () => {
  const record = (fields: string): string => `{ denmark { record(id: "dk:record:os2mo") { solution { ${fields} } } } }`;
  expect(usesIndex(record('__typename address'))).toBe(false);
  expect(usesIndex(record('address name'))).toBe(true);
});
