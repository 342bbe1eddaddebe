import { at } from '../../../testing/test-catalogue.js';
import { failureCodes, declared, type TestPayload } from '../../../testing/mutation-fixtures.js';
import { expectRejection, useMutationCatalogue } from '../../../testing/use-mutation-catalogue.js';

const catalogue = useMutationCatalogue();

const ofA = {
  consortiumId: 'dk:consortium:k',
  membershipId: 'dk:membership:k-a',
  role: 'FOUNDER',
  during: { start: '2018-01-01', startPrecision: 'YEAR' },
  provenance: declared,
};
const correct = async (overrides: Readonly<Record<string, unknown>> = {}): Promise<TestPayload> =>
  catalogue.mutate(
    'correctMembership',
    { ...ofA, expectedRevision: await revision(), ...overrides },
    `membership { id revision role memberId endReason during { start startPrecision end ended } provenance { assertedBy } }
    auditEntry { mutation before after }`,
  );

/** The current revision. */
async function revision(): Promise<number> {
  const query = `SELECT revision FROM membership WHERE id = 'dk:membership:k-a'`;
  return (await catalogue.database.query<{ revision: number }>(query))[0]?.revision ?? 0;
}

it('replaces the values of a membership and keeps the former ones in the audit trail', async () => {
  expect(await correct()).toMatchObject({
    failures: [],
    membership: {
      id: 'dk:membership:k-a',
      revision: 2,
      memberId: 'dk:administration:a',
      role: 'FOUNDER',
      during: { start: '2018-01-01', startPrecision: 'YEAR', end: null, ended: null },
      provenance: { assertedBy: 'Kreds' },
    },
    auditEntry: {
      mutation: 'correctMembership',
      before: { role: 'MEMBER', startDate: '2019-01-01', startPrecision: 'DAY' },
      after: { role: 'FOUNDER', startDate: '2018-01-01', startPrecision: 'YEAR' },
    },
  });
  expect((await catalogue.feed()).at(-1)).toBe('UPSERT dk:membership:k-a');
});

it('clears omitted values, and can reopen a membership that has ended', async () => {
  await catalogue.database.query(
    `UPDATE membership SET end_date = '2020-01-01', end_precision = 'DAY', ended = true, end_reason = 'x' WHERE id = $1`,
    ['dk:membership:k-a'],
  );
  expect(await correct()).toMatchObject({
    failures: [],
    membership: { endReason: null, during: { end: null, ended: null } },
  });
});

it('can give a mistaken membership a period of zero days, so that it never counts', async () => {
  const never = { during: { start: '2019-01-01', end: '2019-01-01' }, endReason: 'Entered by mistake.' };
  expect(failureCodes(await correct(never))).toEqual([]);
  const members = `{ denmark { organisation(id: "dk:consortium:k") { ... on DanishConsortium {
    members(asOf: "2019-01-01") { totalCount } } } } }`;
  expect(at(await catalogue.query(members), 'denmark', 'organisation', 'members', 'totalCount')).toBe(0);
});

it.each([
  ['an outdated revision', { expectedRevision: 77 }, 'REVISION_CONFLICT expectedRevision'],
  ['a membership of another consortium', { consortiumId: 'dk:consortium:l' }, 'NOT_FOUND membershipId'],
  ['a period that runs backwards', { during: { start: '2020-01-01', end: '2019-01-01' } }, 'INVALID_VALUE during end'],
  ['a membership with neither a start nor a day of observation', { during: {} }, 'INVALID_VALUE provenance observedOn'],
])('rejects %s and writes nothing', async (_what, overrides, code) => {
  await expectRejection(catalogue, () => correct(overrides), code);
});

it('rejects an overlap of two memberships that are corrected at the same time', async () => {
  const earlier = { expectedRevision: 1, consortiumId: 'dk:consortium:k', provenance: declared, role: 'MEMBER' };
  await catalogue.mutate('admitMember', {
    consortiumId: 'dk:consortium:k',
    memberId: 'dk:administration:b',
    role: 'MEMBER',
    during: { start: '2016-01-01' },
    provenance: declared,
  });
  const [{ id } = { id: '' }] = await catalogue.database.query<{ id: string }>(
    `SELECT id FROM membership WHERE member_id = 'dk:administration:b' AND end_date IS NULL`,
  );
  // Either of the two memberships alone could fill the gap between them.
  const payloads = await Promise.all([
    catalogue.mutate('correctMembership', {
      ...earlier,
      membershipId: 'dk:membership:k-b',
      during: { start: '2012-01-01', end: '2015-06-01' },
    }),
    catalogue.mutate('correctMembership', { ...earlier, membershipId: id, during: { start: '2014-06-01' } }),
  ]);
  expect(payloads.flatMap(failureCodes)).toEqual(['OVERLAP during']);
});
