import { buildSchema, getVariableValues, type GraphQLScalarType, Kind, parse } from 'graphql';

import { createVariableCoercer } from './variables.js';

const schema = buildSchema(`
  enum Scheme { DK_CVR BE_KBO }
  scalar Even
  input Identifier { scheme: Scheme!, notation: String! = "none", day: Even }
  input Filter { text: String, all: [Filter!], identifiers: [Identifier] }
  type Query { a(id: ID, n: Int, x: Float, b: Boolean, e: Even, s: Scheme, i: Identifier, f: Filter, l: [[Int!]]): Int }
  type Other { name: String }
`);
(schema.getType('Even') as GraphQLScalarType).parseValue = (value) => {
  if (typeof value !== 'number') throw new Error('no number');
  return value % 2 === 0 ? value : undefined;
};

/** What of the values is read, or why nothing is. */
function read(declared: string, given: Readonly<Record<string, unknown>>, conditions: readonly string[] = []) {
  const [operation] = parse(`query (${declared}) { a }`).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  const definitions = operation.variableDefinitions ?? [];
  const [ours, original] = [
    createVariableCoercer(schema, definitions, { conditions })(given),
    getVariableValues(schema, [...definitions], given),
  ];
  return [ours, original].map(({ coerced, errors }) => errors?.map(({ message }) => message) ?? coerced);
}

const identifier = { scheme: 'DK_CVR', notation: '1' };
const values: readonly unknown[] = [
  ...[null, '', 'text', 'DK_CVR', 'toString', 0, 1, 2, -1, 1.5, 2 ** 31, 1e300, true, false],
  ...[{}, [], [null], [1], [[1, 2], null], [[null]], [['1']], [1, [2]]],
  ...[identifier, { scheme: 'BE_KBO' }, { ...identifier, scheme: 'IT' }, { ...identifier, other: 1 }],
  ...[{ ...identifier, notation: null }, { ...identifier, day: 2 }, { ...identifier, day: 3 }, { notation: '1' }],
  ...[{ text: 'a' }, { text: 1 }, { all: [{ text: 'a', all: [] }] }, { all: [{ text: 'a', all: [{ text: 1 }] }] }],
  ...[
    { all: { text: 'a' } },
    { identifiers: [identifier, null] },
    { identifiers: [{}] },
    { __proto__: null, text: 'a' },
  ],
];
const types = [
  'ID',
  'Int',
  'Float',
  'Boolean',
  'String',
  'Even',
  'Scheme',
  'Identifier',
  'Filter',
  '[[Int!]]',
  '[Filter]',
];

describe.each(types.flatMap((type) => [type, `${type}!`]))('a value of %s', (type) => {
  it('is accepted or rejected as in graphql-js', () => {
    for (const value of values) {
      const [ours, original] = read(`$v: ${type}`, { v: value, undeclared: 1 });
      // Defaults within a value are filled in by the country that it is passed on to.
      expect([value, Array.isArray(original) ? ours : Object.keys(ours ?? {})]).toEqual([
        value,
        Array.isArray(original) ? original : ['v'],
      ]);
    }
  });

  it('is required as in graphql-js', () => {
    const [ours, original] = read(`$v: ${type}`, {});
    expect(ours).toEqual(original);
  });
});

it('a default replaces a missing variable, and not null', () => {
  const declared = '$b: Boolean = true, $n: Int = 5';
  expect(read(declared, {})[0]).toEqual({ b: true, n: 5 });
  expect(read(declared, { b: null, n: 6 })[0]).toEqual({ b: null, n: 6 });
});

it.each(['Other', 'Missing'])('a variable of an invalid type, such as %s, is rejected as in graphql-js', (type) => {
  const [ours, original] = read(`$v: ${type}`, { v: 1 });
  expect(ours).toEqual(original);
});

it('reports a few of many mistakes: each error repeats a value', () => {
  const invalid = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`unknown${index}`, 1]));
  const [operation] = parse('query ($i: Identifier) { a(i: $i) }').definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  const { errors } = createVariableCoercer(schema, operation.variableDefinitions)({ i: invalid });
  expect(errors).toHaveLength(11);
  expect(errors?.at(-1)?.message).toContain('Too many errors');
});

it('a condition that is null is rejected, because graphql-js would reject the operation', () => {
  const declared = '$yes: Boolean = true, $other: Boolean = true';
  const [rejected] = read(declared, { yes: null, other: null }, ['yes']);
  expect(rejected).toEqual(['Argument "if" of non-null type "Boolean!" must not be null, as the variable "$yes" is.']);
  expect(read(declared, { other: null }, ['yes'])[0]).toEqual({ yes: true, other: null });
});

it('a variable with the name of what objects inherit has a value only if it is sent', () => {
  for (const given of [{}, { constructor: 'x' }, { toString: null, constructor: 'x' }]) {
    const [ours, original] = read('$constructor: ID, $toString: ID', given);
    expect(ours).toEqual(original);
  }
});
