import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { parse } from 'graphql';

import { findPlannerNames } from './planner-names.js';

const link = '@link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires"])';

const externals = [
  'weight: Int @external',
  'price(currency: String = "EUR"): Int @external',
  'stops(first: Int!): [Stop] @external',
];

/** The names of a graph of which one subgraph resolves parcels, and the other their fees, which require these fields. */
function findNames(...required: readonly string[]) {
  const parcels = `extend schema ${link}
    type Query { parcel: Parcel }
    type Parcel @key(fields: "number") { number: ID! weight: Int price(currency: String = "EUR"): Int stops(first: Int!): [Stop] }
    type Stop { duty(currency: String!): Int }`;
  const fees = `extend schema ${link}
    type Parcel @key(fields: "number") {
      number: ID!
      ${externals.filter((field) => required.some((each) => each.includes(/^\w+/.exec(field)?.[0] ?? ''))).join(' ')}
      ${required.map((fields, index) => `fee${index}: Int @requires(fields: ${JSON.stringify(fields)})`).join(' ')}
    }
    ${required.join().includes('duty') ? 'type Stop @external { duty(currency: String!): Int }' : ''}`;
  const { supergraphSdl, errors } = composeServices(
    [parcels, fees].map((text, index) => ({ name: `s${index}`, url: 'http://x', typeDefs: parse(text) })),
  );
  if (supergraphSdl === undefined) throw new Error(errors.join(' '));
  return findPlannerNames([...Supergraph.build(supergraphSdl).subgraphs()]);
}

it('findPlannerNames lists all fields, and those that are required with arguments', () => {
  const { fields, withArguments } = findNames('weight price', 'stops(first: 2) { duty(currency: "EUR") }');
  expect(fields).toEqual(expect.arrayContaining(['parcel', 'number', 'weight', 'price', 'duty', 'fee1']));
  expect([...withArguments].sort()).toEqual(['duty', 'price', 'stops']);
  expect(findNames('weight').withArguments).toEqual([]);
});

it('findPlannerNames rejects a graph that requires one field with different arguments', () => {
  const other = 'stops(first: 2) { duty(currency: "DKK") }';
  expect(() => findNames('stops(first: 2) { duty(currency: "EUR") }', other)).toThrow(
    'Stop.duty is selected by `@requires` with different arguments, which cannot be planned: (currency: "EUR") and (currency: "DKK")',
  );
  expect(() => findNames('price', 'price(currency: "DKK")')).toThrow('Parcel.price');
  expect(findNames('price', 'price(currency: "EUR")').withArguments).toEqual(['price']);
});
