import { TextBytes } from './text-bytes.js';

const texts = Array.from({ length: 3_000 }, (_, index) => `${index} Ærø € 😀 ${'x'.repeat(index % 50)},`);

it('collects a text of any length in UTF-8', () => {
  const bytes = new TextBytes();
  for (const text of texts) bytes.add(text);
  expect(Buffer.concat(bytes.finish()).toString()).toBe(texts.join(''));
  expect(Buffer.concat(new TextBytes().finish())).toHaveLength(0);
});
