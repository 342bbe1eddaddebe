import { findEnd, findValues, toByteKeys, toJsonBytes } from './json-bytes.js';
import type { Places } from './json-shape.js';

const object = {
  name: 'Ærø "\\" \\ € 😀 ,{}[]:',
  size: -1.5e-7,
  isKnown: true,
  isOld: false,
  nothing: null,
  period: { start: '2026', inner: { 'a"b': [1, { c: ']}' }] } },
  list: [['x', '"'], {}, []],
  last: 0,
};

it('finds the values of an object in its bytes, wherever it begins', () => {
  const bytes = toJsonBytes(Buffer.from(`[null,${JSON.stringify(object)}]`));
  const keys = toByteKeys(object);
  const places: Places = [];
  expect(findValues(bytes, 6, keys, places)).toBe(bytes.bytes.length - 1);
  expect(findEnd(bytes.bytes, 6)).toBe(bytes.bytes.length - 1);
  const read = (key: string): unknown => {
    const { place = NaN } = keys.find(({ name }) => name === key) ?? {};
    return JSON.parse(bytes.bytes.toString('utf8', places[place], places[place + 1]));
  };
  for (const [key, value] of Object.entries(object)) expect(read(key)).toEqual(value);
});

it.each([
  ['with another key', '{"a":1,"c":2}'],
  ['with one key less', '{"a":1}'],
  ['with one key more', '{"a":1,"b":2,"c":3}'],
  ['with a space', '{"a":1, "b":2}'],
  ['without an end', '{"a":1,"b":2'],
  ['with a text without an end', '{"a":"\\"'],
  ['that ends in a key', '{"a'],
])('does not find those of an object %s', (_what, json) => {
  expect(findValues(toJsonBytes(Buffer.from(json)), 0, toByteKeys({ a: 1, b: 2 }), [])).toBe(-1);
});
