import { toPrintable } from './printable.js';

it('replaces what a terminal would execute or show in another direction', () => {
  expect(toPrintable('a\u001b[2Jb\rc\u009bd\u202ee\ud800')).toBe('a\ufffd[2Jb\ufffdc\ufffdd\ufffde\ufffd');
});

it('keeps all other texts, and their lines', () => {
  const text = 'Ærø: “1” – 2\n\u{1F468}\u200d\u{1F469} é';
  expect(toPrintable(text)).toBe(text);
});
