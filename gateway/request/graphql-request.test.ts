import { limits } from '../../services/kit/graphql/operation-limits.js';
import { getRequestKey, type GraphQLParams, parseBodyParams, parseSearchParams } from './graphql-request.js';

const whole: GraphQLParams = {
  query: '{ a }',
  operationName: 'A',
  variables: { id: 1 },
  documentId: null,
  sha256Hash: 'ff',
};
const body = {
  query: '{ a }',
  operationName: 'A',
  variables: { id: 1 },
  extensions: { persistedQuery: { version: 1, sha256Hash: 'ff' } },
};
const search = (parts: Record<string, string>): string => `?${new URLSearchParams(parts).toString()}`;

it('params are parsed alike from a body and a URL', () => {
  const inAddress = {
    query: body.query,
    operationName: body.operationName,
    variables: JSON.stringify(body.variables),
    extensions: JSON.stringify(body.extensions),
  };
  expect(parseBodyParams(body)).toEqual(whole);
  expect(parseSearchParams(search(inAddress))).toEqual(whole);
});

it('params may contain only a query, or only a document id', () => {
  const nothing = { query: null, operationName: null, variables: null, documentId: null, sha256Hash: null };
  expect(parseBodyParams({ query: '{ a }' })).toEqual({ ...nothing, query: '{ a }' });
  expect(parseBodyParams({ query: '{ a }', variables: null, operationName: null, extensions: null })).toEqual({
    ...nothing,
    query: '{ a }',
  });
  expect(parseSearchParams('?documentId=sha256%3Aff')).toEqual({ ...nothing, documentId: 'sha256:ff' });
});

it.each([
  null,
  [],
  'query',
  { query: 1 },
  { query: '{ a }', operationName: 1 },
  { query: '{ a }', variables: '{}' },
  { query: '{ a }', variables: [] },
  { query: '{ a }', documentId: {} },
  { query: '{ a }', extensions: [] },
  { query: '{ a }', extensions: { persistedQuery: null } },
  { query: '{ a }', extensions: { persistedQuery: { version: 2, sha256Hash: 'ff' } } },
  { query: '{ a }', extensions: { persistedQuery: { version: 1 } } },
])('a body is rejected as params: %j', (malformed) => {
  expect(parseBodyParams(malformed)).toBeUndefined();
});

it.each([
  '?query={a}&query={b}',
  '?query={a}&variables=',
  '?query={a}&variables=null',
  '?query={a}&variables={',
  '?query={a}&variables=[]',
  '?query={a}&extensions=1',
])('a URL is rejected as params: %s', (malformed) => {
  expect(parseSearchParams(malformed)).toBeUndefined();
});

it('variables that are nested too deeply are rejected: they could not be serialised', () => {
  const nested = (levels: number): unknown => JSON.parse(`{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`);
  expect(parseBodyParams({ query: '{ a }', variables: nested(19) })).toBeDefined();
  for (const levels of [20, 1_000]) {
    const exceeded = { limit: 'levelsOfVariables', found: 21, allowed: 20 };
    expect(() => parseBodyParams({ query: '{ a }', variables: nested(levels) })).toThrow(
      expect.objectContaining({ message: expect.stringContaining('can have 20 levels') as string, exceeded }) as Error,
    );
  }
  expect(() => parseSearchParams(`?variables=${JSON.stringify(nested(30))}`)).toThrow('can have 20 levels');
});

it.each([
  ['characters', { query: ' '.repeat(limits.characters + 1) }, limits.characters + 1],
  ['values', { query: '{ a }', variables: { a: Array(1_000_000).fill([]) } }, 1_000_001],
  ['variableCharacters', { query: '{ a }', variables: { a: 'x'.repeat(limits.variableCharacters) } }, 100_001],
] as const)(
  'a request that exceeds the limit of %s is rejected before anything is computed from it',
  (limit, request, found) => {
    const exceeded = { limit, found, allowed: limits[limit] };
    expect(() => parseBodyParams(request)).toThrow(
      expect.objectContaining({ code: 'QUERY_TOO_LARGE', exceeded }) as Error,
    );
  },
);

it('an operation name that is empty is none', () => {
  expect(parseBodyParams({ query: '{ a }', operationName: '' })).toMatchObject({ operationName: null });
  expect(parseSearchParams('?query={a}&operationName=')).toMatchObject({ operationName: null });
});

it('variables with a number that becomes infinite are rejected: as JSON, it would be null', () => {
  const expected = expect.objectContaining({ status: 400, code: 'BAD_USER_INPUT' }) as Error;
  for (const variables of ['{"a":1e400}', '{"a":{"b":[1,-1e999]}}']) {
    expect(() => parseSearchParams(`?query={a}&variables=${variables}`)).toThrow(expected);
    expect(() => parseBodyParams(JSON.parse(`{"query":"{ a }","variables":${variables}}`))).toThrow(expected);
  }
  expect(parseBodyParams(JSON.parse('{"query":"{ a }","variables":{"a":1e300}}'))).toBeDefined();
});

it('the key of a request depends on everything that may change the response', () => {
  const accept = 'application/json';
  const others: GraphQLParams[] = [
    { ...whole, query: '{ b }' },
    { ...whole, query: null },
    { ...whole, operationName: null },
    { ...whole, variables: { id: '1' } },
    { ...whole, variables: null },
  ];
  const keys = [
    getRequestKey(whole, accept),
    getRequestKey(whole, '*/*'),
    ...others.map((other) => getRequestKey(other, accept)),
  ];
  expect(new Set(keys).size).toBe(keys.length);
  expect(getRequestKey({ ...whole }, accept)).toBe(keys[0]);
});
