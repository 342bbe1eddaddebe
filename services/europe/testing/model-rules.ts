import { type Organisation, type Span, worldCountries } from './world-rows.js';

type Key = readonly (string | number)[];

const compareKeys = (one: Key, other: Key): number => {
  const place = one.findIndex((value, index) => value !== other[index]);
  return place < 0 ? 0 : (one[place] ?? '') < (other[place] ?? '') ? -1 : 1;
};

export const byKey = <Row>(rows: readonly Row[], keyOf: (row: Row) => Key): Row[] =>
  [...rows].sort((one, other) => compareKeys(keyOf(one), keyOf(other)));

export const distinct = (values: readonly string[]): string[] => [...new Set(values)].sort();

const earliest = (days: readonly (string | null)[]): string | null =>
  days.filter((day) => day !== null).sort()[0] ?? null;
const latest = (days: readonly (string | null)[]): string | null =>
  days
    .filter((day) => day !== null)
    .sort()
    .at(-1) ?? null;

export const countryOf = (id: string): string => id.slice(0, 2).toUpperCase();
export const isFollowed = (country: string): boolean => worldCountries.some((code) => code === country);

/** Whether a number is known and in a range. */
export const isWithin = (
  value: number | null,
  min: number | null | undefined,
  max: number | null | undefined,
): boolean => value !== null && (min == null || value >= min) && (max == null || value <= max);

/** Whether an organisation exists on a day. */
export const exists = ({ start, end, ended }: Organisation, day: string): boolean =>
  (start === null || start <= day) && (end === null ? ended !== true : day < end);

/** Whether a relation counts on a day: from its start or observation on, never outside the existence of its organisations. */
export function counts(
  span: Span,
  isOver: boolean,
  organisations: readonly (Organisation | undefined)[],
  day: string,
): boolean {
  const from = latest([
    span.start ?? span.observedOn,
    ...organisations.map((organisation) => organisation?.start ?? null),
  ]);
  const until = earliest([
    span.end ?? (isOver || span.ended === true ? span.observedOn : null),
    ...organisations.map((organisation) => organisation?.end ?? null),
  ]);
  const isDated = (span.start ?? span.observedOn) !== null;
  return isDated && from !== null && from <= day && (until === null || day < until);
}
