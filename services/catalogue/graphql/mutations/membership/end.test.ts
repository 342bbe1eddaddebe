import { at, listAt } from '../../../testing/test-catalogue.js';
import { failureCodes, declared, editorOfK, type TestPayload } from '../../../testing/mutation-fixtures.js';
import { expectRejection, useMutationCatalogue } from '../../../testing/use-mutation-catalogue.js';

let unended: string;
const catalogue = useMutationCatalogue(undefined, async () => {
  unended = await addMember('f');
});

const membership = `membership { id revision role endReason during { start end endPrecision ended }
  provenance { source method observedOn } } auditEntry { before after }`;
const end = (overrides: Readonly<Record<string, unknown>>): Promise<TestPayload> =>
  catalogue.mutate(
    'endMembership',
    { consortiumId: 'dk:consortium:k', expectedRevision: 1, end: '2026-01-01', provenance: declared, ...overrides },
    membership,
    editorOfK,
  );

/** Makes another organisation a member of K since 2019. */
async function addMember(organisation: string): Promise<string> {
  const id = `dk:membership:k-${organisation}`;
  await catalogue.database.query(
    `INSERT INTO membership (id, consortium_id, member_id, role, start_date, start_precision, provenance)
    VALUES ($1, 'dk:consortium:k', $2, 'MEMBER', '2019-01-01', 'DAY', '{"source": "https://example.org/"}')`,
    [id, `dk:administration:${organisation}`],
  );
  return id;
}

it('ends a membership and keeps its other values', async () => {
  const payload = await end({ membershipId: 'dk:membership:k-a', endPrecision: 'YEAR', endReason: 'It withdrew.' });
  expect(payload).toMatchObject({
    failures: [],
    membership: {
      revision: 2,
      role: 'MEMBER',
      endReason: 'It withdrew.',
      during: { start: '2019-01-01', end: '2026-01-01', endPrecision: 'YEAR', ended: true },
      provenance: { source: null, method: 'DECLARED' },
    },
    auditEntry: {
      before: { endDate: null, revision: 1, provenance: { source: 'https://example.org/' } },
      after: { endDate: '2026-01-01', revision: 2 },
    },
  });
  expect((await catalogue.feed()).at(-1)).toBe('UPSERT dk:membership:k-a');
  expect(failureCodes(await end({ membershipId: 'dk:membership:k-a', expectedRevision: 2 }))).toEqual([
    'ENDED membershipId',
  ]);
});

it('rejects an outdated revision, and names both revisions', async () => {
  const membershipId = await addMember('c');
  const before = await catalogue.countAuditEntries();
  // A change by an import counts as well.
  await catalogue.database.query(`UPDATE membership SET role = 'BOARD' WHERE id = $1`, [membershipId]);
  const { failures } = await end({ membershipId });
  expect(failures).toEqual([
    {
      code: 'REVISION_CONFLICT',
      field: ['expectedRevision'],
      message: 'dk:membership:k-c is at revision 2, not 1: someone has changed it. Read it again before you change it.',
    },
  ]);
  expect(await catalogue.countAuditEntries()).toBe(before);
  expect(failureCodes(await end({ membershipId, expectedRevision: 2 }))).toEqual([]);
});

it('ends a membership once when several editors end it at the same time', async () => {
  const membershipId = await addMember('e');
  const payloads = await Promise.all([1, 2, 3, 4, 5].map((day) => end({ membershipId, end: `2026-01-0${day}` })));
  expect(payloads.flatMap(failureCodes)).toEqual(Array.from({ length: 4 }, () => 'REVISION_CONFLICT expectedRevision'));
  const done = payloads.find((payload) => payload['membership'] !== null);
  const query = `SELECT end_date AS "end", revision FROM membership WHERE id = $1`;
  expect(await catalogue.database.query(query, [membershipId])).toEqual([
    { end: at(done, 'membership', 'during', 'end'), revision: 2 },
  ]);
});

it.each([
  ['an end before its start', {}, 'INVALID_VALUE end'],
  ['an unknown membership', { membershipId: 'dk:membership:none' }, 'NOT_FOUND membershipId'],
  ['a membership in another consortium', { membershipId: 'dk:membership:l-a' }, 'NOT_FOUND membershipId'],
  ['no source', { provenance: {} }, 'INVALID_VALUE provenance source'],
])('rejects %s and writes nothing', async (_what, overrides, code) => {
  await catalogue.database.query(
    `INSERT INTO membership (id, consortium_id, member_id, role, start_date, start_precision, provenance)
    VALUES ('dk:membership:l-a', 'dk:consortium:l', 'dk:administration:a', 'MEMBER', '2019-01-01', 'DAY', '{}')
    ON CONFLICT (id) DO NOTHING`,
  );
  await expectRejection(catalogue, () => end({ membershipId: unended, end: '2018-12-31', ...overrides }), code);
});

it('lets a membership without a start date count from the day on which it was observed', async () => {
  const membershipId = await addMember('g');
  await catalogue.database.query(
    `UPDATE membership SET start_date = NULL, start_precision = NULL, observed_on = '2017-08-07' WHERE id = $1`,
    [membershipId],
  );
  const payload = await end({
    membershipId,
    expectedRevision: 2,
    provenance: { ...declared, observedOn: '2025-12-01' },
  });
  expect(at(payload, 'membership', 'provenance', 'observedOn')).toBe('2017-08-07');
  const memberships = (asOf: string): string =>
    `{ denmark { organisation(id: "dk:administration:g") { memberships(asOf: "${asOf}") { id } } } }`;
  for (const [day, count] of [
    ['2017-08-06', 0],
    ['2017-08-07', 1],
    ['2025-12-31', 1],
    ['2026-01-01', 0],
  ] as const) {
    expect(listAt(await catalogue.query(memberships(day)), 'denmark', 'organisation', 'memberships')).toHaveLength(
      count,
    );
  }
});
