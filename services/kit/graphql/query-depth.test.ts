import { buildSchema, getIntrospectionQuery, parse, specifiedRules, validate } from 'graphql';

import { maxDepth, maxIntrospectionDepth, depthLimitRule } from './query-depth.js';

const schema = buildSchema('type Query { a: Query b: Query }');
const errorsOf = (query: string): unknown[] =>
  validate(schema, parse(query), [depthLimitRule]).map(({ extensions }) => extensions['code']);
const nested = (depth: number): string => '{ a '.repeat(depth - 1) + '{ a }' + ' }'.repeat(depth - 1);

describe('depthLimitRule', () => {
  it('accepts operations up to the maximum depth', () => {
    expect(errorsOf(nested(maxDepth).replace('{ a }', '{ __typename }'))).toEqual([]);
    expect(errorsOf(nested(maxDepth))).toEqual([]);
    expect(errorsOf(nested(maxDepth + 1))).toEqual(['QUERY_TOO_DEEP']);
  });

  it('counts fields through fragments, and not the fragments themselves', () => {
    const half = maxDepth / 2;
    const fragment = `fragment F on Query ${nested(half)}`;
    expect(errorsOf(`${nested(half).replace('{ a }', '{ ... on Query { a { ...F } } }')} ${fragment}`)).toEqual([]);
    expect(errorsOf(`${nested(half + 1).replace('{ a }', '{ a { ...F } }')} ${fragment}`)).toEqual(['QUERY_TOO_DEEP']);
  });

  it('ends at a fragment within itself, which another rule rejects', () => {
    const query = '{ ...F } fragment F on Query { a { ...F } }';
    expect(errorsOf(query)).toEqual([]);
    expect(validate(schema, parse(query), [...specifiedRules, depthLimitRule])).toHaveLength(1);
  });

  it('takes no longer if fragments spread the next one many times', () => {
    const levels = Array.from(
      { length: 60 },
      (_, index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`,
    );
    const query = `{ ...F0 } ${levels.join(' ')} fragment F60 on Query ${nested(maxDepth + 1)}`;
    expect(errorsOf(query)).toEqual(['QUERY_TOO_DEEP']);
  });

  it('accepts the introspection queries of tools, up to their maximum depth', () => {
    const wrapped = (times: number): string =>
      `{ __type(name: "Query") ${'{ ofType '.repeat(times)} { name } ${'}'.repeat(times)} }`;
    expect(errorsOf(getIntrospectionQuery())).toEqual([]);
    expect(errorsOf(wrapped(maxIntrospectionDepth - 2))).toEqual([]);
    expect(errorsOf(wrapped(maxIntrospectionDepth - 1))).toEqual(['QUERY_TOO_DEEP']);
  });

  it('states the depth of the operation and the maximum', () => {
    const [error] = validate(schema, parse(nested(40)), [depthLimitRule]);
    expect(error?.message).toMatch(/^The operation is nested 40 fields deep; at most 14 are allowed\./);
    expect(error?.extensions).toMatchObject({ limit: 'depth', found: 40, allowed: 14 });
  });
});
