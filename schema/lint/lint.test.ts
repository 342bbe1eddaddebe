import { buildSchema, isInterfaceType, isNonNullType, isObjectType } from 'graphql';

import { countries } from '../values/countries.js';
import { readProjectFile } from '../files.js';
import { lintContract, printViolations } from './lint.js';
import { subgraphSources } from '../compose/subgraph-sources.js';

const [denmark, europe] = ['denmark', 'europe'];

/** Rule and coordinate of what is wrong with the SDL of one subgraph, or of several by name. */
const wrongIn = (sdl: string | Readonly<Record<string, string>>): string[] => {
  const subgraphs = typeof sdl === 'string' ? { [denmark]: sdl } : sdl;
  return lintContract(Object.entries(subgraphs).map(([name, text]) => ({ name, sdl: text })))
    .map(({ rule, coordinate }) => `${rule} ${coordinate}`)
    .filter((found) => !found.startsWith('described '));
};

it('finds nothing wrong with the contract', () => {
  expect(printViolations(lintContract(subgraphSources()))).toBe('');
});

it('every field that can be null says what that means', () => {
  const schema = buildSchema(readProjectFile('schema/supergraph.graphql'));
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) || isInterfaceType(type));
  const fields = types
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) =>
      Object.values(type.getFields()).map((field) => ({ ...field, coordinate: `${type.name}.${field.name}` })),
    );
  expect(fields.length).toBeGreaterThan(300);
  const isSilent = ({ type, description }: (typeof fields)[number]): boolean =>
    !isNonNullType(type) && !/\bnull\b/i.test(description ?? '');
  expect(fields.filter(isSilent).map(({ coordinate }) => coordinate)).toEqual([]);
});

describe('nullable-reference', () => {
  const types = `interface Organisation { id: ID! }
    type DanishAdministration implements Organisation { id: ID! }
    type OrganisationConnection { nodes: [Organisation]! }`;

  it.each([
    ['a reference to an interface', 'parent(id: ID): Organisation!'],
    ['a reference to a type behind an interface', 'parent(id: ID): DanishAdministration!'],
    ['a list', 'parents: [Organisation]!'],
    ['the items of a list', 'parents: [Organisation!]'],
    ['a page', 'parents: OrganisationConnection!'],
  ])('catches %s that is non-null', (_what, field) => {
    expect(wrongIn(`${types} type Seat { ${field} }`)).toEqual([
      expect.stringMatching(/^nullable-reference Seat\.parents?$/),
    ]);
  });

  it('knows interfaces of other subgraphs', () => {
    expect(wrongIn({ denmark: types, europe: 'type Seat { parents: [Organisation!] }' })).toEqual([
      'nullable-reference Seat.parents',
    ]);
  });

  it('says of an interface what all its types take over', () => {
    expect(
      wrongIn(
        `interface Body { heads: [Body!] } type A implements Body { heads: [Body!] } type B implements Body { heads: [Body]! }`,
      ),
    ).toEqual(['nullable-reference Body.heads', 'nullable-reference B.heads']);
  });

  it('leaves the rows of a page, and values of the own row, alone', () => {
    expect(wrongIn(`${types} type Name { text: String! } type Seat { names: [Name!]! }`)).toEqual([]);
  });
});

describe('nullable-root', () => {
  it('catches a question that is non-null', () => {
    expect(wrongIn('type Query { count: Int! counts: [Int!] }')).toEqual(['nullable-root Query.count']);
  });
});

describe('id-beside-reference', () => {
  const types = 'interface Organisation { id: ID! }';

  it('catches a reference that may lead abroad without its id', () => {
    expect(wrongIn(`${types} type Membership { member: Organisation }`)).toEqual([
      'id-beside-reference Membership.member',
    ]);
  });

  it.each([
    ['its id beside it', 'type Membership { memberId: ID! member: Organisation }'],
    ['the id of its subject beside it', 'type Change { subjectId: ID! organisation: Organisation }'],
    ['a question', 'type Query { organisation: Organisation }'],
    ['a question by argument', 'type Catalogue { organisation(id: ID!): Organisation }'],
    ['a row of a list', 'type OrganisationEdge { node: Organisation }'],
    ['a list', 'type Merger { successors: [Organisation] }'],
  ])('accepts %s', (_what, sdl) => {
    expect(wrongIn(`${types} ${sdl}`)).toEqual([]);
  });
});

describe('described', () => {
  it('catches everything without a description, or with an empty one', () => {
    const sdl = `
      scalar Day
      "" enum Kind { A "b" B }
      "x" input Filter { kind: Kind "y" other: Kind }
      "x" type Body { " " name(language: String "y" other: String): String "y" id: ID }`;
    expect(lintContract([{ name: denmark, sdl }]).map(({ rule, coordinate }) => `${rule} ${coordinate}`)).toEqual([
      'described Day',
      'described Kind',
      'described Kind.A',
      'described Body.name',
      'described Body.name(language:)',
      'described Filter.kind',
    ]);
  });
});

describe('no-default', () => {
  it('catches the default of an argument and of an input field', () => {
    expect(
      wrongIn('input Page { first: Int = 20 } type Body { members(first: Int = 20, after: String): Int }'),
    ).toEqual(['no-default Body.members(first:)', 'no-default Page.first']);
  });
});

describe('shareable-value-type', () => {
  it('catches a value type that several countries declare', () => {
    const sdl = 'type Period { start: String } type Claim @shareable { id: ID } type Name { text: String @shareable }';
    expect(wrongIn({ denmark: sdl, belgium: sdl })).toEqual(['shareable-value-type Period']);
  });

  it('leaves alone what one country declares, and entities', () => {
    const entity = 'type Body @key(fields: "id") { id: ID }';
    expect(wrongIn({ denmark: `${entity} type Royal { house: String }`, belgium: entity })).toEqual([]);
  });
});

describe('nullable-contribution', () => {
  const own = 'type DanishAdministration @key(fields: "ref") { ref: ID! id: ID! name: String! }';

  it('catches a non-null field that Europe adds to a type of a country', () => {
    const stub = `type DanishAdministration @key(fields: "ref") {
      ref: ID!
      id: ID! @external
      name: String! @external
      uses: Int!
      reuses: Int
    }`;
    expect(wrongIn({ denmark: own, europe: stub })).toEqual(['nullable-contribution DanishAdministration.uses']);
  });

  it('catches a non-null field that Europe adds to an interface', () => {
    expect(
      wrongIn({ denmark: 'interface Body { id: ID! name: String! }', europe: 'interface Body { id: ID! uses: Int! }' }),
    ).toEqual(['nullable-contribution Body.uses']);
  });

  it('catches a non-null field that a country adds to a type of Europe or of another country', () => {
    const solution = 'type Solution @key(fields: "address") { address: ID! records: Int! }';
    expect(wrongIn({ denmark: solution, belgium: own, europe: solution })).toEqual([
      'nullable-contribution Solution.records',
    ]);
    expect(wrongIn({ denmark: own, belgium: own })).toEqual(['nullable-contribution DanishAdministration.name']);
  });

  it('takes the list of countries as it is given', () => {
    const france = { ...countries[0], code: 'FR', name: 'France', folder: 'france', adjective: 'French', port: 1 };
    const sdl = own.replaceAll('Danish', 'French');
    const subgraphs = [
      { name: 'france', sdl },
      { name: europe, sdl: 'type FrenchAdministration @key(fields: "ref") { ref: ID! }' },
    ];
    const rulesOf = (known: typeof countries) => lintContract(subgraphs, known).map(({ rule }) => rule);
    expect(rulesOf([...countries, france])).not.toContain('nullable-contribution');
    expect(rulesOf(countries)).toContain('nullable-contribution');
  });
});

describe('read-only', () => {
  it('catches mutations and subscriptions', () => {
    expect(wrongIn('type Mutation { rename: Int } type Subscription { renamed: Int }')).toEqual([
      'read-only Mutation',
      'read-only Subscription',
    ]);
  });
});

describe('a violation', () => {
  it('is said once, as a line with coordinate, sentence and rule', () => {
    const sdl = '"x" type Query { "x" count: Int! }';
    const violations = lintContract([
      { name: 'denmark', sdl },
      { name: 'belgium', sdl },
    ]);
    expect(printViolations(violations)).toBe(
      'Query.count: make it nullable, so that a question that fails does not cost the others. (nullable-root)',
    );
  });
});
