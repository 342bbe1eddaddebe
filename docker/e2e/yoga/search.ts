import { refuse } from './refuse.js';
import { plain } from './texts.js';

const longest = 100;

/** What is searched: names, and codes in small letters. */
export interface Searchable {
  readonly names: readonly string[];
  readonly codes: readonly string[];
}

/** What a client searches for. Null: nothing. */
export function readSearch(search: string | null | undefined): string | null {
  if (search == null) return null;
  if (search.length > longest) {
    throw refuse('INVALID_ARGUMENT', `\`search\` is too long; it can have ${longest} characters.`);
  }
  return plain(search) === '' ? null : search;
}

/** Those that are found, each with its rank, the best with the smallest. A typing error is forgiven where nothing matches as written. */
export function find<Row>(
  rows: readonly Row[],
  search: string,
  searchable: (row: Row) => Searchable,
): ReadonlyMap<Row, number> {
  const ranked = (rankOf: (one: Searchable) => number | null): Map<Row, number> =>
    new Map(
      rows.flatMap((row) => {
        const rank = rankOf(searchable(row));
        return rank === null ? [] : [[row, rank] as const];
      }),
    );
  const written = ranked((one) => rankAsWritten(one, search));
  return written.size > 0 ? written : ranked((one) => (isMisspelt(one, plain(search)) ? 3 : null));
}

function rankAsWritten({ names, codes }: Searchable, search: string): number | null {
  const wanted = plain(search);
  const known = names.map(plain);
  if (codes.includes(search.replace(/[.\s]/g, '').toLowerCase()) || known.includes(wanted)) return 0;
  if (known.some((name) => name.startsWith(wanted))) return 1;
  const words = known.flatMap((name) => name.split(' '));
  return wanted.split(' ').every((part) => words.some((word) => word.startsWith(part))) ? 2 : null;
}

function isMisspelt({ names }: Searchable, wanted: string): boolean {
  const words = names.flatMap((name) => plain(name).split(' '));
  return wanted.split(' ').every((part) => words.some((word) => distance(word, part) <= mostErrors(part)));
}

const mostErrors = ({ length }: string): number => (length < 4 ? 0 : length < 8 ? 1 : 2);

/** How many letters are wrong, missing, too many or swapped with their neighbour (optimal string alignment). */
function distance(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, index) => index)];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= one.length; i += 1) {
    rows.push([i]);
    for (let j = 1; j <= other.length; j += 1) {
      const isSame = one[i - 1] === other[j - 1];
      const isSwapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      rows[i]?.push(
        Math.min(
          at(i - 1, j) + 1,
          at(i, j - 1) + 1,
          at(i - 1, j - 1) + (isSame ? 0 : 1),
          isSwapped ? at(i - 2, j - 2) + 1 : Infinity,
        ),
      );
    }
  }
  return at(one.length, other.length);
}
