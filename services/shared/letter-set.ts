/** The letters of a word as a set of 32 bits, in which some letters share one. */
export function letterSet(word: string): number {
  let set = 0;
  for (let place = 0; place < word.length; place += 1) set |= 1 << (word.charCodeAt(place) & 31);
  return set;
}

/**
 * Whether two words may be within an edit distance: each edit adds at most one letter to either word. It excludes most words at
 * the cost of a few operations, where the distance itself takes hundreds.
 */
export const mayBeWithin = (one: number, other: number, edits: number): boolean =>
  count(one & ~other) <= edits && count(other & ~one) <= edits;

/** The number of bits that are set, by adding neighbours: of two, four, eight. */
function count(set: number): number {
  const pairs = set - ((set >>> 1) & 0x5555_5555);
  const quads = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333);
  return Math.imul((quads + (quads >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
