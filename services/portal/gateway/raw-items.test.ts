import { RawItems } from './raw-items.js';

const item = (index: number, length: number) => ({
  index,
  name: `Ærø "${'€'.repeat(length)}\\`,
  inner: [{ a: '},{' }],
});
const toRaw = (items: readonly unknown[]): RawItems => new RawItems(Buffer.from(JSON.stringify(items).slice(1)));

it.each([
  ['none', []],
  ['one', [item(0, 1)]],
  ['null', [null, item(1, 3), null]],
  ['many, some of them long', [200, 70_000, 5, 100_000].map((length, index) => item(index, length))],
  ['thousands', Array.from({ length: 5_000 }, (_, index) => (index % 7 === 0 ? null : item(index, index % 90)))],
])('writes a line for each item: %s', (_what, items) => {
  const raw = toRaw(items);
  expect(raw.parse()).toEqual(items);
  const lines = raw.toLines();
  expect(Buffer.concat(lines?.bytes ?? []).toString()).toBe(items.map((each) => `${JSON.stringify(each)}\n`).join(''));
  expect(lines?.count).toBe(items.length);
});

it.each(['{"a":1}{"a":2}', '{"a":1},{"a":', '{"a":1},nu', '{"a":1},', '{"a":1} ,{"a":2}', '{"a":"x', '{"a":"x\\"'])(
  'does not find the items of %s, and leaves them as they are',
  (json) => {
    const bytes = Buffer.from(`${json}]`);
    expect(new RawItems(bytes).toLines()).toBeUndefined();
    expect(bytes.toString()).toBe(`${json}]`);
  },
);
