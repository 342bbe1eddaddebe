import { encodeTextArray, toTextArray } from './text-array.js';

it.each([
  [[], '{}'],
  [['a', 'ø x', ''], '{"a","ø x",""}'],
  [[null, undefined, 'NULL', 7, false], '{NULL,NULL,"NULL","7","false"}'],
  [['{"a": "b\\\\c"}', 'a,b'], '{"{\\"a\\": \\"b\\\\\\\\c\\"}","a,b"}'],
])('writes %j as PostgreSQL reads it', (values, text) => {
  expect(toTextArray(values)).toBe(text);
});

it.each([
  [[], '00000000 00000000 00000019'],
  [['a', 'ø'], '00000001 00000000 00000019 00000002 00000001 00000001 61 00000002 c3b8'],
  [[null, 7], '00000001 00000001 00000019 00000002 00000001 ffffffff 00000001 37'],
])('encodes %j as PostgreSQL receives it', (values, bytes) => {
  expect(encodeTextArray(values).toString('hex')).toBe(bytes.replaceAll(' ', ''));
});
