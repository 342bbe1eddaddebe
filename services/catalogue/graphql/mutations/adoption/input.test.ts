import { at } from '../../../testing/test-catalogue.js';
import {
  codesOf,
  editorOfA,
  startWrittenCatalogue,
  tables,
  type TestPayload,
  type WrittenCatalogue,
} from '../../../testing/mutation-fixtures.js';

let catalogue: WrittenCatalogue;
beforeAll(async () => {
  catalogue = await startWrittenCatalogue({
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
});
afterAll(() => catalogue.close());

const provenance = { source: 'https://example.org/minutes', observedOn: '2024-01-01' };
const fields = `adoption { id revision administrationId group solutionAddress status version rawName matchConfidence
  during { start startPrecision end endPrecision ended } provenance { observedOn } }
  auditEntry { mutation subject subjectId before after }`;
const record = (given: object, editor = editorOfA): Promise<TestPayload> =>
  catalogue.write(
    'recordAdoption',
    {
      administrationId: 'dk:administration:a',
      solutionAddress: 'https://github.com/Kreds/New',
      status: 'IN_PRODUCTION',
      during: { start: '2024-01-01' },
      provenance,
      ...given,
    },
    fields,
    editor,
  );
const end = (given: object): Promise<TestPayload> =>
  catalogue.write(
    'endAdoption',
    {
      administrationId: 'dk:administration:a',
      adoptionId: 'dk:adoption:a-meet',
      expectedRevision: 1,
      end: '2025-07-01',
      provenance,
      ...given,
    },
    fields,
  );

/** What A uses on a day. */
const usedOn = async (day: string): Promise<unknown> =>
  (
    at(
      await catalogue.ask(
        `{ denmark { organisation(id: "dk:administration:a") { ... on DanishAdministration {
          adoptions(asOf: "${day}") { nodes { solutionAddress } } } } } }`,
      ),
      'denmark',
      'organisation',
      'adoptions',
      'nodes',
    ) as { solutionAddress: string }[]
  ).map(({ solutionAddress }) => solutionAddress);

describe('an adoption', () => {
  it('is recorded', async () => {
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
    ['a second time', { solutionAddress: 'github.com/kreds/meet' }, 'OVERLAP during'],
    ['of nobody', { administrationId: null }, 'INVALID_VALUE administrationId'],
    ['of an unknown user', { administrationId: 'dk:administration:z' }, 'NOT_FOUND administrationId'],
    ['of a consortium', { administrationId: 'dk:consortium:k' }, 'INVALID_VALUE administrationId'],
    ['of a user that is gone', { administrationId: 'dk:administration:x' }, 'ENDED administrationId'],
    ['of nothing', { solutionAddress: 'something' }, 'INVALID_VALUE solutionAddress'],
    [
      'from no day on',
      { during: null, provenance: { source: provenance.source } },
      'INVALID_VALUE provenance observedOn',
    ],
    ['without a source', { provenance: {} }, 'INVALID_VALUE provenance source'],
  ])('is not recorded %s', async (_what, given, code) => {
    const before = [await catalogue.audited(), await catalogue.feed()];
    const payload = await catalogue.write('recordAdoption', {
      administrationId: 'dk:administration:a',
      solutionAddress: 'github.com/kreds/other',
      status: 'IN_PRODUCTION',
      during: { start: '2024-01-01' },
      provenance,
      ...given,
    });
    expect(codesOf(payload)).toEqual([code]);
    expect([await catalogue.audited(), await catalogue.feed()]).toEqual(before);
  });

  it('may be another in another way, or after one that has ended', async () => {
    expect(codesOf(await record({ solutionAddress: 'github.com/kreds/meet', status: 'AGREEMENT' }))).toEqual([]);
    expect(codesOf(await record({ solutionAddress: 'github.com/kreds/past', status: 'ENDED' }))).toEqual([]);
  });

  it('is of a group, or of a user abroad, as far as a catalogue editor knows', async () => {
    const write = (given: object): Promise<TestPayload> =>
      catalogue.write(
        'recordAdoption',
        { solutionAddress: 'github.com/kreds/new', status: 'DECLARED', provenance, ...given },
        fields,
      );
    expect(await write({ group: 'Five towns' })).toMatchObject({ failures: [], adoption: { group: 'Five towns' } });
    expect(codesOf(await write({ administrationId: 'be:administration:25110' }))).toEqual([]);
  });

  it('is recorded once by several editors at once', async () => {
    const payloads = await Promise.all(
      Array.from({ length: 6 }, () => record({ solutionAddress: 'github.com/kreds/once' })),
    );
    expect(payloads.flatMap(codesOf)).toEqual(Array(5).fill('OVERLAP during'));
  });
});

describe('the adoption that is there', () => {
  it.each([
    ['that is none', { adoptionId: 'dk:adoption:none' }, 'NOT_FOUND adoptionId'],
    ['of another user', { adoptionId: 'dk:adoption:b-meet' }, 'NOT_FOUND adoptionId'],
    ['of a group', { adoptionId: 'dk:adoption:many' }, 'NOT_FOUND adoptionId'],
    ['that has ended', { adoptionId: 'dk:adoption:a-past' }, 'ENDED adoptionId'],
    ['that somebody has changed', { expectedRevision: 7 }, 'REVISION_CONFLICT expectedRevision'],
    ['before it began', { end: '2018-01-01' }, 'INVALID_VALUE end'],
    [
      'exactly in no way',
      { end: '2025-07-02', endPrecision: 'MONTH', provenance: {} },
      'INVALID_VALUE provenance source',
    ],
  ])('is not ended, %s', async (_what, given, code) => {
    const before = [await catalogue.audited(), await catalogue.feed()];
    expect(codesOf(await end(given))).toEqual([code]);
    expect([await catalogue.audited(), await catalogue.feed()]).toEqual(before);
  });

  it('ends, and was what it was until then', async () => {
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
    expect(codesOf(await end({ expectedRevision: 2 }))).toEqual(['ENDED adoptionId']);
  });

  it('counts from the day on which it was seen, also when it ends', async () => {
    const payload = await end({ adoptionId: 'dk:adoption:a-seen' });
    expect(payload).toMatchObject({ failures: [], adoption: { provenance: { observedOn: '2020-01-01' } } });
    expect(await usedOn('2023-01-01')).toContain('github.com/kreds/seen');
    expect(await usedOn('2025-07-01')).not.toContain('github.com/kreds/seen');
  });

  it('of a group is ended without an id', async () => {
    expect(codesOf(await end({ adoptionId: 'dk:adoption:many', administrationId: null }))).toEqual([]);
  });
});
