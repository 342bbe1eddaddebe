import { buildSchema, type FragmentDefinitionNode, Kind, parse } from 'graphql';

import { estimateCost } from './query-cost.js';

const schema = buildSchema(`
  interface Organisation { id: ID! friends(first: Int, last: Int): Page }
  type Town implements Organisation { id: ID! friends(first: Int, last: Int): Page size: Int }
  type Club implements Organisation { id: ID! friends(first: Int, last: Int): Page purpose: String members: [Town] }
  type Edge { node: Organisation }
  type Page { nodes: [Organisation] edges: [Edge] total: Int }
  type Query { organisation: Organisation organisations(ids: [ID!]): [Organisation] all(first: Int, last: Int): Page }
`);

const types = Object.keys(schema.getTypeMap()).length;

function cost(query: string, variables: Record<string, unknown> = {}): number {
  const { definitions } = parse(query);
  const operation = definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const fragments = definitions.filter(
    (definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION,
  );
  if (!operation) throw new Error('no operation');
  return estimateCost({
    schema,
    operation,
    fragments: new Map(fragments.map((one) => [one.name.value, one])),
    variables,
  });
}

describe('estimateCost', () => {
  it.each([
    ['a field', '{ organisation { id } }', 2],
    ['a page of the default length', '{ all { nodes { id } } }', 1 + 1 + 20],
    ['a page of the requested length', '{ all(first: 50) { nodes { id } } }', 1 + 1 + 50],
    ['one from its end', '{ all(last: 3) { nodes { id } } }', 1 + 1 + 3],
    ['an empty page', '{ all(first: 0) { nodes { id } } }', 1 + 1],
    ['a page that is longer than allowed', '{ all(first: 1000000) { nodes { id } } }', 1 + 1 + 200],
    [
      'pages within pages',
      '{ all(first: 10) { nodes { friends(first: 10) { nodes { id } } } } }',
      1 + 1 + 10 * (1 + 1 + 10),
    ],
    ['edges', '{ all(first: 10) { edges { node { id } } total } }', 1 + 1 + 10 * 2 + 1],
    ['items that are requested by name', '{ organisations(ids: ["a", "b", "c"]) { id } }', 1 + 3],
    ['a list of unknown length as ten', '{ organisation { ... on Club { members { id } } } }', 1 + 1 + 10],
    ['introspection', '{ __schema { queryType { name } types { name } } }', 1 + 2 + 1 + types],
    ['introspection of one type', '{ __type(name: "Town") { name fields { name } } }', 1 + 1 + 1 + 4],
    [
      'the most expensive of several types',
      '{ organisation { ... on Town { id size } ... on Club { members { id } } } }',
      1 + 11,
    ],
    ['a fragment of all types', '{ organisation { ... on Organisation { id } id } }', 3],
    ['aliases, each by itself', '{ a: all { nodes { id } } b: all { nodes { id } } }', 44],
  ])('counts %s', (_what, query, expected) => {
    expect(cost(query)).toBe(expected);
  });

  it('takes lengths from variables', () => {
    const query = 'query ($n: Int, $ids: [ID!]) { all(first: $n) { nodes { id } } organisations(ids: $ids) { id } }';
    expect(cost(query, { n: 7, ids: ['a', 'b'] })).toBe(1 + 1 + 7 + 1 + 2);
    expect(cost(query)).toBe(1 + 1 + 20 + 1 + 10);
  });

  it('takes no longer if fragments double again and again', () => {
    const levels = Array.from(
      { length: 40 },
      (_, level) => `fragment F${level} on Town { ...F${level + 1} ...F${level + 1} }`,
    );
    expect(cost(`{ organisation { ...F0 } } ${levels.join(' ')} fragment F40 on Town { id }`)).toBe(1 + 2 ** 40);
  });

  it('ends at fragments within themselves', () => {
    expect(cost('{ organisation { ...A } } fragment A on Town { id ...B } fragment B on Town { ...A }')).toBe(2);
  });

  it('is a finite number for pages nested any number of times', () => {
    const deep = (level: number): string =>
      level === 0 ? 'id' : `friends(first: 200) { nodes { ${deep(level - 1)} } }`;
    expect(Number.isFinite(cost(`{ organisation { ${deep(300)} } }`))).toBe(true);
  });
});
