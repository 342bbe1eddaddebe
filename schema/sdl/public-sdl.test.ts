import { buildSchema, type GraphQLObjectType, isInterfaceType, isObjectType, validateSchema } from 'graphql';

import { countries } from '../values/countries.js';
import { readSubgraphSdl } from '../files.js';
import { publicSdl } from './public-sdl.js';

describe.each(countries)('the public SDL of ', ({ folder, adjective }) => {
  const sdl = publicSdl(readSubgraphSdl(folder));
  const schema = buildSchema(sdl);

  it('is a valid schema', () => {
    expect(validateSchema(schema)).toEqual([]);
  });

  it('has no entity key of federation', () => {
    const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) || isInterfaceType(type));
    expect(types.filter((type) => 'ref' in type.getFields())).toEqual([]);
  });

  it('contains no directives or types of federation', () => {
    expect(sdl).not.toMatch(/@(?:link|key|shareable|inaccessible|external)|_entities|_service|_Any/);
    expect(schema.getDirectives().map(({ name }) => name)).toEqual([
      'include',
      'skip',
      'deprecated',
      'specifiedBy',
      'oneOf',
    ]);
  });

  it('contains everything else, with its description', () => {
    const administration = schema.getType(`${adjective}Administration`) as GraphQLObjectType;
    expect(Object.keys(administration.getFields())).toEqual(
      expect.arrayContaining(['id', 'name', 'identifiers', 'memberships', 'population', 'successors']),
    );
    expect(administration.getFields()['population']?.description).toMatch(/^The number of inhabitants\./);
    expect(Object.keys(schema.getQueryType()?.getFields() ?? {})).toEqual([folder]);
  });
});

describe('an @inaccessible element', () => {
  it('is not in the public SDL, whatever its kind', () => {
    const sdl = publicSdl(`
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@inaccessible"])
      scalar Gone @inaccessible
      enum Kind { A B @inaccessible }
      enum GoneKind @inaccessible { A }
      input Filter { kind: Kind gone: Kind @inaccessible }
      input GoneFilter @inaccessible { kind: Kind }
      interface Body { id: ID }
      interface GoneBody @inaccessible { id: ID }
      type Town implements Body & GoneBody { id: ID gone: Gone @inaccessible }
      type GoneTown implements Body @inaccessible { id: ID }
      union Any = Town | GoneTown
      union GoneAny @inaccessible = Town
      type Query { towns(filter: Filter, gone: GoneFilter @inaccessible): [Any] gone: GoneAny @inaccessible }
    `);
    expect(sdl).not.toMatch(/gone/i);
    expect(sdl).not.toMatch(/\bB\b|@/);
    const schema = buildSchema(sdl);
    expect(validateSchema(schema)).toEqual([]);
    expect((schema.getType('Town') as GraphQLObjectType).getInterfaces().map(({ name }) => name)).toEqual(['Body']);
  });
});

it('publicSdl keeps the standard directives @deprecated and @specifiedBy', () => {
  const sdl = publicSdl(`
    directive @tag(name: String!) on FIELD_DEFINITION
    scalar Day @specifiedBy(url: "https://example.org/day")
    type Query { old: Day @deprecated(reason: "Use \`new\`.") @tag(name: "x") new: Day }
  `);
  expect(sdl).toContain('scalar Day @specifiedBy(url: "https://example.org/day")');
  expect(sdl).toContain('old: Day @deprecated(reason: "Use `new`.")');
  expect(sdl).not.toContain('tag');
});
