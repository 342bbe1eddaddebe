import type { Day } from '../shared/dates.js';

/** By how much a figure changes on some days, which are in order. */
interface Series {
  readonly days: readonly Day[];
  readonly changes: readonly number[];
}

/** The sum of all changes up to each of some days, which are in order. */
export function sumUpToDays(series: readonly Series[], days: readonly Day[]): number[] {
  const sums = days.map(() => 0);
  for (const { days: changed, changes } of series) {
    let [next, sum] = [0, 0];
    for (const [index, day] of days.entries()) {
      for (let on = changed[next]; on !== undefined && on <= day; on = changed[next]) {
        sum += changes[next] ?? 0;
        next += 1;
      }
      sums[index] = (sums[index] ?? 0) + sum;
    }
  }
  return sums;
}
