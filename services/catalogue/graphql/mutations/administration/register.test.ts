import { at } from '../../../testing/test-catalogue.js';
import { administrationFields, auditEntryFields, newAdministration } from '../../../testing/administration-inputs.js';
import { failureCodes, declared, type TestPayload } from '../../../testing/mutation-fixtures.js';
import { expectRejection, useMutationCatalogue } from '../../../testing/use-mutation-catalogue.js';

const catalogue = useMutationCatalogue();

describe('registerAdministration', () => {
  const register = (overrides: Readonly<Record<string, unknown>> = {}, more: object = {}): Promise<TestPayload> =>
    catalogue.mutate(
      'registerAdministration',
      { administration: { ...newAdministration, ...overrides }, provenance: declared, ...more },
      `${administrationFields} ${auditEntryFields}`,
    );

  it('inserts an administration with its codes, names and national columns, and finds it by them', async () => {
    const payload = await register(
      {
        alternativeNames: [{ language: 'da', text: 'Dby Kommune' }],
        identifiers: [{ scheme: 'DK_TEST', notation: 'd 4', during: { start: '2020-01-01' } }],
        national: [{ column: 'colour', value: 'red' }],
      },
      { existed: { start: '2007-01-01' } },
    );
    expect(payload).toMatchObject({
      failures: [],
      administration: {
        id: newAdministration.id,
        revision: 1,
        name: 'Dby',
        names: [{ language: 'da', text: 'Dby' }],
        kind: 'MUNICIPALITY',
        nuts: 'DK012',
        existed: { start: '2007-01-01', startPrecision: 'DAY' },
        identifiers: [{ scheme: 'DK_TEST', notation: 'D4' }],
        provenance: { method: 'DECLARED', assertedBy: 'Kreds' },
      },
      auditEntry: {
        subject: 'ADMINISTRATION',
        before: null,
        after: { national: { colour: 'red' }, identifiers: [{ notation: 'D4' }] },
      },
    });
    expect(at(payload, 'auditEntry', 'after')).not.toHaveProperty('searchText');
    expect((await catalogue.feed()).at(-1)).toBe(`UPSERT ${newAdministration.id}`);
    const found = `{ denmark { administration(identifier: { scheme: "DK_TEST", notation: "D4" }) { id }
      administrations(search: "dby kommune") { nodes { id } } } }`;
    expect(await catalogue.query(found)).toEqual({
      denmark: {
        administration: { id: newAdministration.id },
        administrations: { nodes: [{ id: newAdministration.id }] },
      },
    });
  });

  it.each([
    ['an id of another country', { id: 'be:administration:d' }, 'INVALID_VALUE administration id'],
    ['an id of a consortium', { id: 'dk:consortium:d' }, 'INVALID_VALUE administration id'],
    ['an id that is taken', { id: 'dk:administration:a' }, 'ALREADY_EXISTS administration id'],
    ['no name', { names: [] }, 'INVALID_VALUE administration names'],
    ['an empty name', { names: [{ language: 'da', text: ' ' }] }, 'INVALID_VALUE administration names 0 text'],
    [
      'a name that is too long',
      { names: [{ language: 'da', text: 'x'.repeat(301) }] },
      'INVALID_VALUE administration names',
    ],
    [
      'an invalid language tag',
      { names: [{ language: '?', text: 'x' }] },
      'INVALID_VALUE administration names 0 language',
    ],
    [
      'an invalid official language',
      { officialLanguages: ['da', 'x y'] },
      'INVALID_VALUE administration officialLanguages 1',
    ],
    ['an invalid NUTS code', { nuts: 'Fyn' }, 'INVALID_VALUE administration nuts'],
    [
      'an unknown column',
      { national: [{ column: 'size', value: '1' }] },
      'INVALID_VALUE administration national 0 column',
    ],
    [
      'an unknown register',
      { identifiers: [{ scheme: 'X', notation: 'D4' }] },
      'INVALID_VALUE administration identifiers 0 scheme',
    ],
    [
      'an invalid code',
      { identifiers: [{ scheme: 'DK_TEST', notation: 'D44' }] },
      'INVALID_VALUE administration identifiers 0 notation',
    ],
    [
      'a code twice',
      { identifiers: [1, 2].map(() => ({ scheme: 'DK_TEST', notation: 'D4' })) },
      'INVALID_VALUE administration identifiers 1',
    ],
    [
      'the code of another',
      { identifiers: [{ scheme: 'DK_TEST', notation: 'A1' }] },
      'ALREADY_EXISTS administration identifiers 0 notation',
    ],
  ])('rejects %s and writes nothing', (_what, overrides, code) =>
    expectRejection(catalogue, () => register({ id: 'dk:administration:new', ...overrides }), code),
  );

  it('accepts a code that another organisation held in the past, and for one new organisation only', async () => {
    await catalogue.database.query(
      `INSERT INTO identifier VALUES ('dk:administration:c', 'DK_TEST', 'C1', NULL, NULL, '2020-01-01', 'DAY', true)`,
    );
    const identifiers = [{ scheme: 'DK_TEST', notation: 'C1' }];
    const ids = ['1', '2', '3', '4'].map((local) => `dk:administration:${local}`);
    const existed = { start: '2020-01-01' };
    const payloads = await Promise.all(ids.map((id) => register({ id, identifiers }, { existed })));
    expect(payloads.flatMap(failureCodes)).toEqual(
      ids.slice(1).map(() => 'ALREADY_EXISTS administration identifiers 0 notation'),
    );
  });

  it('registers an id once when several editors register it at the same time', async () => {
    const payloads = await Promise.all([1, 2, 3].map(() => register({ id: 'dk:administration:once' })));
    expect(payloads.flatMap(failureCodes)).toEqual(Array.from({ length: 2 }, () => 'ALREADY_EXISTS administration id'));
  });
});
