import { maxEdits, parseSearchText, transpositions } from './search-text.js';

it.each([
  [null, null],
  [undefined, null],
  [' -- ', null],
  ['  Høje-Taastrup ', 'hoje taastrup'],
])('%j is a search for %j', (search, text) => {
  expect(parseSearchText(search)).toBe(text);
});

it.each(['x'.repeat(101), 'ß'.repeat(60), 'a b c d e f g h i'])('%.20s… is too long', (search) => {
  expect(() => parseSearchText(search)).toThrow('at most 100 characters and 8 words are allowed');
});

it('the longer a word, the more typing errors are forgiven', () => {
  expect(['abc', 'abcd', 'abcdefg', 'abcdefgh', '𝒶𝒷𝒸'].map(maxEdits)).toEqual([0, 1, 1, 2, 0]);
});

it('neighbours change places, letters of two units as a whole', () => {
  expect(transpositions('abc')).toEqual(['bac', 'acb']);
  expect(transpositions('a𝒷')).toEqual(['𝒷a']);
  expect(transpositions('a')).toEqual([]);
});
