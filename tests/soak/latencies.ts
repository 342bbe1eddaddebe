import { percentile } from '../../bench/statistics.js';
import { count, milliseconds } from '../../bench/table.js';

/** The conditions during an ordinary request. */
export interface Conditions {
  /** Whether any service has a fault. */
  readonly hasFault: boolean;
  readonly isUnderAbuse: boolean;
}

/** The latencies of ordinary requests, by conditions. */
export interface Latencies {
  readonly add: (conditions: Conditions, milliseconds: number) => void;
  /** A row for each combination of conditions, under `latencyColumns`. */
  readonly rows: () => readonly (readonly string[])[];
}

export const latencyColumns = ['ordinary requests', 'n', 'p50', 'p99'] as const;

const kinds: readonly (Conditions & { readonly name: string })[] = [
  { name: 'undisturbed', hasFault: false, isUnderAbuse: false },
  { name: 'under abuse', hasFault: false, isUnderAbuse: true },
  { name: 'with a fault', hasFault: true, isUnderAbuse: false },
  { name: 'with a fault, under abuse', hasFault: true, isUnderAbuse: true },
];

export function createLatencies(): Latencies {
  const byKind = new Map(kinds.map(({ name }) => [name, [] as number[]]));
  return {
    add: ({ hasFault, isUnderAbuse }, value) => {
      const kind = kinds.find((one) => one.hasFault === hasFault && one.isUnderAbuse === isUnderAbuse);
      byKind.get(kind?.name ?? '')?.push(value);
    },
    rows: () =>
      [...byKind].map(([name, values]) => [
        name,
        count(values.length),
        ...[0.5, 0.99].map((share) => (values.length === 0 ? '–' : milliseconds(percentile(values, share)))),
      ]),
  };
}
