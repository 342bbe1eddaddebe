import { buildSchema, parse, validate } from 'graphql';

import { removeAbsentFields } from './remove-absent-fields.js';

const schema = buildSchema(`
  interface Town { name: String needs(first: Int): Needs }
  type City implements Town { name: String needs(first: Int): Needs adopted: [Use] }
  type Needs { count: Int }
  type Use { id: ID codes: [String] }
  type Query { town(id: ID): Town city: City }`);
/** What the subgraph really has. */
const own = buildSchema(`
  interface Town { name: String }
  type City implements Town { name: String adopted: [Use] }
  type Use { id: ID }
  type Query { town(id: ID): Town city: City }`);
const absent = new Set(['Town.needs', 'City.needs', 'Use.codes']);

it.each([
  [
    'a field and its variable',
    'query ($id: ID, $first: Int) { town(id: $id) { name needs(first: $first) { count } } }',
    ['id'],
  ],
  [
    'all fields of a selection, which keeps its type name',
    'query ($first: Int) { city { needs(first: $first) { count } } }',
    [],
  ],
  ['a field in a list', '{ city { adopted { id codes } } }', []],
  ['a field on a type', 'query ($first: Int) { town { ... on City { needs(first: $first) { count } name } } }', []],
  [
    'a fragment that only it used',
    'query ($first: Int) { city { name ...Held } } fragment Held on City { needs(first: $first) { ...All } } fragment All on Needs { count }',
    [],
  ],
])('removes %s, so that the query is valid for the subgraph', (_what, operation, variables) => {
  expect(validate(schema, parse(operation))).toEqual([]);
  const removed = removeAbsentFields({ operation, variables: ['id', 'first'] }, schema, absent);
  expect(removed.operation).not.toMatch(/needs|codes|All/);
  expect(validate(own, parse(removed.operation))).toEqual([]);
  expect(removed.variables).toEqual(variables);
});

it('returns a query without such fields as it is', () => {
  const query = { operation: '{ city { name } }', variables: [] };
  expect(removeAbsentFields(query, schema, absent)).toBe(query);
});
