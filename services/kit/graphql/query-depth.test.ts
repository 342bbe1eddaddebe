import { buildSchema, getIntrospectionQuery, parse, specifiedRules, validate } from 'graphql';

import { maxDepth, maxIntrospectionDepth, depthLimitRule } from './query-depth.js';

const schema = buildSchema('type Query { a: Query b: Query }');
const errorsOf = (query: string): unknown[] =>
  validate(schema, parse(query), [depthLimitRule]).map(({ extensions }) => extensions['code']);
const nested = (depth: number): string => '{ a '.repeat(depth - 1) + '{ a }' + ' }'.repeat(depth - 1);

describe('the depth of an operation', () => {
  it('can be as much as sensible questions need, and no more', () => {
    expect(errorsOf(nested(maxDepth).replace('{ a }', '{ __typename }'))).toEqual([]);
    expect(errorsOf(nested(maxDepth))).toEqual([]);
    expect(errorsOf(nested(maxDepth + 1))).toEqual(['QUERY_TOO_DEEP']);
  });

  it('is counted through fragments, named or not, and not for them', () => {
    const half = maxDepth / 2;
    const fragment = `fragment F on Query ${nested(half)}`;
    expect(errorsOf(`${nested(half).replace('{ a }', '{ ... on Query { a { ...F } } }')} ${fragment}`)).toEqual([]);
    expect(errorsOf(`${nested(half + 1).replace('{ a }', '{ a { ...F } }')} ${fragment}`)).toEqual(['QUERY_TOO_DEEP']);
  });

  it('ends where a fragment stands within itself, which another rule refuses', () => {
    const query = '{ ...F } fragment F on Query { a { ...F } }';
    expect(errorsOf(query)).toEqual([]);
    expect(validate(schema, parse(query), [...specifiedRules, depthLimitRule])).toHaveLength(1);
  });

  it('takes no longer where fragments hold the next one many times', () => {
    const levels = Array.from(
      { length: 60 },
      (_, index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`,
    );
    const query = `{ ...F0 } ${levels.join(' ')} fragment F60 on Query ${nested(maxDepth + 1)}`;
    expect(errorsOf(query)).toEqual(['QUERY_TOO_DEEP']);
  });

  it('leaves room for what tools ask of the schema, and no more', () => {
    const wrapped = (times: number): string =>
      `{ __type(name: "Query") ${'{ ofType '.repeat(times)} { name } ${'}'.repeat(times)} }`;
    expect(errorsOf(getIntrospectionQuery())).toEqual([]);
    expect(errorsOf(wrapped(maxIntrospectionDepth - 2))).toEqual([]);
    expect(errorsOf(wrapped(maxIntrospectionDepth - 1))).toEqual(['QUERY_TOO_DEEP']);
  });

  it('says how deep it is and how deep it can be', () => {
    const [error] = validate(schema, parse(nested(40)), [depthLimitRule]);
    expect(error?.message).toMatch(/^The operation is 40 fields deep; it can be 14\./);
    expect(error?.extensions).toMatchObject({ limit: 'depth', found: 40, allowed: 14 });
  });
});
