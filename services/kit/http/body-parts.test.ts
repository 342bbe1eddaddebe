import { BodyParts } from './body-parts.js';

const text = 'a body of some parts';

it.each([
  ['is not known', undefined],
  ['is not a number', 'many'],
  ['is stated', String(text.length)],
  ['is less than what comes', 3],
  ['is more than what comes', text.length + 100],
  ['is more than what is allocated', 10 ** 12],
])('collects a body of which the length %s', (_what, length) => {
  for (const size of [1, 4, 7, text.length]) {
    const parts = new BodyParts(length);
    for (let at = 0; at < text.length; at += size) parts.add(Buffer.from(text.slice(at, at + size)));
    expect(parts.size).toBe(text.length);
    expect(Buffer.concat(parts.collected()).toString()).toBe(text);
    expect(parts.finish().toString()).toBe(text);
  }
});

it('has a body without parts', () => {
  expect(new BodyParts('0').finish()).toHaveLength(0);
});

it('copies parts, so that a sender may use theirs again', () => {
  const parts = new BodyParts(4);
  const part = Buffer.from('ab');
  parts.add(part);
  part.write('cd');
  parts.add(part);
  expect(parts.finish().toString()).toBe('abcd');
});
