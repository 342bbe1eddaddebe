import { parse } from 'graphql';

import { countValues, measureOperation } from './operation-size.js';

it('measureOperation counts the parts of a text, wherever they are', () => {
  const text = `query A { a: one @skip(if: false) { ...F } two } query B { three } fragment F on T { four @x @y ... { b: five } }`;
  expect(measureOperation(parse(text))).toEqual({
    characters: text.length,
    aliases: 2,
    rootFields: 2,
    fragments: 2,
    directives: 3,
    fields: 5,
  });
});

it('measureOperation counts root fields in fragments, too', () => {
  const text = `{ one ...F ...F ... { two ...F ... @skip(if: true) { three } } }
    fragment F on Query { four { not } ...G } fragment G on Query { five ...F ...Unknown }`;
  expect(measureOperation(parse(text)).rootFields).toBe(5);
});

it.each([
  [undefined, 0],
  [{}, 0],
  [{ a: 1, b: null }, 2],
  [{ a: [1, 'x', { b: [true] }] }, 6],
])('countValues counts the values in %j', (variables, found) => {
  expect(countValues(variables)).toBe(found);
});

it('countValues counts values that are nested more deeply than the stack goes', () => {
  const deep = JSON.parse('['.repeat(200_000) + ']'.repeat(200_000)) as unknown;
  expect(countValues({ deep })).toBe(200_000);
});
