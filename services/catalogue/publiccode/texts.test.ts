import { hangMs } from '../../kit/testing/hang.js';
import { truncate, isLonger, isShorter, multipleLines, oneLine, withoutEmail } from './texts.js';

const family = '\u{1F468}\u200d\u{1F469}\u200d\u{1F467}';

it('counts user-perceived characters', () => {
  const three = `${family}e\u0301x`;
  expect([isLonger(three, 3), isLonger(three, 2), isShorter(three, 3), isShorter(three, 4)]).toEqual([
    false,
    true,
    false,
    true,
  ]);
});

it('counts each Latin letter as one character', () => {
  const letters = Array.from({ length: 0x2ff - 0xa0 }, (_, index) => String.fromCharCode(0xa0 + index)).join('');
  const segments = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(`a\n${letters}~`)].length;
  expect(segments).toBe(letters.length + 3);
  expect([isShorter('Ærø\n', 4), isShorter('Ærø\n', 5)]).toEqual([false, true]);
});

it('finds the same characters in texts of any length', () => {
  const text = `${family}e\u0301x`.repeat(1000);
  expect([isShorter(text, 3000), isShorter(text, 3001), truncate(text, 2501)]).toEqual([
    ...[false, true],
    `${text.slice(0, (text.length / 3000) * 2499)}${family}…`,
  ]);
});

it('rejects a character with too many code units', () => {
  const page = `e${'\u0301'.repeat(400_000)}`;
  expect(isLonger(page, 150)).toBe(true);
  expect(isLonger(truncate(page, 150), 150)).toBe(false);
  expect(isLonger(truncate(page.slice(0, 17).repeat(1000), 150), 150)).toBe(false);
});

it('truncates between user-perceived characters', () => {
  expect(truncate(family.repeat(10), 3)).toBe(`${family}${family}…`);
  expect(truncate('one two three', 5)).toBe('one…');
});

it.each([
  ['  a \n b\t\tc  ', 'a b c'],
  ['a\rb', 'a b'],
  ['a \0 b', 'a b'],
  ['a\ud800b\u0007', 'ab'],
])('oneLine converts %j to %j', (text, expected) => {
  expect(oneLine(text)).toBe(expected);
  expect(oneLine(expected)).toBe(expected);
});

it.each([
  ['\n  a  \r\n   b \0\n\n', 'a\n   b'],
  ['a\n\n\nb', 'a\n\n\nb'],
])('multipleLines converts %j to %j', (text, expected) => {
  expect(multipleLines(text)).toBe(expected);
  expect(multipleLines(expected)).toBe(expected);
});

it('takes time in proportion to the length of the text', () => {
  const started = Date.now();
  for (const text of [`a${' '.repeat(1_000_000)}b`, `a${'\n '.repeat(500_000)}b`]) {
    oneLine(text);
    multipleLines(text);
    isLonger(text, 10_000);
    truncate(`${text}è un testo `.repeat(2), 10_000);
  }
  expect(Date.now() - started).toBeLessThan(hangMs);
});

it('removes control and invisible characters', () => {
  expect(['\0', '\u0085', '\ud800', '\u200b', '\u202e'].map((character) => oneLine(`a${character}b`))).toEqual(
    Array(5).fill('ab'),
  );
  expect(multipleLines('Ærø\n\t\u{1F600}')).toBe('Ærø\n\t\u{1F600}');
});

it.each([
  ['Havnens Data ApS <info@havnensdata.example>', 'Havnens Data ApS'],
  ['info@havnensdata.example', ''],
  ['A (mailto:a.b+c@d-e.example) B', 'A B'],
  ['Team @ Fjordby', 'Team @ Fjordby'],
])('withoutEmail converts %s to %j', (text, expected) => {
  expect(withoutEmail(text)).toBe(expected);
});
