/** The value below which a share of the values lies, between two values by their distance; `share` from 0 to 1. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? NaN;
  const above = sorted[Math.ceil(place)] ?? NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/** The value in the middle. */
export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** How many times `base` the values are, by their medians; and the smallest and largest such ratio of single rounds. */
export interface Ratio {
  readonly overall: number;
  readonly least: number;
  readonly most: number;
}

/** Compares two series of equally many rounds. A difference that is smaller than that between rounds is noise. */
export function ratioOf(rounds: readonly (readonly number[])[], base: readonly (readonly number[])[]): Ratio {
  const single = rounds.map((values, index) => median(values) / median(base[index] ?? []));
  return {
    overall: median(rounds.flat()) / median(base.flat()),
    least: Math.min(...single),
    most: Math.max(...single),
  };
}
