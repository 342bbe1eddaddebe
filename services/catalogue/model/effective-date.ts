import { type Day, dayBefore, today } from '../../shared/dates.js';
import type { OrganisationRow } from './rows.js';

/**
 * The day for which an organisation's data is shown: the requested one, else today, or the last day of an organisation that has
 * ended, so that its codes and memberships remain visible.
 */
export function getEffectiveDay(organisation: OrganisationRow, asOf: Day | null | undefined): Day {
  if (asOf != null) return asOf;
  const now = today();
  return organisation.endDate !== null && organisation.endDate <= now ? dayBefore(organisation.endDate) : now;
}
