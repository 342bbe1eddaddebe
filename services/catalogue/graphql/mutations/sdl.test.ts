import {
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  printSchema,
} from 'graphql';

import { createSchemas } from '../schema.js';
import { plainCatalogue } from '../../testing/test-catalogue.js';

const { open, subgraph } = createSchemas(plainCatalogue);

interface Described {
  readonly description?: string | null | undefined;
}

/** The schema coordinates of everything without a description. */
const undescribed = (schema: GraphQLSchema): string[] =>
  Object.values(schema.getTypeMap())
    // Validating scalars are defined in code; the contract has their descriptions.
    .filter((type) => !type.name.startsWith('__') && !isScalarType(type))
    .flatMap((type) => [[type.name, type] as const, ...partsOf(type)])
    .filter(([, part]) => !part.description)
    .map(([place]) => place);

function partsOf(type: GraphQLNamedType): (readonly [string, Described])[] {
  if (isEnumType(type)) return type.getValues().map((value) => [`${type.name}.${value.name}`, value]);
  if (isInputObjectType(type))
    return Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, field]);
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) => [
    [`${type.name}.${field.name}`, field] as const,
    ...field.args.map((argument) => [`${type.name}.${field.name}(${argument.name}:)`, argument] as const),
  ]);
}

it('a description exists for every part of the schema of a country', () => {
  expect(undescribed(open)).toEqual([]);
});

it('mutations and revisions are served by a country only, not by its subgraph', () => {
  expect(printSchema(open)).not.toMatch(/National(Administration|Consortium)/);
  expect(open.getType('DanishConsortium')).toMatchObject({ _fields: { revision: {} } });
  expect(subgraph.getMutationType()).toBeUndefined();
  expect(printSchema(subgraph)).not.toMatch(/revision|auditTrail|AuditEntry/);
});

it('every mutation takes one input and returns one payload with failures', () => {
  const mutations = Object.values(open.getMutationType()?.getFields() ?? {});
  expect(mutations.length).toBeGreaterThan(0);
  for (const { name, args, type } of mutations) {
    const named = name.charAt(0).toUpperCase() + name.slice(1);
    expect(args.map((argument) => `${argument.name}: ${String(argument.type)}`)).toEqual([`input: ${named}Input!`]);
    expect(String(type)).toBe(`${named}Payload!`);
    expect(printSchema(open)).toMatch(new RegExp(`type ${named}Payload {[^}]*failures: \\[WriteFailure!\\]!`, 's'));
  }
});
