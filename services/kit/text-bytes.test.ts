import { TextBytes } from './text-bytes.js';

const texts = Array.from({ length: 3_000 }, (_, index) => `${index} Ærø € 😀 ${'x'.repeat(index % 50)},`);

it('collects a text of any length in UTF-8', () => {
  const bytes = new TextBytes('utf8');
  for (const text of texts) bytes.add(text);
  expect(Buffer.concat(bytes.finish()).toString()).toBe(texts.join(''));
  expect(Buffer.concat(new TextBytes('utf8').finish())).toHaveLength(0);
});

it('collects texts of which each character is a byte', () => {
  const bytes = new TextBytes('latin1');
  for (const text of texts) bytes.add(Buffer.from(text).toString('latin1'));
  expect(Buffer.concat(bytes.finish()).toString()).toBe(texts.join(''));
});
