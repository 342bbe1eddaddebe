import { buildSchema, OverlappingFieldsCanBeMergedRule, parse, print, validate } from 'graphql';

import { findConflict, mergeRepeatedFields } from './repeated-fields.js';

const schema = buildSchema(`
  input Input { x: Int, y: [Input] }
  type Query { a(n: Int, i: Input): Query, b(n: Int): Query, id: ID, name: String }
`);

const merge = (query: string): string => print(mergeRepeatedFields(parse(query)));

describe('mergeRepeatedFields', () => {
  it.each([
    ['{ id id }', '{ id }'],
    ['{ a { id } name a { name } }', '{ a { id name } name }'],
    ['{ a { b { id } } a { b { id name } id } }', '{ a { b { id name } id } }'],
    ['{ x: id id x: id }', '{ x: id id }'],
    [
      '{ a(n: 1, i: { x: 1, y: [] }) { id } a(i: { y: [], x: 1 }, n: 1) { name } }',
      '{ a(n: 1, i: { x: 1, y: [] }) { id name } }',
    ],
    ['{ id @skip(if: true) id @skip(if: true) id }', '{ id @skip(if: true) id }'],
    ['{ id ...F id } fragment F on Query { name }', '{ id ...F } fragment F on Query { name }'],
    ['{ ... { id id } ...F } fragment F on Query { id id }', '{ ... { id } ...F } fragment F on Query { id }'],
  ])('merges what %s repeats', (query, merged) => {
    expect(merge(query)).toBe(print(parse(merged)));
  });

  it.each([
    '{ a { id } ...F a { name } } fragment F on Query { a { a { id } } }',
    '{ a(n: 1) { id } a(n: 2) { id } }',
    '{ x: id x: name }',
    '{ a a { id } }',
    '{ id @skip(if: true) id @skip(if: false) }',
    '{ a { id } a @skip(if: false) { b { id } } a { name } }',
    '{ ...F ...F } fragment F on Query { id }',
    '{ a(i: { x: 1 }) { id } a(i: { y: [{ x: 1 }] }) { id } }',
  ])('leaves %s as it is', (query) => {
    const document = parse(query);
    expect(mergeRepeatedFields(document)).toBe(document);
  });
});

describe('findConflict', () => {
  it.each([
    '{ a(n: 1) { id } a(n: 2) { id } }',
    '{ a { x: id name x: name } }',
    '{ a(i: { x: 1 }) { id } a(i: { y: [{ x: 1 }] }) { id } }',
    '{ id } fragment F on Query { a { id } a(n: 1) { id } }',
  ])('reports %s as graphql-js does', (query) => {
    const document = parse(query);
    const [expected] = validate(schema, document, [OverlappingFieldsCanBeMergedRule]);
    expect(findConflict(document)?.toJSON()).toEqual(expected?.toJSON());
  });

  it.each([
    '{ a(n: 1, i: { x: 1, y: [] }) { id } a(i: { y: [], x: 1 }, n: 1) { name } }',
    '{ id id @skip(if: true) x: name ... { x: id } }',
  ])('finds none in %s', (query) => {
    expect(findConflict(parse(query))).toBeNull();
  });
});
