import type { Day, OrganisationRow } from './rows.js';

/** Today, in UTC. */
export const today = (): Day => new Date().toISOString().slice(0, 10);

/** The day before. */
export const dayBefore = (day: Day): Day => {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
};

/** The same day so many months later, or the last of that month where it has no such day. */
export function addMonths(day: Day, months: number): Day {
  const [year = 0, month = 1, dayOfMonth = 1] = day.split('-').map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(dayOfMonth, lastOfMonth))).toISOString().slice(0, 10);
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
