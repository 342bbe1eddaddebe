import { buildSchema, getOperationAST, Kind, parse } from 'graphql';

import { countExpandedSelections } from './expanded-selections.js';

// Europe has stubs of all organisations; a country has its own.
const schema = buildSchema(`
  interface Body { name: String peers: [Body] solution: Solution }
  type DanishBody implements Body { name: String peers: [Body] solution: Solution }
  type ItalianBody implements Body { name: String peers: [Body] solution: Solution }
  type Solution { title: String users: [Body] }
  type Query { bodies: [Body] danish: DanishBody }
`);
const ofBody = (type: string, subgraph: string) =>
  Object.fromEntries(['name', 'peers', 'solution'].map((field) => [`${type}.${field}`, [subgraph]]));
const facts = {
  schema,
  resolvers: {
    'Query.bodies': ['europe'],
    'Query.danish': ['denmark'],
    ...ofBody('DanishBody', 'denmark'),
    ...ofBody('ItalianBody', 'italy'),
    'Solution.title': ['europe'],
    'Solution.users': ['europe'],
  },
  possibleTypesIn: {
    europe: { Body: ['DanishBody', 'ItalianBody'] },
    denmark: { Body: ['DanishBody'] },
    italy: { Body: ['ItalianBody'] },
  },
};

function count(text: string, max = 1_000): number {
  const document = parse(text);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('There is no operation.');
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return countExpandedSelections(facts, { operation, fragments }, max);
}

it.each([
  ['a field', '{ danish { name } }', 2],
  ['a field of each type of body in the index', '{ bodies { name } }', 1 + 2],
  ['a field of the one type of body in a country', '{ danish { peers { name } } }', 3],
  ['bodies within bodies, which are in one country', '{ bodies { peers { peers { name } } } }', 1 + 2 * 3],
  ['bodies of solutions, which are in the index', '{ danish { solution { users { name } } } }', 3 + 2],
  ['what applies to one type only', '{ bodies { ... on DanishBody { name } } }', 2],
  ['a fragment as often as it is spread', '{ a: danish { ...F } b: danish { ...F } } fragment F on Body { name }', 4],
  ['introspection', '{ __typename __schema { types { name } } }', 2],
])('countExpandedSelections counts %s', (_what, text, expected) => {
  expect(count(text)).toBe(expected);
});

it('countExpandedSelections counts what is exponential in the text, without taking as many steps', () => {
  const levels = Array.from({ length: 12 }, (_, level) => {
    const inner = level === 11 ? 'name' : `...F${level + 1}`;
    return `fragment F${level} on Body { a: solution { users { ${inner} } } b: solution { users { ${inner} } } }`;
  });
  expect(count(`{ danish { ...F0 } } ${levels.join(' ')}`)).toBeGreaterThan(4 ** 11);
});

it('countExpandedSelections stops when it takes many more steps than the maximum', () => {
  const text = `{ danish { ${Array.from({ length: 50 }, (_, index) => `a${index}: name`).join(' ')} } }`;
  expect([count(text, 50), count(text, 12)]).toEqual([51, Infinity]);
});

it('countExpandedSelections counts four levels of lists of bodies under aliases for each of 22 countries', () => {
  const types = Array.from({ length: 22 }, (_, index) => `Body${index}`);
  const fields = 'name: String solution: Solution';
  const larger = {
    schema: buildSchema(`
      interface Body { ${fields} }
      ${types.map((type) => `type ${type} implements Body { ${fields} }`).join('\n')}
      type Solution { users: [Body] }
      type Query { bodies: [Body] }
    `),
    resolvers: {
      'Query.bodies': ['europe'],
      'Solution.users': ['europe'],
      ...Object.fromEntries(
        types.flatMap((type, index) => [
          [`${type}.name`, [`country${index}`]],
          [`${type}.solution`, [`country${index}`]],
        ]),
      ),
    },
    possibleTypesIn: {
      europe: { Body: types },
      ...Object.fromEntries(types.map((type, index) => [`country${index}`, { Body: [type] }])),
    },
  };
  const level = (number: number, inner: string): string =>
    `fragment F${number} on Body { a: solution { users { ${inner} } } b: solution { users { ${inner} } } }`;
  const text = `{ bodies { ...F1 } } ${level(1, '...F2')} ${level(2, '...F3')} ${level(3, '...F4')} ${level(4, 'name')}`;
  const document = parse(text);
  const operation = getOperationAST(document);
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  if (!operation) throw new Error('There is no operation.');
  expect(countExpandedSelections(larger, { operation, fragments }, 2_000)).toBeGreaterThan(2_000);
});
