import { findPortalReadiness, type StatedForPortal } from './portal-readiness.js';

const nothing: StatedForPortal = {
  licence: null,
  dependsOn: [],
  exceptionGrounds: [],
  maintenance: null,
  maintainedUntil: null,
  developmentStatus: null,
};

const find = (stated: Partial<StatedForPortal>) =>
  Object.fromEntries(
    findPortalReadiness({ ...nothing, ...stated }, '2026-06-01').map(({ criterion, answer, because }) => [
      criterion,
      `${answer} ${because}`,
    ]),
  );

const unknown = 'UNKNOWN NOT_STATED';

it('a record that states nothing leaves every criterion unknown', () => {
  expect(find({})).toEqual({
    NO_THIRD_PARTY_RIGHTS: unknown,
    NO_CONFIDENTIAL_DATA: unknown,
    ALIGNED: unknown,
    LICENSED_FOR_REUSE: unknown,
    MAINTAINED: unknown,
  });
});

it.each<[Partial<StatedForPortal>, string, string]>([
  [{ licence: 'EUPL-1.2' }, 'YES OPEN_LICENCE', 'YES OPEN_LICENCE'],
  [{ licence: 'LicenseRef-own' }, 'UNKNOWN OTHER_LICENCE', 'UNKNOWN OTHER_LICENCE'],
  [
    { licence: 'MIT', dependsOn: [{ kind: 'PROPRIETARY', optional: null }] },
    'UNKNOWN PROPRIETARY_DEPENDENCY',
    'YES OPEN_LICENCE',
  ],
  [{ licence: 'MIT', dependsOn: [{ kind: 'PROPRIETARY', optional: true }] }, 'YES OPEN_LICENCE', 'YES OPEN_LICENCE'],
  [{ licence: 'MIT', dependsOn: [{ kind: 'OPEN', optional: false }] }, 'YES OPEN_LICENCE', 'YES OPEN_LICENCE'],
  [{ licence: 'MIT', exceptionGrounds: [null, 'THIRD_PARTY_RIGHTS'] }, 'NO EXCEPTION', 'YES OPEN_LICENCE'],
])('%j: third parties %s, licence %s', (stated, rights, licence) => {
  expect(find(stated)).toMatchObject({ NO_THIRD_PARTY_RIGHTS: rights, LICENSED_FOR_REUSE: licence });
});

it('a solution that is not shared for reasons of security may contain confidential information', () => {
  expect(find({ exceptionGrounds: ['SECURITY'] })['NO_CONFIDENTIAL_DATA']).toBe('UNKNOWN EXCEPTION');
  expect(find({ exceptionGrounds: ['PUBLIC_TASK'] })['NO_CONFIDENTIAL_DATA']).toBe(unknown);
});

it.each<[Partial<StatedForPortal>, string]>([
  [{ maintenance: 'INTERNAL' }, 'YES MAINTAINED'],
  [{ maintenance: 'INTERNAL', developmentStatus: 'OBSOLETE' }, 'NO NOT_MAINTAINED'],
  [{ maintenance: 'CONTRACT', maintainedUntil: '2026-06-01' }, 'YES MAINTAINED'],
  [{ maintenance: 'CONTRACT', maintainedUntil: '2026-05-31' }, 'NO NOT_MAINTAINED'],
  [{ maintenance: 'CONTRACT' }, unknown],
  [{ maintenance: 'COMMUNITY' }, 'UNKNOWN VOLUNTEERS'],
  [{ maintenance: 'NONE' }, 'NO NOT_MAINTAINED'],
])('%j: maintenance %s', (stated, expected) => {
  expect(find(stated)['MAINTAINED']).toBe(expected);
});
