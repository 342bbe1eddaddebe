import { parse } from 'graphql';

import { measureOperation, measureVariables } from './operation-size.js';

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

const limits = { values: 10, variableCharacters: 20 };

it.each([
  [undefined, 0, 0],
  [{}, 0, 0],
  [{ a: 1, b: null }, 2, 2],
  [{ a: [1, 'xy', { b: [true] }] }, 6, 4],
])('measureVariables counts the values and characters in %j', (variables, values, variableCharacters) => {
  expect(measureVariables(variables, limits)).toEqual({ values, variableCharacters });
});

it('measureVariables stops as soon as a limit is exceeded', () => {
  const unvisited = new Proxy([], {
    get: () => {
      throw new Error('visited');
    },
  });
  const lists: unknown = JSON.parse('['.repeat(200_000) + ']'.repeat(200_000));
  expect(measureVariables(lists, limits).values).toBe(limits.values + 1);
  expect(measureVariables([unvisited, ...Array<null>(limits.values).fill(null)], limits).values).toBe(
    limits.values + 1,
  );
  expect(measureVariables([unvisited, 'x'.repeat(100)], limits).variableCharacters).toBe(100);
});

it('measureVariables counts values that are nested more deeply than the stack goes', () => {
  const deep = JSON.parse('['.repeat(200_000) + ']'.repeat(200_000)) as unknown;
  expect(measureVariables({ deep }, { ...limits, values: 1_000_000 }).values).toBe(200_000);
});
