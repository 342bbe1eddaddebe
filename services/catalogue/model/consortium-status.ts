import { type Day, today } from '../../shared/dates.js';
import type { ConsortiumStatus } from '../generated/resolver-types.js';
import type { OrganisationRow } from './rows.js';

/**
 * The status of a consortium on a day, null if it is not known. One that is active has been so since it was founded; that one is in
 * dissolution is known from the day on which it was observed.
 */
export function getStatus(
  { startDate, endDate, ended, status, statusProvenance }: OrganisationRow,
  day: Day,
): ConsortiumStatus | null {
  if (endDate !== null && endDate <= day) return 'ENDED';
  // It ended on an unknown day, which is in the past.
  if (endDate === null && ended === true) return day >= today() ? 'ENDED' : null;
  const observedOn = statusProvenance?.observedOn ?? null;
  const since = status === 'ACTIVE' ? (startDate ?? observedOn) : observedOn;
  return since !== null && since <= day && (startDate === null || startDate <= day) ? status : null;
}
