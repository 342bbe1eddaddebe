import { percentile } from '../../bench/statistics.js';
import { count, milliseconds } from '../../bench/table.js';

/** What else was going on while an ordinary question was asked. */
export interface Circumstances {
  /** Somebody who is asked has a fault. */
  readonly isTroubled: boolean;
  readonly isAbused: boolean;
}

/** How long ordinary questions took, by what else was going on. */
export interface Latencies {
  readonly add: (circumstances: Circumstances, milliseconds: number) => void;
  /** A row for each of the circumstances, under `latencyHeads`. */
  readonly rows: () => readonly (readonly string[])[];
}

export const latencyHeads = ['ordinary questions', 'n', 'p50', 'p99'] as const;

const kinds: readonly (Circumstances & { readonly name: string })[] = [
  { name: 'undisturbed', isTroubled: false, isAbused: false },
  { name: 'under abuse', isTroubled: false, isAbused: true },
  { name: 'with a fault', isTroubled: true, isAbused: false },
  { name: 'with a fault, under abuse', isTroubled: true, isAbused: true },
];

export function createLatencies(): Latencies {
  const found = new Map(kinds.map(({ name }) => [name, [] as number[]]));
  return {
    add: ({ isTroubled, isAbused }, value) => {
      const kind = kinds.find((one) => one.isTroubled === isTroubled && one.isAbused === isAbused);
      found.get(kind?.name ?? '')?.push(value);
    },
    rows: () =>
      [...found].map(([name, values]) => [
        name,
        count(values.length),
        ...[0.5, 0.99].map((share) => (values.length === 0 ? '–' : milliseconds(percentile(values, share)))),
      ]),
  };
}
