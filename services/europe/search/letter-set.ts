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

function count(set: number): number {
  let left = set;
  let bits = 0;
  for (; left !== 0; left &= left - 1) bits += 1;
  return bits;
}
