/** The value below which a share of the values is, interpolated between two values; `share` is from 0 to 1. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? NaN;
  const above = sorted[Math.ceil(position)] ?? NaN;
  return below + (above - below) * (position - Math.floor(position));
}

/** The value in the middle. */
export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** The ratio of the medians of the values and the base, and the smallest and largest such ratio of single rounds. */
export interface Ratio {
  readonly overall: number;
  readonly min: number;
  readonly max: number;
}

/** Compares two series of equally many rounds. A difference that is smaller than the one between rounds is noise. */
export function ratioOf(rounds: readonly (readonly number[])[], base: readonly (readonly number[])[]): Ratio {
  const single = rounds.map((values, index) => median(values) / median(base[index] ?? []));
  return {
    overall: median(rounds.flat()) / median(base.flat()),
    min: Math.min(...single),
    max: Math.max(...single),
  };
}
