import { graphql } from 'graphql';
import { makeExecutableSchema } from '@graphql-tools/schema';

import type { NationalField } from '../model/national-catalogue.js';
import { plainCatalogue } from '../testing/test-catalogue.js';
import { nationalFieldResolvers } from './national-fields.js';

const catalogue = { ...plainCatalogue, nationalColumns: ['castles', 'colour', 'has_port'] };

describe('a national column', () => {
  const resolvers = nationalFieldResolvers(catalogue, {
    castles: { column: 'castles' },
    colour: { column: 'colour' },
    hasPort: { column: 'has_port' },
  });
  const schema = makeExecutableSchema({
    typeDefs: 'type Query { castles: Int colour: String hasPort: Boolean! }',
    resolvers: { Query: resolvers },
  });
  const resolve = async (national: Readonly<Record<string, string>>) =>
    await graphql({ schema, source: '{ castles colour hasPort }', rootValue: { national } });

  it('has the type that the field has in the schema', async () => {
    expect((await resolve({ castles: '2', colour: 'red', has_port: 'true' })).data).toEqual({
      castles: 2,
      colour: 'red',
      hasPort: true,
    });
  });

  it('is null for an empty cell', async () => {
    expect((await resolve({ has_port: 'false' })).data).toEqual({ castles: null, colour: null, hasPort: false });
  });
});

describe('an invalid definition of a national field is rejected', () => {
  const define = (field: unknown) => () => nationalFieldResolvers(catalogue, { flag: field as NationalField });

  it('when it names a scheme that the catalogue does not have', () => {
    expect(define({ code: 'XX' })).toThrow(
      'The national field flag is {"code":"XX"}: `code` must be a scheme of this catalogue (DK_TEST, EU_NUTS, EU_LAU).',
    );
  });

  it('when it names a column that the catalogue does not list', () => {
    expect(define({ column: 'flag' })).toThrow(
      'The national field flag is {"column":"flag"}: `column` must be listed in `nationalColumns` (castles, colour, has_port).',
    );
  });

  it('when it is a function or another object', () => {
    expect(define({ table: 'flags' })).toThrow("write { code: '<scheme>' } or { column: '<column>' }.");
    expect(define(() => 'red')).toThrow('The national field flag is a function: write { code:');
  });
});
