import { LRUCache } from 'lru-cache';

import { maxSeriesPoints } from '../../schema/sdl/field-costs.js';
import { InputError } from '../kit/graphql/errors.js';

/** A calendar day, `2017-08-07`. Days compare as strings. */
export type Day = string;

const dayMs = 24 * 60 * 60 * 1000;
let latest = { start: NaN, day: '' };

/** Today, in UTC. Every organisation of a page needs it, so it is written once a day. */
export function today(): Day {
  const now = Date.now();
  if (!(now >= latest.start && now < latest.start + dayMs))
    latest = { start: now - (now % dayMs), day: new Date(now).toISOString().slice(0, 10) };
  return latest.day;
}

/** Today where the day begins first, at UTC+14: a later day is in the future everywhere. */
export const latestToday = (): Day => new Date(Date.now() + 14 * 3_600_000).toISOString().slice(0, 10);

/** The day before. */
export const dayBefore = (day: Day): Day => {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
};

/** The last day that a date can express. */
const lastDay: Day = '9999-12-31';

/** The day after. Null after the last day that a date can express. */
export const dayAfter = (day: Day): Day | null => {
  if (day === lastDay) return null;
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
};

/** The same day some months later, or the last day of that month if it has no such day; never after `9999-12-31`. */
export function addMonths(day: Day, months: number): Day {
  const [year = 1, month = 1, dayOfMonth = 1] = day.split('-').map(Number);
  const later = year * 12 + month - 1 + months;
  const [laterYear, laterMonth] = [Math.floor(later / 12), later % 12];
  if (laterYear > 9999) return lastDay;
  const date = new Date(0);
  // Date.UTC would take the years before 100 for years of the last century.
  date.setUTCFullYear(laterYear, laterMonth + 1, 0);
  date.setUTCDate(Math.min(dayOfMonth, date.getUTCDate()));
  return date.toISOString().slice(0, 10);
}

/** The distance between two points of a series. */
export type Interval = 'MONTH' | 'QUARTER' | 'YEAR';

const monthsIn: Readonly<Record<Interval, number>> = { MONTH: 1, QUARTER: 3, YEAR: 12 };

/**
 * The days of a series: the first one, one every interval after it, and the last one.
 *
 * @throws InputError INVALID_ARGUMENT when the days run backwards or the series is too long.
 */
export function pointsBetween(from: Day, to: Day, interval: Interval): readonly Day[] {
  const key = `${from} ${to} ${interval}`;
  const known = knownSeries.get(key) ?? computePoints(from, to, interval);
  knownSeries.set(key, known);
  return known;
}

/** Each row of a list has the same series. */
const knownSeries = new LRUCache<string, readonly Day[]>({ max: 100 });

function computePoints(from: Day, to: Day, interval: Interval): Day[] {
  if (from > to) throw new InputError('INVALID_ARGUMENT', `\`from\` (${from}) is after \`to\` (${to}).`);
  const pointAt = (index: number): Day => addMonths(from, index * monthsIn[interval]);
  // Found without the points: the error is not kept, and each row of a list has it.
  if (pointAt(maxSeriesPoints - 1) < to) {
    throw new InputError(
      'INVALID_ARGUMENT',
      `The series has more than ${maxSeriesPoints} points. Choose a longer \`interval\` or a shorter period.`,
    );
  }
  const points: Day[] = [];
  for (let point = from; point < to; point = pointAt(points.length)) points.push(point);
  points.push(to);
  return points;
}
