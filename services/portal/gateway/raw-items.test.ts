import { findEnd } from '../../kit/json-shape.js';
import { RawItems } from './raw-items.js';

const item = (index: number, length: number) => ({
  index,
  name: `Ærø "${'€'.repeat(length)}\\`,
  inner: [{ a: '},{' }],
});
const toRaw = (items: readonly unknown[]): RawItems => new RawItems(Buffer.from(JSON.stringify(items).slice(1, -1)));

it.each([
  ['none', []],
  ['one', [item(0, 1)]],
  ['null', [null, item(1, 3), null]],
  [
    'many, some longer than what is looked at in one piece',
    [200, 70_000, 5, 100_000].map((length, index) => item(index, length)),
  ],
  ['thousands', Array.from({ length: 5_000 }, (_, index) => (index % 7 === 0 ? null : item(index, index % 90)))],
])('writes a line for each item: %s', (_what, items) => {
  const raw = toRaw(items);
  const lines = raw.toLines();
  expect(lines?.bytes.toString()).toBe(items.map((each) => `${JSON.stringify(each)}\n`).join(''));
  expect(lines?.count).toBe(items.length);
  expect(raw.parse()).toEqual(items);
});

it.each(['{"a":1}{"a":2}', '{"a":1},{"a":', '{"a":1},nu', '{"a":1},', '{"a":1} ,{"a":2}', '{"a":"x'])(
  'does not find the items of %s',
  (json) => {
    expect(new RawItems(Buffer.from(json)).toLines()).toBeUndefined();
  },
);

it('finds items at every place at which a piece may end', () => {
  for (let length = 65_400; length < 65_700; length += 1) {
    const items = [{ a: 'x'.repeat(length - 90) }, null, { b: [1, { c: 'é,' }] }, 1, { d: null }];
    const raw = toRaw(items.filter((each) => each !== 1));
    const ends: number[] = [];
    expect(raw.forEach(findEnd, (_part, end) => ends.push(end))).toBe(true);
    expect(ends).toHaveLength(4);
  }
});
