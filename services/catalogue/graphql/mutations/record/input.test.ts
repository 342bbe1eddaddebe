import { at } from '../../../testing/test-catalogue.js';
import { failureCodes, declared, tables, type TestPayload } from '../../../testing/mutation-fixtures.js';
import { expectRejection, useMutationCatalogue } from '../../../testing/use-mutation-catalogue.js';

const catalogue = useMutationCatalogue(
  {
    ...tables,
    'records.csv': [
      'id,kind,address,name,short_description_da,licence,publisher,source',
      'dk:record:old,SOFTWARE,github.com/kreds/old,Gammel,Styrer møder,MIT,dk:consortium:k,s',
    ],
  },
  // Values that only a publiccode.yml can set, and its issues.
  ({ database }) =>
    database.query(`
    UPDATE catalogue_record SET
      content = content
        || jsonb_build_object('softwareVersion', '2.1', 'maintenance', jsonb_build_object('type', 'CONTRACT', 'contractors',
          jsonb_build_array(jsonb_build_object('name', 'Firma', 'until', NULL, 'website', NULL))))
        || jsonb_build_object('description', jsonb_build_array(content->'description'->0 || '{"longDescription": "Længe"}')),
      issues = '[{"path": "legal.license", "rule": "licence-unknown", "severity": "ERROR", "message": "…"},
        {"path": "description.da.features", "rule": "missing", "severity": "ERROR", "message": "…"}]'
    WHERE id = 'dk:record:old'`),
);

const fields = `record { id revision issued kind solutionAddress aliases name localisedName(language: "en") url licence
  shortDescription(language: "da") developmentStatus softwareType categories platforms isBasedOn releaseDate maintenance
  maintainedUntil publisherId publisherName provenance { source method assertedBy } softwareVersion contractors { name }
  descriptions { language longDescription } issues { path } } auditEntry { mutation subject subjectId before after }`;
const minutes = { source: 'https://example.org/minutes' };
const newRecord = { kind: 'SOFTWARE', solutionAddress: 'https://www.GitHub.com/Kreds/New.git', name: 'Ny' };
const publish = (record: object, provenance: object = minutes): Promise<TestPayload> =>
  catalogue.mutate('publishRecord', { record: { ...newRecord, ...record }, provenance }, fields);
const listed = async (search: string): Promise<unknown> =>
  at(
    await catalogue.query(`{ denmark { records(search: "${search}") { nodes { id } } } }`),
    'denmark',
    'records',
    'nodes',
  );

describe('publishRecord', () => {
  it('inserts a record with all its values, which is found by a search', async () => {
    const texts = {
      localisedNames: [{ language: 'EN', text: ' New ' }],
      shortDescriptions: [{ language: 'da', text: 'Styrer sager' }],
    };
    const record = {
      aliases: ['git@gitlab.com:Kreds/new.git'],
      url: 'https://github.com/Kreds/New',
      licence: 'EUPL 1.2',
      developmentStatus: 'STABLE',
      softwareType: 'STANDALONE_WEB',
      categories: ['document-management'],
      platforms: ['web'],
      isBasedOn: ['github.com/plone/plone'],
      releaseDate: '2024-05-01',
      maintenance: 'INTERNAL',
      maintainedUntil: '2030-12-31',
      publisherId: 'dk:consortium:k',
      publisherName: 'Kreds',
    };
    const payload = await publish({ ...record, ...texts }, declared);
    const id = at(payload, 'record', 'id');
    expect(id).toMatch(/^dk:record:[0-9a-f-]{36}$/);
    expect(payload).toMatchObject({
      failures: [],
      record: {
        ...record,
        aliases: ['gitlab.com/kreds/new'],
        localisedName: 'New',
        shortDescription: 'Styrer sager',
        solutionAddress: 'github.com/kreds/new',
        licence: 'EUPL-1.2',
        revision: 1,
        provenance: { source: null, method: 'DECLARED', assertedBy: 'Kreds' },
      },
      auditEntry: { mutation: 'publishRecord', subject: 'RECORD', subjectId: id, before: null, after: { id } },
    });
    expect(await listed('sager')).toEqual([{ id }]);
    expect(await catalogue.feed()).toContain(`UPSERT ${String(id)}`);
  });

  it.each<[string, object, string, object?]>([
    [
      'a solution that has a record',
      { solutionAddress: 'git@github.com:kreds/old.git' },
      'ALREADY_EXISTS solutionAddress',
    ],
    ['an invalid address', { solutionAddress: 'in the cellar' }, 'INVALID_VALUE solutionAddress'],
    ['its own address as an alias', { aliases: ['https://gitlab.com/kreds/other.git'] }, 'INVALID_VALUE aliases'],
    ['an invalid alias', { aliases: ['x y'] }, 'INVALID_VALUE aliases'],
    ['an empty name', { name: '' }, 'INVALID_VALUE name'],
    ['a licence that is not an SPDX expression', { licence: 'Freeware' }, 'INVALID_VALUE licence'],
    [
      'a description that is too long',
      { shortDescriptions: [{ language: 'da', text: 'x'.repeat(151) }] },
      'INVALID_VALUE shortDescriptions 0 text',
    ],
    [
      'two names in one language',
      {
        localisedNames: [
          { language: 'en', text: 'A' },
          { language: 'EN', text: 'B' },
        ],
      },
      'INVALID_VALUE localisedNames 1 language',
    ],
    [
      'an invalid language tag',
      { localisedNames: [{ language: 'engelsk sprog', text: 'A' }] },
      'INVALID_VALUE localisedNames 0 language',
    ],
    ['an unknown publisher', { publisherId: 'dk:consortium:z' }, 'NOT_FOUND publisherId'],
    ['an invalid publisher id', { publisherId: 'Kreds' }, 'INVALID_VALUE publisherId'],
    ['a release in the future', { releaseDate: '9999-12-31' }, 'INVALID_VALUE releaseDate'],
    ['a vertical bar in a list item', { categories: ['a|b'] }, 'INVALID_VALUE categories 0'],
  ])('rejects %s and writes nothing', async (_what, record, code) => {
    const payload = await expectRejection(
      catalogue,
      () => publish({ solutionAddress: 'gitlab.com/kreds/other', ...record }),
      code.replace(' ', ' record '),
    );
    expect(payload['record']).toBeNull();
  });

  it('rejects a record without a source', async () => {
    expect(failureCodes(await publish({ solutionAddress: 'gitlab.com/kreds/other' }, {}))).toEqual([
      'INVALID_VALUE provenance source',
    ]);
  });

  it('rejects a record that was observed, or whose source was read, in the future', async () => {
    for (const [field, value] of [
      ['observedOn', '9999-12-31'],
      ['retrievedAt', '9999-12-31T00:00:00Z'],
    ] as const) {
      const payload = await publish({ solutionAddress: 'gitlab.com/kreds/other' }, { ...declared, [field]: value });
      expect(payload['failures']).toEqual([
        {
          code: 'INVALID_VALUE',
          field: ['provenance', field],
          message: `\`provenance.${field}\` must not be in the future.`,
        },
      ]);
    }
  });

  it('inserts a record once when several editors publish it at the same time', async () => {
    const payloads = await Promise.all(
      Array.from({ length: 6 }, () => publish({ solutionAddress: 'gitlab.com/kreds/once' })),
    );
    expect(payloads.flatMap(failureCodes)).toEqual(Array(5).fill('ALREADY_EXISTS record solutionAddress'));
  });

  it('runs at most ten SQL statements, whatever the record contains', async () => {
    catalogue.statements();
    await publish({
      solutionAddress: 'gitlab.com/kreds/counted',
      publisherId: 'dk:consortium:k',
      categories: ['a', 'b'],
    });
    expect(catalogue.statements().length).toBeLessThanOrEqual(10);
  });
});

describe('correctRecord and withdrawRecord', () => {
  const old = { recordId: 'dk:record:old', expectedRevision: 2, provenance: minutes };
  const correct = (overrides: object): Promise<TestPayload> =>
    catalogue.mutate('correctRecord', { ...old, ...overrides }, fields);
  const record = { ...newRecord, solutionAddress: 'github.com/kreds/old', name: 'Ældre', licence: 'MIT' };

  it('rejects an outdated revision, an unknown record and the address of another record', async () => {
    expect(failureCodes(await correct({ record, expectedRevision: 1 }))).toEqual([
      'REVISION_CONFLICT expectedRevision',
    ]);
    expect(failureCodes(await correct({ record, recordId: 'dk:record:none' }))).toEqual(['NOT_FOUND recordId']);
    expect(failureCodes(await correct({ record: newRecord }))).toEqual(['ALREADY_EXISTS record solutionAddress']);
  });

  it('clears omitted values and keeps those that the input has no field for', async () => {
    const { issued } = at(
      await catalogue.query('{ denmark { record(id: "dk:record:old") { issued } } }'),
      'denmark',
      'record',
    ) as {
      issued: string;
    };
    const payload = await correct({ record });
    expect(payload).toMatchObject({
      failures: [],
      record: {
        id: 'dk:record:old',
        revision: 3,
        issued,
        name: 'Ældre',
        shortDescription: null,
        publisherId: null,
        maintenance: null,
        softwareVersion: '2.1',
        contractors: [{ name: 'Firma' }],
        descriptions: [{ language: 'da', longDescription: 'Længe' }],
        issues: [{ path: 'description.da.features' }],
      },
      auditEntry: {
        mutation: 'correctRecord',
        before: { publisherId: 'dk:consortium:k', content: { name: 'Gammel' } },
        after: { publisherId: null, content: { name: 'Ældre' } },
      },
    });
    expect([await listed('gammel'), await listed('ældre')]).toEqual([[], [{ id: 'dk:record:old' }]]);
  });

  it('withdraws a record, which stays in the audit trail', async () => {
    const withdraw = (expectedRevision: number, idempotencyKey: string): Promise<TestPayload> =>
      catalogue.mutate(
        'withdrawRecord',
        { recordId: 'dk:record:old', expectedRevision, idempotencyKey },
        'recordId auditEntry { subject subjectId before after }',
      );
    expect(failureCodes(await withdraw(2, 'too early'))).toEqual(['REVISION_CONFLICT expectedRevision']);
    const payload = await withdraw(3, 'away');
    expect(payload).toMatchObject({
      recordId: 'dk:record:old',
      failures: [],
      auditEntry: {
        subject: 'RECORD',
        subjectId: 'dk:record:old',
        before: { content: { name: 'Ældre' } },
        after: null,
      },
    });
    expect(await withdraw(3, 'away')).toEqual(payload);
    expect(failureCodes(await withdraw(3, 'again'))).toEqual(['NOT_FOUND recordId']);
    expect(await catalogue.feed()).toContain('DELETE dk:record:old');
    expect(await listed('ældre')).toEqual([]);
  });
});
