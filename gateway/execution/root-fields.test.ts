import { findRootFields } from './root-fields.js';

describe('findRootFields', () => {
  it.each([
    ['{ denmark { id } italy { id } }', ['denmark', 'italy']],
    ['{ first: denmark { id } denmark { title } }', ['first', 'denmark']],
    ['{ denmark { id } denmark { title } }', ['denmark']],
    ['query Q { ... { italy { id } } ... on Query { denmark { id } } }', ['italy', 'denmark']],
  ])('returns for %s: %j', (query, fields) => {
    expect(findRootFields(query)).toEqual(fields);
  });
});
