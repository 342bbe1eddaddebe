import { findByte, firstOf, hasHigh, hasLess, repeat } from './four-bytes.js';

const toWord = (bytes: readonly number[]): number => new DataView(Uint8Array.from(bytes).buffer).getInt32(0, true);
/** The least and the largest bytes, those around what is searched, and those that differ from it by one bit. */
const bytes = [0x00, 0x01, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x5c, 0x7f, 0x80, 0x81, 0xa2, 0xff];
const words = bytes.flatMap((first) =>
  bytes.flatMap((second) => bytes.flatMap((third) => bytes.map((fourth) => [first, second, third, fourth]))),
);

/** Each word of which a function says something else than an array of its bytes. */
const differing = (found: (word: number) => unknown, expected: (bytes: readonly number[]) => unknown) =>
  words.filter((word) => found(toWord(word)) !== expected(word));

const placeOf = (found: number): number => (found === 0 ? -1 : firstOf(found));

it.each(bytes)('finds the first byte of a word that is %d', (byte) => {
  expect(
    differing(
      (word) => placeOf(findByte(word, repeat(byte))),
      (word) => word.indexOf(byte),
    ),
  ).toEqual([]);
});

it('finds which of several bytes comes first', () => {
  expect(
    differing(
      (word) => placeOf(findByte(word, repeat(0x22)) | findByte(word, repeat(0x5c))),
      (word) => word.findIndex((byte) => byte === 0x22 || byte === 0x5c),
    ),
  ).toEqual([]);
});

it.each([0x01, 0x20, 0x80])('knows whether a byte of a word is less than %d', (byte) => {
  expect(
    differing(
      (word) => hasLess(word, repeat(byte)),
      (word) => word.some((each) => each < byte),
    ),
  ).toEqual([]);
});

it('knows whether a byte of a word is not in ASCII', () => {
  expect(differing(hasHigh, (word) => word.some((byte) => byte > 0x7f))).toEqual([]);
});
