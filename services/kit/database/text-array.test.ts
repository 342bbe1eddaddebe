import { toTextArray } from './text-array.js';

it.each([
  [[], '{}'],
  [['a', 'ø x', ''], '{"a","ø x",""}'],
  [[null, undefined, 'NULL', 7, false], '{NULL,NULL,"NULL","7","false"}'],
  [['{"a": "b\\\\c"}', 'a,b'], '{"{\\"a\\": \\"b\\\\\\\\c\\"}","a,b"}'],
])('writes %j as PostgreSQL reads it', (values, text) => {
  expect(toTextArray(values)).toBe(text);
});
