import { at } from '../../../testing/test-catalogue.js';
import { administrator, failureCodes, declared, type TestPayload } from '../../../testing/mutation-fixtures.js';
import { expectRejection, useMutationCatalogue } from '../../../testing/use-mutation-catalogue.js';

const catalogue = useMutationCatalogue();

const n = {
  id: 'dk:consortium:n',
  kind: 'ASSOCIATION',
  names: [{ language: 'da', text: 'Nykreds' }],
  existed: { start: '2026-01-01' },
  openTo: { kinds: ['MUNICIPALITY'], nuts: ['DK'], description: [{ language: 'da', text: 'Alle' }] },
  provenance: { source: 'https://example.org/founding' },
};
const found = (overrides: Readonly<Record<string, unknown>> = {}): Promise<TestPayload> =>
  catalogue.mutate(
    'foundConsortium',
    { ...n, ...overrides },
    `consortium { id name revision legalForm existed { start end ended } openTo { kinds nuts description } identifiers { notation } }
    auditEntry { subject subjectId before after }`,
  );

it('inserts a consortium, which can admit members immediately', async () => {
  expect(
    await found({
      legalForm: 'Forening',
      identifiers: [{ scheme: 'DK_TEST', notation: 'N1' }],
      membersCompleteSince: '2026-01-01',
    }),
  ).toMatchObject({
    failures: [],
    consortium: {
      id: n.id,
      name: 'Nykreds',
      revision: 1,
      legalForm: 'Forening',
      existed: { start: '2026-01-01', end: null },
      openTo: { kinds: ['MUNICIPALITY'], nuts: ['DK'], description: 'Alle' },
      identifiers: [{ notation: 'N1' }],
    },
    auditEntry: { subject: 'CONSORTIUM', subjectId: n.id, before: null, after: { membersCompleteSince: '2026-01-01' } },
  });
  expect((await catalogue.feed()).at(-1)).toBe(`UPSERT ${n.id}`);
  const admitted = await catalogue.mutate('admitMember', {
    consortiumId: n.id,
    memberId: 'dk:administration:a',
    role: 'FOUNDER',
    during: { start: '2026-01-01' },
    provenance: declared,
  });
  expect(failureCodes(admitted)).toEqual([]);
});

it.each([
  ['an id that is taken', { id: 'dk:consortium:k' }, 'ALREADY_EXISTS id'],
  ['an id of an administration', { id: 'dk:administration:n' }, 'INVALID_VALUE id'],
  ['no name', { names: [] }, 'INVALID_VALUE names'],
  ['openness to no kind', { openTo: { kinds: [], nuts: ['DK'] } }, 'INVALID_VALUE openTo kinds'],
  [
    'an area within another one',
    { openTo: { kinds: ['PROVINCE'], nuts: ['DK', 'DK01'] } },
    'INVALID_VALUE openTo nuts',
  ],
  [
    'several areas in one value',
    { openTo: { kinds: ['PROVINCE'], nuts: ['DK01|DK02'] } },
    'INVALID_VALUE openTo nuts 0',
  ],
  [
    'a code of another organisation',
    { id: 'dk:consortium:o', identifiers: [{ scheme: 'DK_TEST', notation: 'A1' }] },
    'ALREADY_EXISTS identifiers 0 notation',
  ],
])('rejects %s and writes nothing', async (_what, overrides, code) => {
  await expectRejection(catalogue, () => found(overrides), code);
});

const register = { source: 'https://example.org/register', observedOn: '2026-02-01', note: 'Resolved to dissolve' };
const stateStatus = (overrides: Readonly<Record<string, unknown>> = {}): Promise<TestPayload> =>
  catalogue.mutate(
    'stateConsortiumStatus',
    {
      consortiumId: 'dk:consortium:l',
      expectedRevision: 1,
      status: 'IN_DISSOLUTION',
      provenance: register,
      ...overrides,
    },
    `consortium { revision status before: status(asOf: "2026-01-31") statusProvenance { source observedOn note } provenance { source } }
    auditEntry { subject subjectId before after }`,
    administrator,
  );

it('states the status of a consortium with a source of its own, and takes it back', async () => {
  const stated = await stateStatus();
  expect(stated).toMatchObject({
    failures: [],
    consortium: { revision: 2, status: 'IN_DISSOLUTION', before: null, statusProvenance: register },
    auditEntry: {
      subject: 'CONSORTIUM',
      subjectId: 'dk:consortium:l',
      before: { status: null },
      after: { status: 'IN_DISSOLUTION', statusProvenance: { source: register.source } },
    },
  });
  // The source of the other data stays.
  expect(at(stated, 'consortium', 'provenance', 'source')).toBe('https://example.org/');
  expect((await catalogue.feed()).at(-1)).toBe('UPSERT dk:consortium:l');
  expect(await stateStatus({ expectedRevision: 2, status: null })).toMatchObject({
    failures: [],
    consortium: { revision: 3, status: null, statusProvenance: null },
  });
});

it.each([
  ['an end', { status: 'ENDED' }, 'INVALID_VALUE status'],
  ['a status without the day on which it was shown', { provenance: declared }, 'INVALID_VALUE provenance observedOn'],
  ['a status without a source', { provenance: { observedOn: '2026-02-01' } }, 'INVALID_VALUE provenance source'],
  [
    'the status of a consortium that has ended',
    { consortiumId: 'dk:consortium:m', expectedRevision: 1 },
    'ENDED consortiumId',
  ],
  [
    'the status of an administration',
    { consortiumId: 'dk:administration:a', expectedRevision: 1 },
    'NOT_FOUND consortiumId',
  ],
  ['a revision that is not the current one', { expectedRevision: 7 }, 'REVISION_CONFLICT expectedRevision'],
])('rejects %s and does not change the status', async (_what, overrides, code) => {
  await expectRejection(catalogue, () => stateStatus({ expectedRevision: 3, ...overrides }), code);
});

it('closes a consortium, which admits no member after that day', async () => {
  const close = (overrides: object): Promise<TestPayload> =>
    catalogue.mutate(
      'closeConsortium',
      { consortiumId: 'dk:consortium:k', expectedRevision: 1, end: '2026-06-01', provenance: declared, ...overrides },
      'consortium { revision existed { end ended } } auditEntry { subject }',
      administrator,
    );
  expect(failureCodes(await close({ consortiumId: 'dk:administration:a' }))).toEqual(['NOT_FOUND consortiumId']);
  expect(failureCodes(await close({ consortiumId: 'dk:consortium:m' }))).toEqual(['ENDED consortiumId']);
  // An admission at the same time either comes first or is rejected.
  const admitting = catalogue.mutate('admitMember', {
    consortiumId: 'dk:consortium:k',
    memberId: 'dk:administration:c',
    role: 'MEMBER',
    during: { start: '2026-07-01' },
    provenance: declared,
  });
  const [closed, admitted] = await Promise.all([close({}), admitting]);
  expect(closed).toMatchObject({
    failures: [],
    consortium: { revision: 2, existed: { end: '2026-06-01', ended: true } },
    auditEntry: { subject: 'CONSORTIUM' },
  });
  expect([[], ['ENDED consortiumId']]).toContainEqual(failureCodes(admitted));
  const members = `{ denmark { organisation(id: "dk:consortium:k") { ... on DanishConsortium {
    members(asOf: "2026-07-01") { totalCount } } } } }`;
  expect(at(await catalogue.query(members), 'denmark', 'organisation', 'members', 'totalCount')).toBe(0);
});
