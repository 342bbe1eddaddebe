import { at } from '../../../testing/test-catalogue.js';
import {
  codesOf,
  declared,
  startWrittenCatalogue,
  tables,
  type TestPayload,
  type WrittenCatalogue,
} from '../../../testing/mutation-fixtures.js';

let catalogue: WrittenCatalogue;
beforeAll(async () => {
  catalogue = await startWrittenCatalogue({
    ...tables,
    'records.csv': [
      'id,kind,address,name,short_description_da,licence,publisher,source',
      'dk:record:old,SOFTWARE,github.com/kreds/old,Gammel,Styrer møder,MIT,dk:consortium:k,s',
    ],
  });
  // What only a publiccode.yml could say, and what was wrong with it.
  await catalogue.database.query(`
    UPDATE catalogue_record SET
      content = content
        || jsonb_build_object('softwareVersion', '2.1', 'maintenance', jsonb_build_object('type', 'CONTRACT', 'contractors',
          jsonb_build_array(jsonb_build_object('name', 'Firma', 'until', NULL, 'website', NULL))))
        || jsonb_build_object('description', jsonb_build_array(content->'description'->0 || '{"longDescription": "Længe"}')),
      issues = '[{"path": "legal.license", "rule": "licence-unknown", "severity": "ERROR", "message": "…"},
        {"path": "description.da.features", "rule": "missing", "severity": "ERROR", "message": "…"}]'
    WHERE id = 'dk:record:old'`);
});
afterAll(() => catalogue.close());

const fields = `record { id revision issued kind solutionAddress aliases name localisedName(language: "en") url licence
  shortDescription(language: "da") developmentStatus softwareType categories platforms isBasedOn releaseDate maintenance
  maintainedUntil publisherId publisherName provenance { source method assertedBy } softwareVersion contractors { name }
  descriptions { language longDescription } issues { path } } auditEntry { mutation subject subjectId before after }`;
const minutes = { source: 'https://example.org/minutes' };
const said = { kind: 'SOFTWARE', solutionAddress: 'https://www.GitHub.com/Kreds/New.git', name: 'Ny' };
const publish = (record: object, provenance: object = minutes): Promise<TestPayload> =>
  catalogue.write('publishRecord', { record: { ...said, ...record }, provenance }, fields);
const listed = async (search: string): Promise<unknown> =>
  at(
    await catalogue.ask(`{ denmark { records(search: "${search}") { nodes { id } } } }`),
    'denmark',
    'records',
    'nodes',
  );

describe('a record', () => {
  it('is published, with all that it says, and found', async () => {
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
      'of a solution that the catalogue has',
      { solutionAddress: 'git@github.com:kreds/old.git' },
      'ALREADY_EXISTS solutionAddress',
    ],
    ['of no address', { solutionAddress: 'in the cellar' }, 'INVALID_VALUE solutionAddress'],
    ['with an alias that is its own', { aliases: ['https://gitlab.com/kreds/other.git'] }, 'INVALID_VALUE aliases'],
    ['with an alias that is none', { aliases: ['x y'] }, 'INVALID_VALUE aliases'],
    ['without a name', { name: '' }, 'INVALID_VALUE name'],
    ['with a licence that nobody knows', { licence: 'Freeware' }, 'INVALID_VALUE licence'],
    [
      'with a description that is long',
      { shortDescriptions: [{ language: 'da', text: 'x'.repeat(151) }] },
      'INVALID_VALUE shortDescriptions 0 text',
    ],
    [
      'with two names in a language',
      {
        localisedNames: [
          { language: 'en', text: 'A' },
          { language: 'EN', text: 'B' },
        ],
      },
      'INVALID_VALUE localisedNames 1 language',
    ],
    [
      'in no language',
      { localisedNames: [{ language: 'engelsk sprog', text: 'A' }] },
      'INVALID_VALUE localisedNames 0 language',
    ],
    ['of nobody who is there', { publisherId: 'dk:consortium:z' }, 'NOT_FOUND publisherId'],
    ['of nobody', { publisherId: 'Kreds' }, 'INVALID_VALUE publisherId'],
    ['with a bar in a list', { categories: ['a|b'] }, 'INVALID_VALUE categories 0'],
  ])('is not published %s', async (_what, record, code) => {
    const before = [await catalogue.audited(), await catalogue.feed()];
    const payload = await publish({ solutionAddress: 'gitlab.com/kreds/other', ...record });
    expect(codesOf(payload)).toEqual([code.replace(' ', ' record ')]);
    expect(payload['record']).toBeNull();
    expect([await catalogue.audited(), await catalogue.feed()]).toEqual(before);
  });

  it('is not published without a source', async () => {
    expect(codesOf(await publish({ solutionAddress: 'gitlab.com/kreds/other' }, {}))).toEqual([
      'INVALID_VALUE provenance source',
    ]);
  });

  it('is published once by several editors at once', async () => {
    const payloads = await Promise.all(
      Array.from({ length: 6 }, () => publish({ solutionAddress: 'gitlab.com/kreds/once' })),
    );
    expect(payloads.flatMap(codesOf)).toEqual(Array(5).fill('ALREADY_EXISTS record solutionAddress'));
  });

  it('takes as many statements whatever it says', async () => {
    catalogue.statements();
    await publish({
      solutionAddress: 'gitlab.com/kreds/counted',
      publisherId: 'dk:consortium:k',
      categories: ['a', 'b'],
    });
    expect(catalogue.statements().length).toBeLessThanOrEqual(10);
  });
});

describe('the record that is there', () => {
  const old = { recordId: 'dk:record:old', expectedRevision: 2, provenance: minutes };
  const correct = (given: object): Promise<TestPayload> =>
    catalogue.write('correctRecord', { ...old, ...given }, fields);
  const record = { ...said, solutionAddress: 'github.com/kreds/old', name: 'Ældre', licence: 'MIT' };

  it('is not corrected by whoever has read another, and not to one that is there', async () => {
    expect(codesOf(await correct({ record, expectedRevision: 1 }))).toEqual(['REVISION_CONFLICT expectedRevision']);
    expect(codesOf(await correct({ record, recordId: 'dk:record:none' }))).toEqual(['NOT_FOUND recordId']);
    expect(codesOf(await correct({ record: said }))).toEqual(['ALREADY_EXISTS record solutionAddress']);
  });

  it('is corrected: what is left out is no longer said, what has no field here stays', async () => {
    const { issued } = at(
      await catalogue.ask('{ denmark { record(id: "dk:record:old") { issued } } }'),
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

  it('is withdrawn, and stays in the audit trail', async () => {
    const withdraw = (expectedRevision: number, idempotencyKey: string): Promise<TestPayload> =>
      catalogue.write(
        'withdrawRecord',
        { recordId: 'dk:record:old', expectedRevision, idempotencyKey },
        'recordId auditEntry { subject subjectId before after }',
      );
    expect(codesOf(await withdraw(2, 'too early'))).toEqual(['REVISION_CONFLICT expectedRevision']);
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
    expect(codesOf(await withdraw(3, 'again'))).toEqual(['NOT_FOUND recordId']);
    expect(await catalogue.feed()).toContain('DELETE dk:record:old');
    expect(await listed('ældre')).toEqual([]);
  });
});
