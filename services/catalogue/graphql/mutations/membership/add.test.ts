import { at } from '../../../testing/test-catalogue.js';
import { failureCodes, declared, type TestPayload } from '../../../testing/mutation-fixtures.js';
import { expectRejection, useMutationCatalogue } from '../../../testing/use-mutation-catalogue.js';

const catalogue = useMutationCatalogue();

const membership = `membership { id revision role memberId consortiumId member { name } endReason
  during { start startPrecision end ended } provenance { source method assertedBy observedOn note } }`;

const base = {
  consortiumId: 'dk:consortium:l',
  memberId: 'dk:administration:c',
  role: 'MEMBER',
  during: { start: '2020-01-01' },
  provenance: { source: 'https://example.org/minutes' },
};
const admit = (overrides: Readonly<Record<string, unknown>>): Promise<TestPayload> =>
  catalogue.mutate('admitMember', { ...base, ...overrides }, membership);

it('admits a member, who is listed immediately', async () => {
  const before = await catalogue.feed();
  const payload = await catalogue.mutate(
    'admitMember',
    {
      ...base,
      during: { start: '2021-05-01', startPrecision: 'MONTH' },
      provenance: { ...declared, note: 'By telephone.' },
    },
    `${membership} auditEntry { mutation subject subjectId editor issuer reason before after }`,
  );
  expect(payload).toMatchObject({
    failures: [],
    membership: {
      revision: 1,
      role: 'MEMBER',
      memberId: 'dk:administration:c',
      member: { name: 'Cby' },
      consortiumId: 'dk:consortium:l',
      during: { start: '2021-05-01', startPrecision: 'MONTH', end: null, ended: null },
      provenance: { source: null, method: 'DECLARED', assertedBy: 'Kreds', note: 'By telephone.' },
    },
    auditEntry: {
      mutation: 'admitMember',
      subject: 'MEMBERSHIP',
      issuer: 'https://issuer.example',
      editor: 'catalogue_editor',
      reason: 'for a test',
      before: null,
      after: { memberId: 'dk:administration:c', startDate: '2021-05-01', role: 'MEMBER' },
    },
  });
  const id = String(at(payload, 'membership', 'id'));
  expect(id).toMatch(/^dk:membership:[0-9a-f-]{36}$/);
  expect(at(payload, 'auditEntry', 'subjectId')).toBe(id);
  expect(await catalogue.feed()).toEqual([...before, `UPSERT ${id}`]);
  const members =
    '{ denmark { organisation(id: "dk:consortium:l") { ... on DanishConsortium { members { nodes { id } } } } } }';
  expect(await catalogue.query(members)).toEqual({ denmark: { organisation: { members: { nodes: [{ id }] } } } });
});

it.each([
  [
    'a membership with neither a start nor a day of observation',
    { during: null },
    'INVALID_VALUE provenance observedOn',
  ],
  ['a period that runs backwards', { during: { start: '2020-01-01', end: '2019-01-01' } }, 'INVALID_VALUE during end'],
  [
    'a precision without a date',
    { during: { start: '2020-01-01', endPrecision: 'DAY' } },
    'INVALID_VALUE during endPrecision',
  ],
  ['no source', { provenance: {} }, 'INVALID_VALUE provenance source'],
  ['a consortium as its own member', { memberId: 'dk:consortium:l' }, 'INVALID_VALUE memberId'],
  ['an invalid id', { memberId: 'dk:administration:C!' }, 'INVALID_VALUE memberId'],
  ['an administration as the consortium', { consortiumId: 'dk:administration:a' }, 'INVALID_VALUE consortiumId'],
  ['an unknown member', { memberId: 'dk:administration:z' }, 'NOT_FOUND memberId'],
  ['an unknown consortium', { consortiumId: 'dk:consortium:z' }, 'NOT_FOUND consortiumId'],
  ['a member that has ended', { memberId: 'dk:administration:x' }, 'ENDED memberId'],
  ['a consortium that has ended', { consortiumId: 'dk:consortium:m' }, 'ENDED consortiumId'],
  ['a text that PostgreSQL cannot store', { endReason: 'a\0b' }, 'INVALID_VALUE endReason'],
  ['an empty reason', { reason: ' ' }, 'INVALID_VALUE reason'],
  ['an idempotency key that is too long', { idempotencyKey: 'k'.repeat(201) }, 'INVALID_VALUE idempotencyKey'],
])('rejects %s and writes nothing', async (_what, overrides, code) => {
  const payload = await expectRejection(catalogue, () => admit(overrides), code);
  expect(payload['membership']).toBeNull();
});

it('explains in the message what the input must contain', async () => {
  const { failures } = await admit({ during: null });
  expect(failures).toEqual([
    {
      code: 'INVALID_VALUE',
      field: ['provenance', 'observedOn'],
      message: '`provenance.observedOn` is required if start is empty: the membership counts from that day.',
    },
  ]);
});

it('admits a member of another country, whose existence it cannot check', async () => {
  const payload = await admit({ memberId: 'be:administration:25110' });
  expect(payload).toMatchObject({ failures: [], membership: { memberId: 'be:administration:25110', member: null } });
});

it('admits an organisation that has ended to a past membership', async () => {
  const during = { start: '2008-01-01', end: '2009-01-01' };
  expect(failureCodes(await admit({ memberId: 'dk:administration:x', during }))).toEqual([]);
});

describe('admitMember with other memberships of the same two organisations', () => {
  const k = { consortiumId: 'dk:consortium:k' };
  it.each([
    ['a', { during: { start: '2018-01-01' } }],
    ['a', { during: { start: '2025-01-01', end: '2026-01-01' } }],
    ['a', { during: { end: '2019-01-02' }, provenance: { ...declared, observedOn: '2018-12-31' } }],
    ['a', { during: null, provenance: { ...declared, observedOn: '2024-01-01' } }],
    ['b', { during: { start: '2013-12-31' } }],
  ])('rejects a membership of %s that overlaps one: %o', async (member, overrides) => {
    expect(failureCodes(await admit({ ...k, ...overrides, memberId: `dk:administration:${member}` }))).toEqual([
      'OVERLAP during',
    ]);
  });

  it('accepts a membership that begins when another one ends', async () => {
    const b = { ...k, memberId: 'dk:administration:b' };
    expect(failureCodes(await admit({ ...b, during: { start: '2014-01-01', end: '2016-01-01' } }))).toEqual([]);
    expect(failureCodes(await admit({ ...b, during: { start: '2011-01-01', end: '2012-01-01' } }))).toEqual([]);
    // A membership of zero days overlaps nothing.
    expect(failureCodes(await admit({ ...b, during: { start: '2018-01-01', end: '2018-01-01' } }))).toEqual([]);
    expect(failureCodes(await admit({ ...b, during: { start: '2017-01-01', end: '2019-01-01' } }))).toEqual([]);
  });

  it('admits a member once when several editors admit it at the same time', async () => {
    const both = { consortiumId: 'dk:consortium:k', memberId: 'dk:administration:c' };
    const payloads = await Promise.all(Array.from({ length: 8 }, () => admit(both)));
    expect(payloads.flatMap(failureCodes).sort()).toEqual(Array.from({ length: 7 }, () => 'OVERLAP during'));
    const rows = await catalogue.database.query(
      `SELECT FROM membership WHERE consortium_id = 'dk:consortium:k' AND member_id = 'dk:administration:c'`,
    );
    expect(rows).toHaveLength(1);
  });
});
