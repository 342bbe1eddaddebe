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
  expect(findEnd(bytes, 6)).toBe(bytes.bytes.length - 1);
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

it('finds the end of texts of all lengths, with an escape at each place', () => {
  for (let length = 0; length <= 12; length += 1)
    for (const escaped of ['', '"', '\\', '\\"', '\n', 'é', '€', '😀'])
      for (let place = 0; place <= length; place += 1) {
        const text = JSON.stringify('x'.repeat(place) + escaped + 'x'.repeat(length - place));
        const end = Buffer.byteLength(text);
        for (const after of ['', ',', ',"y"', '}, "\\"'])
          expect(findEnd(toJsonBytes(Buffer.from(text + after)), 0)).toBe(end);
        expect(findEnd(toJsonBytes(Buffer.from(text.slice(0, -1))), 0)).toBe(-1);
      }
});
