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
    "An organisation." interface Organisation { "Its id." id: ID! "Its name." name(language: String): String! }
    "An office." interface Administration implements Organisation { "Its code." code: Code }
    "A group." interface Consortium implements Organisation { "Its form." form: String }
    "A list." interface Catalogue { "Its id." id: ID! "Its title." title: String }`,
  europe: `
    "An organisation." interface Organisation { "The entity key." ref: ID! @inaccessible }
    "An office." interface Administration implements Organisation { "The entity key." ref: ID! @inaccessible }
    "A group." interface Consortium implements Organisation { "The entity key." ref: ID! @inaccessible }
    "A list." interface Catalogue { "Its id." id: ID! }
    "An object." interface Node { "Its id." id: ID! }
    "The operations." type Query { "An organisation." organisation(code: Code): Organisation }`,
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

describe('the SDL of a country', () => {
  const sdl = countrySdl(contract, france, 'type FrenchAdministration { "Its INSEE code." insee: String }');
  const schema = schemaOf(sdl);

  it('has types of its own, with the fields of all their interfaces, then the national fields', () => {
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

  it('has the hidden key ref for organisations, and the key id for its catalogue', () => {
    expect(typeIn(sdl, 'FrenchAdministration')).toMatch(/@key\(fields: "ref"\) { ref: ID! @inaccessible/);
    expect(typeIn(sdl, 'FrenchCatalogue')).toMatch(/@key\(fields: "id"\) { id: ID!/);
  });

  it('has one field of Query, with the descriptions of the graph', () => {
    const query = schema.getQueryType();
    expect(query?.description).toBe('The operations.');
    expect(query?.getFields()['france']?.description).toMatch(/^The catalogue of France/);
    expect(String(query?.getFields()['france']?.type)).toBe('FrenchCatalogue');
  });

  it('may have no national fields', () => {
    expect(fieldsOf(schemaOf(countrySdl(contract, france, '')), 'FrenchCatalogue')).toEqual([
      'id: ID!',
      'title: String',
    ]);
  });

  it.each(['name: String', 'ref: ID'])('cannot redefine a field of the contract: %s', (field) => {
    const create = () => countrySdl(contract, france, `type FrenchAdministration { ${field} }`);
    expect(create).toThrow(CompositionError);
    expect(create).toThrow(
      `[services/france/national.graphql] FrenchAdministration.${field.split(':')[0] ?? ''}: the contract has this field`,
    );
  });
});

describe('the SDL of Europe', () => {
  const sdl = europeSdl(contract, [france, spain]);

  it('has stubs of the types of each country, with their keys and the id, which belongs to the country', () => {
    expect(typeIn(sdl, 'FrenchAdministration')).toBe(
      'type FrenchAdministration implements Administration & Organisation & Node @key(fields: "ref") { ref: ID! @inaccessible id: ID! @external }',
    );
    expect(typeIn(sdl, 'SpanishCatalogue')).toBe(
      'type SpanishCatalogue implements Catalogue & Node @key(fields: "id") { id: ID! }',
    );
  });

  it('has the fields of Query in the contract, and none of a country', () => {
    expect(fieldsOf(schemaOf(sdl), 'Query').filter((field) => !field.startsWith('_'))).toEqual([
      'organisation: Organisation',
    ]);
  });
});

describe('an invalid contract', () => {
  it.each(['shared', 'country', 'europe'] as const)('is rejected by the name of its file: %s', (part) => {
    const broken = { ...contract, [part]: 'type {' };
    const create = () => [countrySdl(broken, france, ''), europeSdl(broken, [france])];
    expect(create).toThrow(CompositionError);
    expect(create).toThrow(`[schema/contract/${part}.graphql] Syntax Error`);
  });

  it('is rejected if an interface is missing', () => {
    expect(() => countrySdl({ ...contract, country: 'scalar Date' }, france, '')).toThrow(
      'The contract has no InterfaceTypeDefinition Administration.',
    );
  });
});

it('the SDL of a country from the real contract is accepted by a server', () => {
  expect(fieldsOf(schemaOf(countrySdl(readContract(), france, '')), 'FrenchAdministration')).toContain('name: String!');
});
