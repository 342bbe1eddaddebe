// Bytes that are looked at four at a time, as one word: a byte at a time takes several times as long.

/** How many bytes are looked at together. */
export const wordBytes = 4;

const [ones, highBits] = [0x01_01_01_01, 0x80_80_80_80];

/** A word of which every byte is this one. */
export const repeat = (byte: number): number => Math.imul(byte, ones);

/**
 * Which bytes of a word are the one that is repeated in another word: the high bit of the first one is set, and none before it. Zero: none.
 * A known trick: `Bit Twiddling Hacks`, "Determine if a word has a byte equal to n".
 */
export const findByte = (word: number, repeated: number): number => {
  const different = word ^ repeated;
  return (different - ones) & ~different & highBits;
};

/** Whether a byte of a word is less than the one that is repeated in another word, which is at most 128. */
export const hasLess = (word: number, repeated: number): boolean => ((word - repeated) & ~word & highBits) !== 0;

/** Whether a byte of a word is not in ASCII. */
export const hasHigh = (word: number): boolean => (word & highBits) !== 0;

/** The number of the first byte of a word that was found. */
export const firstOf = (found: number): number => (31 - Math.clz32(found & -found)) >> 3;
