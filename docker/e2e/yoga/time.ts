import { refuse } from './refuse.js';
import type { Day, Organisation, Period, Provenance } from './types.js';

export const today = (): Day => new Date().toISOString().slice(0, 10);

/** Whether a half-open period holds a day. What ended nobody knows when is over. */
export const holds = ({ start, end, ended }: Period, day: Day): boolean =>
  (start === null || start <= day) && (end === null ? ended !== true : day < end);

/** The day asked for, else today, or the last day of a body that has ended. */
export function dayFor({ existed: { end } }: Pick<Organisation, 'existed'>, asOf: Day | null | undefined): Day {
  if (asOf != null) return asOf;
  return end !== null && end <= today() ? dayBefore(end) : today();
}

const dayBefore = (day: Day): Day => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);

/** Something that is said of bodies for a time. */
interface Statement {
  readonly during: Period;
  readonly provenance: Provenance;
}

/**
 * Whether a statement counts on a day: from the day it was observed where nobody recorded its start, until the day its end was
 * observed where nobody dated that, and only while all concerned exist.
 */
export function countsOn({ during, provenance }: Statement, lifetimes: readonly Period[], day: Day): boolean {
  const start = during.start ?? provenance.observedOn;
  const observedEnd = during.ended === true ? (provenance.observedOn ?? start) : null;
  const own = { ...during, start, end: during.end ?? observedEnd };
  return start !== null && [own, ...lifetimes].every((period) => holds(period, day));
}

const monthsIn: Readonly<Record<string, number>> = { MONTH: 1, QUARTER: 3, YEAR: 12 };
const mostPoints = 500;

/** The first day, one every interval after it, and the last. */
export function pointsBetween(from: Day, to: Day, interval: string): Day[] {
  if (from > to) throw refuse('INVALID_ARGUMENT', `\`from\` (${from}) is after \`to\` (${to}).`);
  const points: Day[] = [];
  for (let point = from; point < to && points.length < mostPoints;) {
    points.push(point);
    point = addMonths(from, points.length * (monthsIn[interval] ?? 12));
  }
  if (points.length < mostPoints) return [...points, to];
  throw refuse('INVALID_ARGUMENT', `That would be more than ${mostPoints} points. Take a longer \`interval\`.`);
}

function addMonths(day: Day, months: number): Day {
  const date = new Date(day);
  const dayOfMonth = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + months, 1);
  const lastOfMonth = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(dayOfMonth, lastOfMonth));
  return date.getUTCFullYear() > 9999 ? '9999-12-31' : date.toISOString().slice(0, 10);
}
