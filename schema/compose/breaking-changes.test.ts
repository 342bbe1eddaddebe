import { buildSchema } from 'graphql';

import { clientChanges } from './breaking-changes.js';

const before = `
  interface Body { id: ID! }
  enum Kind { A B }
  input Filter { kind: Kind }
  type Town implements Body { id: ID! name: String! area(unit: String): Float }
  type Query { town(filter: Filter, kind: Kind): Town body: Body }`;

const changes = (from: string, to: string): string[] =>
  clientChanges(buildSchema(before), buildSchema(before.replace(from, to))).map(
    ({ severity, sentence }) => `${severity}: ${sentence}`,
  );

it.each([
  ['nothing changes', 'A B', 'A B'],
  ['a field is added', 'name: String!', 'name: String! motto: String'],
  ['a type is added', 'input Filter', 'type County { id: ID } input Filter'],
  ['a field becomes deprecated', 'name: String!', 'name: String! @deprecated(reason: "Use `names`.")'],
  [
    'a nullable field becomes non-null',
    'town(filter: Filter, kind: Kind): Town',
    'town(filter: Filter, kind: Kind): Town!',
  ],
  ['a description changes', 'type Town', '"New." type Town'],
])('clientChanges is empty if %s', (_what, from, to) => {
  expect(changes(from, to)).toEqual([]);
});

it.each([
  ['a field is removed', 'name: String!', '', 'Town.name was removed'],
  ['a type of a field changes', 'name: String!', 'name: Int!', 'Town.name changed type from String! to Int!'],
  [
    'a non-null field becomes nullable',
    'name: String!',
    'name: String',
    'Town.name changed type from String! to String',
  ],
  ['an argument is removed', '(unit: String)', '', 'Town.area arg unit was removed'],
  ['an argument becomes required', '(unit: String)', '(unit: String!)', 'Town.area arg unit has changed type'],
  [
    'a required argument is added',
    '(unit: String)',
    '(unit: String, on: ID!)',
    'A required arg on on Town.area was added',
  ],
  ['an enum value is removed', 'A B', 'A', 'B was removed from enum type Kind'],
  [
    'a required input field is added',
    'kind: Kind }',
    'kind: Kind name: String! }',
    'A required field name on input type Filter was added',
  ],
  ['a type leaves its interface', ' implements Body', '', 'Town no longer implements interface Body'],
])('clientChanges reports a breaking change if %s', (_what, from, to, sentence) => {
  expect(changes(from, to)).toContainEqual(expect.stringContaining(`breaking: ${sentence}`));
});

it.each([
  ['an enum value is added', 'A B', 'A B C', 'C was added to enum type Kind'],
  [
    'an optional argument is added',
    '(unit: String)',
    '(unit: String, on: ID)',
    'An optional arg on on Town.area was added',
  ],
  [
    'an optional input field is added',
    'kind: Kind }',
    'kind: Kind name: String }',
    'An optional field name on input type Filter was added',
  ],
])('clientChanges reports a dangerous change if %s', (_what, from, to, sentence) => {
  expect(changes(from, to)).toEqual([expect.stringContaining(`dangerous: ${sentence}`)]);
});

it('clientChanges lists breaking changes first', () => {
  expect(changes('enum Kind { A B }', 'enum Kind { A C }').map((change) => change.split(':')[0])).toEqual([
    'breaking',
    'dangerous',
  ]);
});
