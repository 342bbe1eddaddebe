import type { Day } from './dates.js';

/** When a row of a `counted_…` view counts: see `countsOn`. */
export interface CountedSpan {
  readonly from: Day;
  readonly until: Day | null;
}

/** When a value counts, or several that count in the same span. */
export interface CountedValues extends CountedSpan {
  /** Null: values that have no other span. */
  readonly value: string | null;
  /** How many values they are. */
  readonly values: number;
}

/**
 * Counts the different values that count on each of some days, which are in order. The spans are visited once, and not for each
 * day.
 */
export function countOnDays(spans: readonly CountedValues[], days: readonly Day[]): number[] {
  const counting = spans.filter(({ from, until }) => until === null || from < until);
  const starts = [...counting].sort((one, other) => compare(one.from, other.from));
  const ends = counting
    .flatMap(({ until, ...span }) => (until === null ? [] : [{ ...span, until }]))
    .sort((one, other) => compare(one.until, other.until));
  const spansByValue = new Map<string, number>();
  let single = 0;
  let [started, ended] = [0, 0];
  return days.map((day) => {
    for (let span = starts[started]; span && span.from <= day; span = starts[started]) {
      if (span.value === null) single += span.values;
      else spansByValue.set(span.value, (spansByValue.get(span.value) ?? 0) + 1);
      started += 1;
    }
    for (let end = ends[ended]; end && end.until <= day; end = ends[ended]) {
      if (end.value === null) single -= end.values;
      else {
        const left = (spansByValue.get(end.value) ?? 0) - 1;
        if (left > 0) spansByValue.set(end.value, left);
        else spansByValue.delete(end.value);
      }
      ended += 1;
    }
    return single + spansByValue.size;
  });
}

const compare = (one: Day, other: Day): number => (one < other ? -1 : one > other ? 1 : 0);
