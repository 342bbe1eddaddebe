import { at } from '../../../testing/test-catalogue.js';
import { administrationFields, auditEntryFields } from '../../../testing/administration-inputs.js';
import { declared, type TestPayload } from '../../../testing/mutation-fixtures.js';
import { expectRejection, useMutationCatalogue } from '../../../testing/use-mutation-catalogue.js';

const catalogue = useMutationCatalogue();

describe('renameAdministration', () => {
  const rename = (overrides: Readonly<Record<string, unknown>>): Promise<TestPayload> =>
    catalogue.mutate(
      'renameAdministration',
      { administrationId: 'dk:administration:e', expectedRevision: 1, provenance: declared, ...overrides },
      `${administrationFields} ${auditEntryFields}`,
    );
  const nyby = [{ language: 'da', text: 'Nyby' }];

  it('moves the former name to the alternative names, by which the administration is found', async () => {
    expect(await rename({ names: nyby })).toMatchObject({
      failures: [],
      administration: {
        name: 'Nyby',
        revision: 2,
        alternativeNames: [{ language: 'da', text: 'Eby' }],
      },
      auditEntry: { before: { names: [{ text: 'Eby' }] }, after: { names: [{ text: 'Nyby' }] } },
    });
    const found = `{ denmark { administrations(search: "eby") { nodes { id name } } } }`;
    expect(at(await catalogue.query(found), 'denmark', 'administrations', 'nodes', 0)).toEqual({
      id: 'dk:administration:e',
      name: 'Nyby',
    });
    expect((await catalogue.feed()).at(-1)).toBe('UPSERT dk:administration:e');
    // A name that is current again is no longer an alternative name.
    expect(await rename({ names: [{ language: 'da', text: 'Eby' }], expectedRevision: 2 })).toMatchObject({
      administration: { name: 'Eby', alternativeNames: nyby },
    });
  });

  it('drops a former name that was a mistake', async () => {
    expect(await rename({ names: nyby, administrationId: 'dk:administration:f', isCorrection: true })).toMatchObject({
      failures: [],
      administration: { name: 'Nyby', alternativeNames: [] },
    });
  });

  it.each([
    ['no name', { names: [], administrationId: 'dk:administration:b' }, 'INVALID_VALUE names'],
    ['a consortium', { names: nyby, administrationId: 'dk:consortium:k' }, 'NOT_FOUND administrationId'],
    ['an unknown organisation', { names: nyby, administrationId: 'dk:administration:z' }, 'NOT_FOUND administrationId'],
    [
      'an outdated revision',
      { names: nyby, administrationId: 'dk:administration:b', expectedRevision: 2 },
      'REVISION_CONFLICT expectedRevision',
    ],
    [
      'no source',
      { names: nyby, administrationId: 'dk:administration:b', provenance: {} },
      'INVALID_VALUE provenance source',
    ],
  ])('rejects %s', (_what, overrides, code) => expectRejection(catalogue, () => rename(overrides), code));
});
