/** Adds to a number that only grows. */
export type Count<Label extends string> = (labels: Readonly<Record<Label, string>>, by?: number) => void;
/** Notes one of many durations or sizes. */
export type Observe<Label extends string> = (labels: Readonly<Record<Label, string>>, value: number) => void;

/** What a number is called, and what it says. */
export interface MetricOptions<Label extends string> {
  readonly name: string;
  readonly help: string;
  /** What it is told apart by. Each has few values, and none that a stranger can make up: every combination is kept for ever. */
  readonly labels: readonly Label[];
}

/** Makes the numbers by which a process can be watched. One that is made again is the same. */
export interface Metrics {
  /** Its name ends with `_total`. */
  readonly counter: <Label extends string>(options: MetricOptions<Label>) => Count<Label>;
  /** @param buckets upper bounds, in the unit that ends the name. Default: seconds, from a millisecond to ten. */
  readonly histogram: <Label extends string>(
    options: MetricOptions<Label> & { readonly buckets?: readonly number[] },
  ) => Observe<Label>;
  /** A number that goes up and down, read when somebody looks. */
  readonly gauge: (options: Omit<MetricOptions<never>, 'labels'>, read: () => number) => void;
}

/** Nobody watches. */
export const noMetrics: Metrics = {
  counter: () => () => undefined,
  histogram: () => () => undefined,
  gauge: () => undefined,
};
