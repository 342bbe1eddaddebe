/**
 * The edit distance of two words (optimal string alignment): insertions, deletions, substitutions and swaps of adjacent letters.
 * Infinity if it is greater than `maxEdits`.
 */
export function editDistance(one: string, other: string, maxEdits: number): number {
  if (Math.abs(one.length - other.length) > maxEdits) return Infinity;
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current.push(
        Math.min(
          at(last, column) + 1,
          at(current, column - 1) + 1,
          at(last, column - 1) + (same ? 0 : 1),
          swapped ? at(beforeLast, column - 2) + 1 : Infinity,
        ),
      );
    }
    if (Math.min(...current) > maxEdits) return Infinity;
    [beforeLast, last] = [last, current];
  }
  const edits = at(last, other.length);
  return edits > maxEdits ? Infinity : edits;
}

const at = (row: readonly number[], column: number): number => row[column] ?? Infinity;
