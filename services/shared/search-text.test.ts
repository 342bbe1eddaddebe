import { mostErrors, readSearchText, swaps } from './search-text.js';

it.each([
  [null, null],
  [undefined, null],
  [' -- ', null],
  ['  Høje-Taastrup ', 'hoje taastrup'],
])('%j is a search for %j', (search, text) => {
  expect(readSearchText(search)).toBe(text);
});

it.each(['x'.repeat(101), 'ß'.repeat(60), 'a b c d e f g h i'])('%.20s… is too long', (search) => {
  expect(() => readSearchText(search)).toThrow('it can have 100 characters and 8 words');
});

it('the longer a word, the more typing errors are forgiven', () => {
  expect(['abc', 'abcd', 'abcdefg', 'abcdefgh', '𝒶𝒷𝒸'].map(mostErrors)).toEqual([0, 1, 1, 2, 0]);
});

it('neighbours change places, letters of two units as a whole', () => {
  expect(swaps('abc')).toEqual(['bac', 'acb']);
  expect(swaps('a𝒷')).toEqual(['𝒷a']);
  expect(swaps('a')).toEqual([]);
});
