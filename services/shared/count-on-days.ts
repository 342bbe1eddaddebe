import type { Day } from './dates.js';

/** When a row of a `counted_…` view counts: see `countsOn`. */
export interface CountedSpan {
  readonly from: Day;
  readonly until: Day | null;
}

/**
 * Counts the different values among the rows that count on each of some days, which are in order. The rows are visited once, and
 * not for each day.
 */
export function countOnDays<Row extends CountedSpan>(
  rows: readonly Row[],
  getValue: (row: Row) => string,
  days: readonly Day[],
): number[] {
  const counting = rows.filter(({ from, until }) => until === null || from < until);
  const starts = [...counting].sort((one, other) => compare(one.from, other.from));
  const ends = counting
    .flatMap((row) => (row.until === null ? [] : [{ value: getValue(row), until: row.until }]))
    .sort((one, other) => compare(one.until, other.until));
  const rowsByValue = new Map<string, number>();
  let [started, ended] = [0, 0];
  return days.map((day) => {
    for (let row = starts[started]; row && row.from <= day; row = starts[started]) {
      const value = getValue(row);
      rowsByValue.set(value, (rowsByValue.get(value) ?? 0) + 1);
      started += 1;
    }
    for (let end = ends[ended]; end && end.until <= day; end = ends[ended]) {
      const left = (rowsByValue.get(end.value) ?? 0) - 1;
      if (left > 0) rowsByValue.set(end.value, left);
      else rowsByValue.delete(end.value);
      ended += 1;
    }
    return rowsByValue.size;
  });
}

const compare = (one: Day, other: Day): number => (one < other ? -1 : one > other ? 1 : 0);
