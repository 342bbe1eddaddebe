/** The use in one country of solutions of one country. */
export interface ReuseCell {
  readonly publishedIn: string;
  readonly usedIn: string;
  readonly adoptions: number;
  readonly solutions: number;
  readonly dated: number | null;
}

/** How dark a number is: numbers of one, two, three and more digits differ. */
export const heatLevel = (count: number): number => (count <= 0 ? 0 : Math.min(5, String(Math.trunc(count)).length));

/** The countries of a matrix: each publishes or uses something. */
export const countriesOf = (cells: readonly ReuseCell[]): string[] =>
  [...new Set(cells.flatMap(({ publishedIn, usedIn }) => [publishedIn, usedIn]))].sort();

/** The cell of two countries. Undefined: no use is known. */
export const cellOf = (cells: readonly ReuseCell[], publishedIn: string, usedIn: string): ReuseCell | undefined =>
  cells.find((cell) => cell.publishedIn === publishedIn && cell.usedIn === usedIn);
