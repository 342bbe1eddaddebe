import { buildSchema, type FragmentDefinitionNode, Kind, parse } from 'graphql';

import { estimateCost, estimateWithVariables, setFieldCosts } from './query-cost.js';

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

  it('counts the most expensive of the fields of which an object has one, each under every alias', () => {
    setFieldCosts(schema, {
      'Town.size': { weight: 3, isAlternative: true },
      'Town.friends': { weight: 2, isAlternative: true },
    });
    const town = (fields: string): number => cost(`{ organisation { ... on Town { id ${fields} } } }`);
    const friends = 'friends(first: 10) { nodes { ... on Club { id } } }';
    expect(town('size')).toBe(1 + 1 + 3);
    expect(town(`size ${friends}`)).toBe(1 + 1 + (2 + 1 + 10));
    expect(town(`size a: size b: size c: size d: size ${friends}`)).toBe(1 + 1 + 5 * 3);
    setFieldCosts(schema, { 'Town.size': {}, 'Town.friends': {} });
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

describe('the cost of fields', () => {
  const weighted = buildSchema(`
    interface Body { report: String }
    type Town implements Body { id: ID report: String series(to: Int, unit: Unit): [Point] }
    type Point { day: String }
    type Page { nodes: [Town] facets: [Point] total: Int }
    enum Unit { DAY }
    input Order { by: Unit }
    type Query { town: Town all(first: Int): Page feed(first: Int): Page ordered(order: Order): Town }
  `);
  setFieldCosts(weighted, {
    'Body.report': { weight: 50 },
    'Town.series': { weight: 3, length: ({ to, unit }) => (typeof to === 'number' && unit === 'DAY' ? to : 400) },
    'Page.facets': { length: 7 },
    'Page.total': { weight: 20 },
    'Query.feed': { page: { defaultSize: 100, maxSize: 1_000 } },
    'Query.ordered': {
      weight: (argument) => ((argument('order') as { by?: string } | undefined)?.by === 'DAY' ? 70 : 5),
    },
    'Unknown.field': { weight: 9 },
  });
  const estimate = (query: string, variables: Record<string, unknown> = {}) => {
    const [operation] = parse(query).definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
    return estimateWithVariables({ schema: weighted, operation, fragments: new Map(), variables });
  };

  it.each([
    ['a weight, also that of an interface', '{ town { report } }', 1 + 50],
    ['a weight for each row', '{ all(first: 5) { nodes { report } total } }', 1 + 1 + 5 * 50 + 20],
    ['a weight for each alias', '{ town { a: report b: report } }', 1 + 100],
    ['a weight that an argument determines', '{ a: ordered(order: { by: DAY }) { id } b: ordered { id } }', 71 + 6],
    ['a length that arguments determine', '{ town { series(to: 30, unit: DAY) { day } } }', 1 + 3 + 30],
    ['a length without arguments', '{ town { series { day } } }', 1 + 3 + 400],
    ['a length of its own within a page', '{ all(first: 5) { facets { day } } }', 1 + 1 + 7],
    ['pages of other sizes', '{ feed { nodes { id } } }', 1 + 1 + 100],
    ['pages of another maximum size', '{ feed(first: 5000) { nodes { id } } }', 1 + 1 + 1_000],
  ])('counts %s', (_what, query, expected) => {
    expect(estimate(query).cost).toBe(expected);
  });

  it('names the variables on which the cost depends', () => {
    const query = `query ($first: Int, $to: Int, $unit: Unit, $other: Boolean!) {
      all(first: $first) { nodes { series(to: $to, unit: $unit) { day @skip(if: $other) } } } }`;
    const { cost, variables } = estimate(query, { first: 2, to: 10, unit: 'DAY', other: true });
    expect(cost).toBe(1 + 1 + 2 * (3 + 10));
    expect([...variables].sort()).toEqual(['first', 'to', 'unit']);
  });
});
