import { type Day, dayBefore, today } from '../../shared/dates.js';
import type { OrganisationRow } from './rows.js';

/**
 * The day for which a question about a body is answered: the one asked for, else today, or the last day of a body that has
 * ended, so that its codes and memberships are still to be seen.
 */
export function getEffectiveDay(body: OrganisationRow, asOf: Day | null | undefined): Day {
  if (asOf != null) return asOf;
  const now = today();
  return body.endDate !== null && body.endDate <= now ? dayBefore(body.endDate) : now;
}
