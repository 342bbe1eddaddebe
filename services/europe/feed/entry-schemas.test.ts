import { buildSchema, getNamedType, type GraphQLNamedType, isEnumType, isInterfaceType, isObjectType } from 'graphql';
import { z } from 'zod';

import { readSubgraphSdl } from '../../../schema/files.js';
import { createEntrySchemas, type Subject } from './entry-schemas.js';

const contract = buildSchema(readSubgraphSdl('denmark'), { assumeValidSDL: true });
const typeNames: Readonly<Record<Subject, string>> = {
  ADMINISTRATION: 'Administration',
  CONSORTIUM: 'Consortium',
  MEMBERSHIP: 'Membership',
  CLAIM: 'Claim',
  RECORD: 'CatalogueRecord',
  PORTFOLIO: 'PortfolioEntry',
  ADOPTION: 'Adoption',
  CODE_LIST: 'CodeList',
  CODE: 'Code',
  CODE_MAPPING: 'CodeMapping',
  NEED: 'Need',
  NEED_HOLDER: 'NeedHolder',
  TERMS: 'Terms',
  CONTRACT: 'Contract',
};

/** The values of every enum in a schema by its path, and those of the same field in the contract. */
function collectEnums(schema: z.core.$ZodType, type: GraphQLNamedType | undefined, path: string): EnumPair[] {
  if (schema instanceof z.ZodNullable) return collectEnums(schema.unwrap(), type, path);
  if (schema instanceof z.ZodArray) return collectEnums(schema.element, type, path);
  if (schema instanceof z.ZodEnum)
    return [
      { path, schema: schema.options, contract: isEnumType(type) ? type.getValues().map(({ name }) => name) : [] },
    ];
  if (!(schema instanceof z.ZodObject)) return [];
  const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
  return Object.entries(schema.shape).flatMap(([name, field]) =>
    collectEnums(field as z.ZodType, fields[name] && getNamedType(fields[name].type), `${path}.${name}`),
  );
}

interface EnumPair {
  readonly path: string;
  readonly schema: readonly (string | number)[];
  readonly contract: readonly string[];
}

describe('the schemas of feed entries', () => {
  const pairs = Object.entries(createEntrySchemas('DK')).flatMap(([subject, schema]) =>
    collectEnums(schema, contract.getType(typeNames[subject as Subject]), subject),
  );

  it('have enums at every level', () => {
    expect(pairs.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'CLAIM.kind',
        'RECORD.issues.severity',
        'ADOPTION.during.startPrecision',
        'NEED_HOLDER.state',
      ]),
    );
  });

  it.each(pairs)('accept exactly the values of the contract for $path', ({ schema, contract: values }) => {
    expect([...schema].sort()).toEqual([...values].sort());
  });
});
