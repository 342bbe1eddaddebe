import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLObjectType, type GraphQLSchema, parse } from 'graphql';

import type { Country } from '../values/countries.js';
import { CompositionError } from './parse-sdl.js';
import { countrySdl, europeSdl, type Contract } from './subgraph-sdl.js';
import { readContract } from '../compose/subgraph-sources.js';

const france: Country = { code: 'FR', name: 'France', folder: 'france', adjective: 'French', port: 1 };
const spain: Country = { code: 'ES', name: 'Spain', folder: 'spain', adjective: 'Spanish', port: 2 };

const contract: Contract = {
  shared: '"A code." scalar Code',
  country: `
    "A body." interface Organisation { "Its id." id: ID! "Its name." name(language: String): String! }
    "An office." interface Administration implements Organisation { "Its code." code: Code }
    "A group." interface Consortium implements Organisation { "Its form." form: String }
    "A list." interface Catalogue { "Its id." id: ID! "Its title." title: String }`,
  europe: `
    "A body." interface Organisation { "Its door." ref: ID! @inaccessible }
    "An office." interface Administration implements Organisation { "Its door." ref: ID! @inaccessible }
    "A group." interface Consortium implements Organisation { "Its door." ref: ID! @inaccessible }
    "A list." interface Catalogue { "Its id." id: ID! }
    "What to ask." type Query { "Some body." organisation(code: Code): Organisation }`,
};

/** The schema as a server builds it, which checks that interfaces are implemented. */
const schemaOf = (sdl: string): GraphQLSchema => buildSubgraphSchema([{ typeDefs: parse(sdl) }]);
const fieldsOf = (schema: GraphQLSchema, type: string): string[] =>
  Object.entries((schema.getType(type) as GraphQLObjectType).getFields()).map(
    ([name, { type: named }]) => `${name}: ${String(named)}`,
  );
const typeIn = (sdl: string, name: string): string =>
  new RegExp(`type ${name} [^}]*}`)
    .exec(sdl)?.[0]
    .replace(/""".*?"""|"[^"]*"(?=\n)/gs, '')
    .replace(/\s+/g, ' ') ?? '';

describe('a country', () => {
  const sdl = countrySdl(contract, france, 'type FrenchAdministration { "Its INSEE code." insee: String }');
  const schema = schemaOf(sdl);

  it('has types of its own, with everything that their interfaces have and inherit, then what is national', () => {
    expect(fieldsOf(schema, 'FrenchAdministration')).toEqual([
      'ref: ID!',
      'id: ID!',
      'name: String!',
      'code: Code',
      'insee: String',
    ]);
    expect(fieldsOf(schema, 'FrenchConsortium')).toEqual(['ref: ID!', 'id: ID!', 'name: String!', 'form: String']);
    expect(fieldsOf(schema, 'FrenchCatalogue')).toEqual(['id: ID!', 'title: String']);
  });

  it('implements every interface that its types inherit', () => {
    const type = schema.getType('FrenchAdministration') as GraphQLObjectType;
    expect(type.getInterfaces().map(({ name }) => name)).toEqual(['Administration', 'Organisation']);
  });

  it('is entered by ref for a body, which clients do not see, and by id for its catalogue', () => {
    expect(typeIn(sdl, 'FrenchAdministration')).toMatch(/@key\(fields: "ref"\) { ref: ID! @inaccessible/);
    expect(typeIn(sdl, 'FrenchCatalogue')).toMatch(/@key\(fields: "id"\) { id: ID!/);
  });

  it('has one question, in the words of the graph', () => {
    const query = schema.getQueryType();
    expect(query?.description).toBe('What to ask.');
    expect(query?.getFields()['france']?.description).toMatch(/^The catalogue of France/);
    expect(String(query?.getFields()['france']?.type)).toBe('FrenchCatalogue');
  });

  it('may add nothing', () => {
    expect(fieldsOf(schemaOf(countrySdl(contract, france, '')), 'FrenchCatalogue')).toEqual([
      'id: ID!',
      'title: String',
    ]);
  });

  it.each(['name: String', 'ref: ID'])('cannot take the place of a field of the contract: %s', (field) => {
    const taken = () => countrySdl(contract, france, `type FrenchAdministration { ${field} }`);
    expect(taken).toThrow(CompositionError);
    expect(taken).toThrow(
      `[services/france/national.graphql] FrenchAdministration.${field.split(':')[0] ?? ''}: the contract has this field`,
    );
  });
});

describe('Europe', () => {
  const sdl = europeSdl(contract, [france, spain]);

  it('has of each country stubs, which answer nothing but how to find the body', () => {
    expect(typeIn(sdl, 'FrenchAdministration')).toBe(
      'type FrenchAdministration implements Administration & Organisation @key(fields: "ref") { ref: ID! @inaccessible }',
    );
    expect(typeIn(sdl, 'SpanishCatalogue')).toBe(
      'type SpanishCatalogue implements Catalogue @key(fields: "id") { id: ID! }',
    );
  });

  it('has the questions of the contract and no country’s', () => {
    expect(fieldsOf(schemaOf(sdl), 'Query').filter((field) => !field.startsWith('_'))).toEqual([
      'organisation: Organisation',
    ]);
  });
});

describe('a contract that cannot be read', () => {
  it.each(['shared', 'country', 'europe'] as const)('is refused by the name of its file: %s', (part) => {
    const broken = { ...contract, [part]: 'type {' };
    const made = () => [countrySdl(broken, france, ''), europeSdl(broken, [france])];
    expect(made).toThrow(CompositionError);
    expect(made).toThrow(`[schema/contract/${part}.graphql] Syntax Error`);
  });

  it('is refused when an interface is missing', () => {
    expect(() => countrySdl({ ...contract, country: 'scalar Date' }, france, '')).toThrow(
      'The contract has no InterfaceTypeDefinition Administration.',
    );
  });
});

it('makes what every server of a country accepts from the real contract', () => {
  expect(fieldsOf(schemaOf(countrySdl(readContract(), france, '')), 'FrenchAdministration')).toContain('name: String!');
});
