import { median, percentile, type Ratio, ratioOf } from './statistics.js';

/** The result of a measurement. */
export interface Report {
  readonly title: string;
  /** What was compared, and how: one line each. */
  readonly description: readonly string[];
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Lines below the table. */
  readonly notes?: readonly string[];
}

/** A report as text: the first column to the left, figures to the right. */
export function formatReport({ title, description, columns, rows, notes = [] }: Report): string {
  const widths = columns.map((_, index) => Math.max(...[columns, ...rows].map((row) => row[index]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    widths
      .map((width, index) => (index === 0 ? cells[index]?.padEnd(width) : cells[index]?.padStart(width)) ?? '')
      .join('   ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('───');
  return [
    '',
    title,
    ...description.map((text) => `  ${text}`),
    '',
    line(columns),
    rule,
    ...rows.map(line),
    ...notes,
  ].join('\n');
}

/** `1234` -> `1,234` */
export const count = (value: number): string => Math.round(value).toLocaleString('en');

/** `1.234` -> `1.23 ms` */
export const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} ms`;

/** `6234` -> `6.2 s` */
export const seconds = (value: number): string => `${(value / 1000).toFixed(1)} s`;

/** `2.1 × (1.9–2.4)`: in brackets the range of single rounds. */
export const times = ({ overall, min, max }: Ratio): string =>
  `${overall.toFixed(2)} × (${min.toFixed(2)}–${max.toFixed(2)})`;

/** The columns of a series of latencies and of the ratio to another series. */
export const latencyColumns = ['n', 'median', 'p95', 'ratio'] as const;

/** The cells under `latencyColumns`. */
export function latencyCells(rounds: readonly (readonly number[])[], base: readonly (readonly number[])[]): string[] {
  const all = rounds.flat();
  return [
    count(all.length),
    milliseconds(median(all)),
    milliseconds(percentile(all, 0.95)),
    rounds === base ? '1' : times(ratioOf(rounds, base)),
  ];
}
