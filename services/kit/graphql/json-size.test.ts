import { countMarks } from './json-size.js';

const count = (json: string, max = 100): number => countMarks(Buffer.from(json), max);

it.each([
  ['', 0],
  ['1', 0],
  ['[]', 1],
  ['[1,2]', 2],
  ['{"a":[1,{"b":2,"c":3}]}', 5],
  ['{"a,[{":"},{\\",[{\\\\","b":1}', 2],
  ['["é,","\\u002c,"]', 2],
])('countMarks counts what separates the values of %s', (json, found) => {
  expect(count(json)).toBe(found);
});

it('countMarks stops after the maximum', () => {
  expect(count('[[[[[[[[', 3)).toBe(4);
});
