import { today } from '../../shared/dates.js';
import { getStatus } from './consortium-status.js';
import type { OrganisationRow } from './rows.js';

/** A consortium with a status that its source showed on a day. */
const consortium = (
  status: OrganisationRow['status'],
  existed: Partial<Pick<OrganisationRow, 'startDate' | 'endDate' | 'ended'>> = {},
): OrganisationRow =>
  ({
    startDate: null,
    endDate: null,
    ended: null,
    status,
    statusProvenance: status && { observedOn: '2020-06-01' },
    ...existed,
  }) as OrganisationRow;

describe('the status of a consortium', () => {
  it.each([
    ['null if no source states it', consortium(null), '2026-01-01', null],
    ['ACTIVE since its founding', consortium('ACTIVE', { startDate: '2012-01-01' }), '2012-01-01', 'ACTIVE'],
    ['null before its founding', consortium('ACTIVE', { startDate: '2012-01-01' }), '2011-12-31', null],
    ['ACTIVE since it was observed if its founding is unknown', consortium('ACTIVE'), '2020-06-01', 'ACTIVE'],
    ['null before that', consortium('ACTIVE'), '2020-05-31', null],
    ['IN_DISSOLUTION since it was observed', consortium('IN_DISSOLUTION'), '2020-06-01', 'IN_DISSOLUTION'],
    [
      'null before it was observed to be in dissolution',
      consortium('IN_DISSOLUTION', { startDate: '2012-01-01' }),
      '2019-01-01',
      null,
    ],
    ['ENDED from its end on', consortium('IN_DISSOLUTION', { endDate: '2022-01-01' }), '2022-01-01', 'ENDED'],
    ['as it was the day before its end', consortium('ACTIVE', { endDate: '2022-01-01' }), '2021-12-31', 'ACTIVE'],
    ['ENDED today if it ended on an unknown day', consortium('ACTIVE', { ended: true }), today(), 'ENDED'],
    ['null in the past if it ended on an unknown day', consortium('ACTIVE', { ended: true }), '2021-01-01', null],
  ])('is %s', (_what, row, day, expected) => {
    expect(getStatus(row, day)).toBe(expected);
  });
});
