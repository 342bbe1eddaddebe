import { today } from '../../shared/dates.js';
import { getEffectiveDay } from './effective-date.js';
import type { OrganisationRow } from './rows.js';

it('the effective day of an organisation that has ended is its last one, unless a day is requested', () => {
  const organisation = (endDate: string | null): OrganisationRow => ({ endDate }) as OrganisationRow;
  expect(getEffectiveDay(organisation('2015-07-01'), null)).toBe('2015-06-30');
  expect(getEffectiveDay(organisation('2015-07-01'), '2020-01-01')).toBe('2020-01-01');
  expect(getEffectiveDay(organisation('9999-01-01'), null)).toBe(today());
  expect(getEffectiveDay(organisation(null), undefined)).toBe(today());
});
