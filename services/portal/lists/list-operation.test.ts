import { parse, validate } from 'graphql';

import { HttpError } from '../../kit/http-error.js';
import { graphSchema } from '../testing/fake-gateway.js';
import { toListOperation } from './list-operation.js';

const compact = (query: string): string => query.replace(/\s+/g, ' ').trim();

const codeOf = (...request: Parameters<typeof toListOperation>): unknown => {
  try {
    return toListOperation(...request);
  } catch (error) {
    if (error instanceof HttpError) return `${error.code}: ${error.message}`;
    throw error;
  }
};

describe('toListOperation', () => {
  it('reads the pages of the one connection, in the largest size, and nothing beside it', () => {
    const list = toListOperation({
      query: `query Q($search: String, $first: Int, $other: ID!) {
        solutions(search: $search, first: $first) { totalCount facets { field } nodes { name } }
        organisation(id: $other) { name }
      }`,
      variables: { search: 'journal', first: 3, other: 'dk:1' },
    });
    const page = list.page('abc');
    expect(compact(page.query)).toBe(
      'query Portal($search: String, $portalAfter: String) { solutions(search: $search, first: 200, after: $portalAfter) { nodes { name } pageInfo { hasNextPage endCursor } } }',
    );
    expect(page.variables).toEqual({ search: 'journal', portalAfter: 'abc' });
    expect(validate(graphSchema, parse(page.query))).toEqual([]);
  });

  it('reads a list that is made to be exported in large pages, whose positions are read without items', () => {
    const query = '{ all: adoptions { ...N } } fragment N on AdoptionConnection { nodes { id } }';
    const { page, position, inUsualPages } = toListOperation({ query });
    const connection = (text: string | undefined) => compact(text ?? '').replace(/^.*?\{ all: adoptions/, '');
    expect(connection(page('a').query)).toBe(
      '(first: 1000, after: $portalAfter) { ... on AdoptionConnection { nodes { id } } pageInfo { hasNextPage endCursor } } }',
    );
    expect(connection(position?.('a').query)).toBe(
      '(first: 1000, after: $portalAfter) { pageInfo { hasNextPage endCursor } } }',
    );
    expect([connection(inUsualPages?.page(null).query).slice(0, 12), inUsualPages?.position]).toEqual([
      '(first: 200,',
      undefined,
    ]);
  });

  it('finds a connection in fragments, below objects and under an alias', () => {
    const { path, page } = toListOperation({
      query: `query ($id: ID!) { it: organisation(id: $id) { name ...Reach } }
        fragment Reach on Consortium { name people: members(last: 5, kind: MUNICIPALITY) { edges { cursor node { ...M } } } }
        fragment M on Membership { memberId }`,
      variables: { id: 'dk:consortium:1' },
    });
    expect(path).toEqual(['it', 'people']);
    expect(compact(page(null).query)).toBe(
      'query Portal($id: ID!, $portalAfter: String) { it: organisation(id: $id) { ... on Consortium { people: members(kind: MUNICIPALITY, first: 200, after: $portalAfter) { edges { cursor node { ... on Membership { memberId } } } pageInfo { hasNextPage endCursor } } } } }',
    );
  });

  it('reads one of several lists if `list` names it, and without a connection a plain list', () => {
    const query = '{ denmark { records { nodes { id } } } belgium { records { nodes { id } } } }';
    expect(toListOperation({ query, list: 'belgium.records' }).path).toEqual(['belgium', 'records']);
    expect(codeOf({ query })).toBe(
      'INVALID_LIST: The parameter `list` has to name one list of the operation. Lists of the operation: denmark.records, belgium.records.',
    );
    const plain = toListOperation({ query: '{ catalogueStatus { country state } }' });
    expect([plain.isPaged, compact(plain.page(null).query)]).toEqual([
      false,
      'query Portal { catalogueStatus { country state } }',
    ]);
  });

  it('reads a list without pages below the root if `list` names it', () => {
    const query =
      '{ organisation(id: "dk:1") { name memberships { role } ... on Administration { needs { nodes { id } } } } }';
    const { path, isPaged, page } = toListOperation({ query, list: 'organisation.memberships' });
    expect([path, isPaged, compact(page(null).query)]).toEqual([
      ['organisation', 'memberships'],
      false,
      'query Portal { organisation(id: "dk:1") { memberships { role } } }',
    ]);
    expect(toListOperation({ query, list: 'organisation.needs' }).isPaged).toBe(true);
    for (const list of ['organisation.name', 'organisation.members', 'name', ''])
      expect(codeOf({ query, list })).toBe(
        'INVALID_LIST: The parameter `list` has to name one list of the operation. Lists of the operation: organisation.needs.',
      );
  });

  it.each([
    ['{', 'GRAPHQL_PARSE_FAILED'],
    ['mutation { a { nodes { b } } }', 'INVALID_LIST'],
    ['query A { a { nodes { b } } } query B { a { nodes { b } } }', 'INVALID_LIST'],
    ['{ a }', 'INVALID_LIST'],
    ['{ a { ...F } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['{ ...F } fragment F on Query { a { ...F } }', 'QUERY_TOO_DEEP'],
    [
      `{ ...F0 } ${Array.from({ length: 12 }, (_, index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`).join(' ')} fragment F12 on Query { a { nodes { b } } }`,
      'QUERY_TOO_LARGE',
    ],
  ])('rejects %s', (query, code) => {
    expect(String(codeOf({ query })).startsWith(`${code}: `)).toBe(true);
  });
});
