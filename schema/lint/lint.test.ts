import { buildSchema, isInterfaceType, isNonNullType, isObjectType } from 'graphql';

import { countries } from '../values/countries.js';
import { readProjectFile } from '../files.js';
import { lintContract, printViolations } from './lint.js';
import { subgraphSources } from '../compose/subgraph-sources.js';

const [denmark, europe] = ['denmark', 'europe'];

/** The rules that most types of these tests violate. */
const tested = (rule: string): boolean => !['described', 'unique-id'].includes(rule);

/** Rule and coordinate of each violation in the SDL of one subgraph, or of several by name. */
const violationsOf = (sdl: string | Readonly<Record<string, string>>, isTested = tested): string[] => {
  const subgraphs = typeof sdl === 'string' ? { [denmark]: sdl } : sdl;
  return lintContract(Object.entries(subgraphs).map(([name, text]) => ({ name, sdl: text })))
    .filter(({ rule }) => isTested(rule))
    .map(({ rule, coordinate }) => `${rule} ${coordinate}`);
};

it('lintContract finds no violations in the contract', () => {
  expect(printViolations(lintContract(subgraphSources()))).toBe('');
});

it('the description of every nullable field states what null means', () => {
  const schema = buildSchema(readProjectFile('schema/supergraph.graphql'));
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) || isInterfaceType(type));
  const fields = types
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) =>
      Object.values(type.getFields()).map((field) => ({ ...field, coordinate: `${type.name}.${field.name}` })),
    );
  expect(fields.length).toBeGreaterThan(300);
  const isUndescribed = ({ type, description }: (typeof fields)[number]): boolean =>
    !isNonNullType(type) && !/\bnull\b/i.test(description ?? '');
  expect(fields.filter(isUndescribed).map(({ coordinate }) => coordinate)).toEqual([]);
});

describe('the rule nullable-reference', () => {
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
    expect(violationsOf(`${types} type Seat { ${field} }`)).toEqual([
      expect.stringMatching(/^nullable-reference Seat\.parents?$/),
    ]);
  });

  it('includes interfaces of other subgraphs', () => {
    expect(violationsOf({ denmark: types, europe: 'type Seat { parents: [Organisation!] }' })).toEqual([
      'nullable-reference Seat.parents',
    ]);
  });

  it('reports an interface once for the types that take its field over unchanged', () => {
    expect(
      violationsOf(
        `interface Body { heads: [Body!] } type A implements Body { heads: [Body!] } type B implements Body { heads: [Body]! }`,
      ),
    ).toEqual(['nullable-reference Body.heads', 'nullable-reference B.heads']);
  });

  it('accepts the rows of a page, and values of the own row', () => {
    expect(violationsOf(`${types} type Name { text: String! } type Seat { names: [Name!]! }`)).toEqual([]);
  });
});

describe('the rule nullable-root', () => {
  it('catches a non-null field of Query', () => {
    expect(violationsOf('type Query { count: Int! counts: [Int!] }')).toEqual(['nullable-root Query.count']);
  });
});

describe('the rule id-beside-reference', () => {
  const types = 'interface Organisation { id: ID! }';

  it('catches a reference to another country without its id', () => {
    expect(violationsOf(`${types} type Membership { member: Organisation }`)).toEqual([
      'id-beside-reference Membership.member',
    ]);
  });

  it.each([
    ['a reference with its id', 'type Membership { memberId: ID! member: Organisation }'],
    ['a reference with the id of its subject', 'type Change { subjectId: ID! organisation: Organisation }'],
    ['a field of Query', 'type Query { organisation: Organisation }'],
    ['a field with an argument', 'type Catalogue { organisation(id: ID!): Organisation }'],
    ['a row of a list', 'type OrganisationEdge { node: Organisation }'],
    ['a list', 'type Merger { successors: [Organisation] }'],
  ])('accepts %s', (_what, sdl) => {
    expect(violationsOf(`${types} ${sdl}`)).toEqual([]);
  });
});

describe('the rule unique-id', () => {
  const uniqueIdViolations = (sdl: Readonly<Record<string, string>>): string[] =>
    violationsOf(sdl, (rule) => rule === 'unique-id');

  it('catches an id whose form does not contain its country and its type', () => {
    const sdl = 'type Visit { id: ID! } type Claim { id: ID! }';
    expect(uniqueIdViolations({ denmark: sdl, europe: 'type Journey { id: ID! }' })).toEqual([
      'unique-id Visit.id',
      'unique-id Journey.id',
    ]);
  });

  it('accepts the ids of countries in Europe, and a deprecated field that is the id of another object', () => {
    const europe = 'type Claim { id: ID! } type Statement { id: ID! @deprecated(reason: "Use `claimId`.") }';
    expect(uniqueIdViolations({ denmark: 'type Claim { id: ID! }', europe })).toEqual([]);
  });
});

describe('the rule described', () => {
  it('catches everything without a description, or with an empty one', () => {
    const sdl = `
      scalar Day
      "" enum Kind { A "b" B }
      "x" input Filter { kind: Kind "y" other: Kind }
      "x" type Body { " " name(language: String "y" other: String): String "y" id: ID }`;
    expect(violationsOf(sdl, (rule) => rule === 'described')).toEqual([
      'described Day',
      'described Kind',
      'described Kind.A',
      'described Body.name',
      'described Body.name(language:)',
      'described Filter.kind',
    ]);
  });
});

describe('the rule no-default', () => {
  it('catches the default of an argument and of an input field', () => {
    expect(
      violationsOf('input Page { first: Int = 20 } type Body { members(first: Int = 20, after: String): Int }'),
    ).toEqual(['no-default Body.members(first:)', 'no-default Page.first']);
  });
});

describe('the rule shareable-value-type', () => {
  it('catches a value type that several countries declare', () => {
    const sdl = 'type Period { start: String } type Claim @shareable { id: ID } type Name { text: String @shareable }';
    expect(violationsOf({ denmark: sdl, belgium: sdl })).toEqual(['shareable-value-type Period']);
  });

  it('accepts a type of one country, and entities', () => {
    const entity = 'type Body @key(fields: "id") { id: ID }';
    expect(violationsOf({ denmark: `${entity} type Royal { house: String }`, belgium: entity })).toEqual([]);
  });
});

describe('the rule nullable-contribution', () => {
  const own = 'type DanishAdministration @key(fields: "ref") { ref: ID! id: ID! name: String! }';

  it('catches a non-null field that Europe adds to a type of a country', () => {
    const stub = `type DanishAdministration @key(fields: "ref") {
      ref: ID!
      id: ID! @external
      name: String! @external
      uses: Int!
      reuses: Int
    }`;
    expect(violationsOf({ denmark: own, europe: stub })).toEqual(['nullable-contribution DanishAdministration.uses']);
  });

  it('catches a non-null field that Europe adds to an interface', () => {
    expect(
      violationsOf({
        denmark: 'interface Body { id: ID! name: String! }',
        europe: 'interface Body { id: ID! uses: Int! }',
      }),
    ).toEqual(['nullable-contribution Body.uses']);
  });

  it('catches a non-null field that a country adds to a type of Europe or of another country', () => {
    const solution = 'type Solution @key(fields: "address") { address: ID! records: Int! }';
    expect(violationsOf({ denmark: solution, belgium: own, europe: solution })).toEqual([
      'nullable-contribution Solution.records',
    ]);
    expect(violationsOf({ denmark: own, belgium: own })).toEqual(['nullable-contribution DanishAdministration.name']);
  });

  it('uses the list of countries that it is given', () => {
    const ruritania = {
      ...countries[0],
      code: 'XR',
      name: 'Ruritania',
      folder: 'ruritania',
      adjective: 'Ruritanian',
      port: 1,
    };
    const sdl = own.replaceAll('Danish', 'Ruritanian');
    const subgraphs = [
      { name: 'ruritania', sdl },
      { name: europe, sdl: 'type RuritanianAdministration @key(fields: "ref") { ref: ID! }' },
    ];
    const rulesOf = (known: typeof countries) => lintContract(subgraphs, known).map(({ rule }) => rule);
    expect(rulesOf([...countries, ruritania])).not.toContain('nullable-contribution');
    expect(rulesOf(countries)).toContain('nullable-contribution');
  });
});

describe('the rule read-only', () => {
  it('catches mutations and subscriptions', () => {
    expect(violationsOf('type Mutation { rename: Int } type Subscription { renamed: Int }')).toEqual([
      'read-only Mutation',
      'read-only Subscription',
    ]);
  });
});

describe('a violation', () => {
  it('is printed once, as a line with coordinate, sentence and rule', () => {
    const sdl = '"x" type Query { "x" count: Int! }';
    const violations = lintContract([
      { name: 'denmark', sdl },
      { name: 'belgium', sdl },
    ]);
    expect(printViolations(violations)).toBe(
      'Query.count: make it nullable, so that the failure of one field does not remove the others. (nullable-root)',
    );
  });
});
