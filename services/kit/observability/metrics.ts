/** Increments a counter. */
export type Count<Label extends string> = (labels: Readonly<Record<Label, string>>, by?: number) => void;
/** Records one of many durations or sizes. */
export type Observe<Label extends string> = (labels: Readonly<Record<Label, string>>, value: number) => void;

/** The name and meaning of a metric. */
export interface MetricOptions<Label extends string> {
  readonly name: string;
  readonly help: string;
  /** Each label has few values, and none that a client can make up: every combination is kept for ever. */
  readonly labels: readonly Label[];
}

/** Creates the metrics of a process. Creating one again returns the same. */
export interface Metrics {
  /** Its name ends with `_total`. */
  readonly counter: <Label extends string>(options: MetricOptions<Label>) => Count<Label>;
  /** @param buckets upper bounds, in the unit that ends the name. Default: seconds, from a millisecond to ten. */
  readonly histogram: <Label extends string>(
    options: MetricOptions<Label> & { readonly buckets?: readonly number[] },
  ) => Observe<Label>;
  /** A number that goes up and down; it is read when metrics are collected. */
  readonly gauge: (options: Omit<MetricOptions<never>, 'labels'>, read: () => number) => void;
}

/** Metrics that record nothing. */
export const noMetrics: Metrics = {
  counter: () => () => undefined,
  histogram: () => () => undefined,
  gauge: () => undefined,
};
