import { findRootFields } from './root-fields.js';

describe('findRootFields', () => {
  it.each([
    ['{ denmark { id } italy { id } }', {}, ['denmark', 'italy']],
    ['{ first: denmark { id } denmark { title } }', {}, ['first', 'denmark']],
    ['{ denmark { id } denmark { title } }', {}, ['denmark']],
    ['query Q { ... { italy { id } } ... on Query { denmark { id } } }', {}, ['italy', 'denmark']],
    [
      'query ($no: Boolean!) { denmark @include(if: $no) { id } italy @skip(if: $no) { id } }',
      { no: false },
      ['italy'],
    ],
    [
      'query ($yes: Boolean!) { denmark @include(if: $yes) { id } italy @skip(if: $yes) { id } }',
      { yes: true },
      ['denmark'],
    ],
    ['query ($yes: Boolean = true) { denmark @skip(if: $yes) { id } italy { id } }', {}, ['italy']],
    [
      'query ($yes: Boolean = true) { denmark @skip(if: $yes) { id } italy { id } }',
      { yes: false },
      ['denmark', 'italy'],
    ],
    ['{ ... @skip(if: true) { denmark { id } } italy @skip(if: false) @include(if: true) { id } }', {}, ['italy']],
    ['{ denmark @skip(if: true) { id } }', {}, []],
  ])('returns for %s with %j: %j', (query, variables, fields) => {
    expect(findRootFields(query, variables)).toEqual(fields);
  });
});
