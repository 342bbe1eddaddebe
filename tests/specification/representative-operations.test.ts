import { buildSchema } from 'graphql';

import { representativeOperations } from './representative-operations.js';

const schema = buildSchema(`
  type Query { node: Node, thing: Thing }
  interface Node { id: ID }
  type Thing implements Node { id: ID, name: String }
`);

const select = (...queries: string[]): string[] =>
  representativeOperations(
    schema,
    queries.map((query) => ({ query })),
  ).map(({ query }) => query);

it('operations that select nothing new are left out', () => {
  expect(select('{ thing { id } }', '{ thing { id name } }', '{ thing { name } }')).toEqual(['{ thing { id name } }']);
});

it.each([
  ['a field of another type', '{ node { id } }'],
  ['a field with an alias', '{ thing { other: id } }'],
  ['a field with a directive', '{ thing { id @skip(if: false) } }'],
  ['a type condition', '{ thing { ... on Thing { id } } }'],
  ['a fragment', '{ thing { ...F } } fragment F on Thing { id }'],
])('%s is something new', (_name, query) => {
  expect(select('{ thing { id name } }', query).sort()).toEqual(['{ thing { id name } }', query].sort());
});
