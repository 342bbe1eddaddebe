import { at } from '../../../testing/test-catalogue.js';
import { failureCodes, editorOfA, tables, type TestPayload } from '../../../testing/mutation-fixtures.js';
import { expectRejection, useMutationCatalogue } from '../../../testing/use-mutation-catalogue.js';

const catalogue = useMutationCatalogue({
  ...tables,
  'adoptions.csv': [
    'id,administration,group,address,status,start,end,version,raw_name,match_confidence,observed_on,source',
    'dk:adoption:a-meet,dk:administration:a,,github.com/kreds/meet,IN_PRODUCTION,2019-01-01,,1.0,Aby Kommune,0.9,,s',
    'dk:adoption:a-past,dk:administration:a,,github.com/kreds/past,ENDED,2016-01-01,,,,,2017-01-01,s',
    'dk:adoption:a-seen,dk:administration:a,,github.com/kreds/seen,DECLARED,,,,,,2020-01-01,s',
    'dk:adoption:b-meet,dk:administration:b,,github.com/kreds/meet,PILOT,2019-01-01,,,,,,s',
    'dk:adoption:many,,Several,github.com/kreds/meet,DECLARED,,,,,,2020-01-01,s',
  ],
});

const provenance = { source: 'https://example.org/minutes', observedOn: '2024-01-01' };
const fields = `adoption { id revision administrationId group solutionAddress status version rawName matchConfidence
  during { start startPrecision end endPrecision ended } provenance { observedOn } }
  auditEntry { mutation subject subjectId before after }`;
const record = (overrides: object, editor = editorOfA): Promise<TestPayload> =>
  catalogue.mutate(
    'recordAdoption',
    {
      administrationId: 'dk:administration:a',
      solutionAddress: 'https://github.com/Kreds/New',
      status: 'IN_PRODUCTION',
      during: { start: '2024-01-01' },
      provenance,
      ...overrides,
    },
    fields,
    editor,
  );
const end = (overrides: object): Promise<TestPayload> =>
  catalogue.mutate(
    'endAdoption',
    {
      administrationId: 'dk:administration:a',
      adoptionId: 'dk:adoption:a-meet',
      expectedRevision: 1,
      end: '2025-07-01',
      provenance,
      ...overrides,
    },
    fields,
  );

/** The addresses of the solutions that A uses on a day. */
const usedOn = async (day: string): Promise<unknown> =>
  (
    at(
      await catalogue.query(
        `{ denmark { organisation(id: "dk:administration:a") { ... on DanishAdministration {
          adoptions(asOf: "${day}") { nodes { solutionAddress } } } } } }`,
      ),
      'denmark',
      'organisation',
      'adoptions',
      'nodes',
    ) as { solutionAddress: string }[]
  ).map(({ solutionAddress }) => solutionAddress);

describe('recordAdoption', () => {
  it('inserts an adoption, which counts from its start', async () => {
    const payload = await record({ version: '2.0', during: { start: '2024-03-01', startPrecision: 'SEASON' } });
    const id = at(payload, 'adoption', 'id');
    expect(payload).toMatchObject({
      failures: [],
      adoption: {
        administrationId: 'dk:administration:a',
        solutionAddress: 'github.com/kreds/new',
        status: 'IN_PRODUCTION',
        version: '2.0',
        rawName: null,
        during: { start: '2024-03-01', startPrecision: 'SEASON', end: null },
      },
      auditEntry: { mutation: 'recordAdoption', subject: 'ADOPTION', subjectId: id, before: null },
    });
    expect(await catalogue.feed()).toContain(`UPSERT ${String(id)}`);
    expect(await usedOn('2024-03-01')).toContain('github.com/kreds/new');
  });

  it.each([
    ['an adoption that overlaps one', { solutionAddress: 'github.com/kreds/meet' }, 'OVERLAP during'],
    ['an adoption without a user', { administrationId: null }, 'INVALID_VALUE administrationId'],
    ['an unknown user', { administrationId: 'dk:administration:z' }, 'NOT_FOUND administrationId'],
    ['a consortium as the user', { administrationId: 'dk:consortium:k' }, 'INVALID_VALUE administrationId'],
    ['a user that has ended', { administrationId: 'dk:administration:x' }, 'ENDED administrationId'],
    ['an invalid solution address', { solutionAddress: 'something' }, 'INVALID_VALUE solutionAddress'],
    [
      'an adoption with neither a start nor a day of observation',
      { during: null, provenance: { source: provenance.source } },
      'INVALID_VALUE provenance observedOn',
    ],
    ['no source', { provenance: {} }, 'INVALID_VALUE provenance source'],
  ])('rejects %s and writes nothing', async (_what, overrides, code) => {
    const input = {
      administrationId: 'dk:administration:a',
      solutionAddress: 'github.com/kreds/other',
      status: 'IN_PRODUCTION',
      during: { start: '2024-01-01' },
      provenance,
      ...overrides,
    };
    await expectRejection(catalogue, () => catalogue.mutate('recordAdoption', input), code);
  });

  it('accepts another adoption of the same solution with another status, or after one that has ended', async () => {
    expect(failureCodes(await record({ solutionAddress: 'github.com/kreds/meet', status: 'AGREEMENT' }))).toEqual([]);
    expect(failureCodes(await record({ solutionAddress: 'github.com/kreds/past', status: 'ENDED' }))).toEqual([]);
  });

  it('accepts a group, or a user in another country, from a catalogue editor', async () => {
    const write = (overrides: object): Promise<TestPayload> =>
      catalogue.mutate(
        'recordAdoption',
        { solutionAddress: 'github.com/kreds/new', status: 'DECLARED', provenance, ...overrides },
        fields,
      );
    expect(await write({ group: 'Five towns' })).toMatchObject({ failures: [], adoption: { group: 'Five towns' } });
    expect(failureCodes(await write({ administrationId: 'be:administration:25110' }))).toEqual([]);
  });

  it('inserts an adoption once when several editors record it at the same time', async () => {
    const payloads = await Promise.all(
      Array.from({ length: 6 }, () => record({ solutionAddress: 'github.com/kreds/once' })),
    );
    expect(payloads.flatMap(failureCodes)).toEqual(Array(5).fill('OVERLAP during'));
  });
});

describe('endAdoption', () => {
  it.each([
    ['an unknown adoption', { adoptionId: 'dk:adoption:none' }, 'NOT_FOUND adoptionId'],
    ['an adoption of another user', { adoptionId: 'dk:adoption:b-meet' }, 'NOT_FOUND adoptionId'],
    ['an adoption of a group', { adoptionId: 'dk:adoption:many' }, 'NOT_FOUND adoptionId'],
    ['an adoption that has ended', { adoptionId: 'dk:adoption:a-past' }, 'ENDED adoptionId'],
    ['an outdated revision', { expectedRevision: 7 }, 'REVISION_CONFLICT expectedRevision'],
    ['an end before the start', { end: '2018-01-01' }, 'INVALID_VALUE end'],
    ['no source', { end: '2025-07-02', endPrecision: 'MONTH', provenance: {} }, 'INVALID_VALUE provenance source'],
  ])('rejects %s and writes nothing', async (_what, overrides, code) => {
    await expectRejection(catalogue, () => end(overrides), code);
  });

  it('ends an adoption and keeps its other values', async () => {
    const payload = await end({ endPrecision: 'MONTH' });
    expect(payload).toMatchObject({
      failures: [],
      adoption: {
        revision: 2,
        status: 'IN_PRODUCTION',
        version: '1.0',
        rawName: 'Aby Kommune',
        matchConfidence: 0.9,
        during: { start: '2019-01-01', end: '2025-07-01', endPrecision: 'MONTH', ended: true },
      },
      auditEntry: { mutation: 'endAdoption', before: { endDate: null }, after: { endDate: '2025-07-01' } },
    });
    expect(failureCodes(await end({ expectedRevision: 2 }))).toEqual(['ENDED adoptionId']);
  });

  it('lets an adoption without a start date count from the day on which it was observed', async () => {
    const payload = await end({ adoptionId: 'dk:adoption:a-seen' });
    expect(payload).toMatchObject({ failures: [], adoption: { provenance: { observedOn: '2020-01-01' } } });
    expect(await usedOn('2023-01-01')).toContain('github.com/kreds/seen');
    expect(await usedOn('2025-07-01')).not.toContain('github.com/kreds/seen');
  });

  it('ends the adoption of a group without an administration id', async () => {
    expect(failureCodes(await end({ adoptionId: 'dk:adoption:many', administrationId: null }))).toEqual([]);
  });
});
