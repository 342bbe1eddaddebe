import type { Day, OrganisationRow } from './rows.js';

/** Today, in UTC. */
export const today = (): Day => new Date().toISOString().slice(0, 10);

/** The day before. */
export const dayBefore = (day: Day): Day => {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
};

/** The last day that a date can name. */
const lastDay: Day = '9999-12-31';

/** The same day so many months later, or the last of that month where it has no such day; never after the last day there is. */
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

/**
 * The day for which a question about a body is answered: the one asked for, else today, or the last day of a body that has
 * ended, so that its codes and memberships are still to be seen.
 */
export function dayFor(body: OrganisationRow, asOf: Day | null | undefined): Day {
  if (asOf != null) return asOf;
  const now = today();
  return body.endDate !== null && body.endDate <= now ? dayBefore(body.endDate) : now;
}
