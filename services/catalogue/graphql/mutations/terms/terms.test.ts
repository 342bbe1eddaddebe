import {
  catalogueEditor,
  editorOfK,
  failureCodes,
  tables,
  type TestPayload,
} from '../../../testing/mutation-fixtures.js';
import { importAgain, termsTables } from '../../../testing/terms-tables.js';
import { at } from '../../../testing/test-catalogue.js';
import { expectRejection, useMutationCatalogue } from '../../../testing/use-mutation-catalogue.js';

const catalogue = useMutationCatalogue({ ...tables, ...termsTables });
const provenance = { source: 'https://example.org/prices' };
const terms = {
  solutionAddress: 'https://github.com/Kreds/New.git',
  openToKinds: ['MUNICIPALITY'],
  conditions: [{ language: 'DA', text: ' Tilslutning ' }],
  fees: [
    {
      kind: 'JOINING',
      populationMax: 24_999,
      forMembers: true,
      amount: { amount: '1000.50', currency: 'DKK' },
      during: { start: '2024-01-01' },
    },
  ],
};
const select =
  'terms { id revision solutionAddress conditions { language text } fees { id amount { amount } during { start } } } auditEntry { subject mutation before after }';
const publish = (overrides: object = {}, editor = editorOfK): Promise<TestPayload> =>
  catalogue.mutate(
    'publishTerms',
    { consortiumId: 'dk:consortium:k', terms, provenance, ...overrides },
    select,
    editor,
  );

describe('editors', () => {
  it('publish, correct and withdraw terms with their fees, which the audit trail keeps', async () => {
    const published = await publish();
    const id = at(published, 'terms', 'id');
    expect(published).toMatchObject({
      failures: [],
      terms: {
        revision: 1,
        solutionAddress: 'github.com/kreds/new',
        conditions: [{ language: 'da', text: 'Tilslutning' }],
        fees: [{ amount: { amount: '1000.5' }, during: { start: '2024-01-01' } }],
      },
      auditEntry: {
        subject: 'TERMS',
        before: null,
        after: { address: 'github.com/kreds/new', fees: [{ amount: '1000.5' }] },
      },
    });
    const change = (mutation: string, input: object, of = select): Promise<TestPayload> =>
      catalogue.mutate(mutation, { consortiumId: 'dk:consortium:k', termsId: id, ...input }, of, editorOfK);
    const fees = [{ kind: 'JOINING', amount: { amount: '0', currency: 'DKK' } }];
    // Only a fee differs.
    const corrected = await change('correctTerms', { expectedRevision: 1, terms: { ...terms, fees }, provenance });
    expect(corrected).toMatchObject({
      failures: [],
      terms: { id, fees: [{ amount: { amount: '0' } }] },
      auditEntry: { before: { fees: [{ amount: '1000.5' }] }, after: { fees: [{ amount: '0' }] } },
    });
    const revision = Number(at(corrected, 'terms', 'revision'));
    expect(revision).toBeGreaterThan(1);
    expect(failureCodes(await change('correctTerms', { expectedRevision: 1, terms, provenance }))).toEqual([
      'REVISION_CONFLICT expectedRevision',
    ]);
    const withdrawn = await change(
      'withdrawTerms',
      { expectedRevision: revision },
      'termsId auditEntry { before after }',
    );
    expect(withdrawn).toMatchObject({
      termsId: id,
      failures: [],
      auditEntry: { before: { fees: [{ amount: '0' }] }, after: null },
    });
    expect((await catalogue.feed()).at(-1)).toBe(`DELETE ${String(id)}`);
    expect(await catalogue.database.query('SELECT FROM fee WHERE terms_id = $1', [id])).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['neither a consortium nor a solution', { consortiumId: null, terms: {} }, 'INVALID_VALUE consortiumId'],
    ['an unknown consortium', { consortiumId: 'dk:consortium:z' }, 'NOT_FOUND consortiumId'],
    ['an administration', { consortiumId: 'dk:administration:a' }, 'INVALID_VALUE consortiumId'],
    ['an invalid address', { terms: { solutionAddress: 'nowhere' } }, 'INVALID_VALUE terms solutionAddress'],
    [
      'a reason without a ground',
      { terms: { ...terms, exceptionReason: terms.conditions } },
      'INVALID_VALUE terms exceptionGround',
    ],
    [
      'a text in one language twice',
      { terms: { ...terms, support: [...terms.conditions, ...terms.conditions] } },
      'INVALID_VALUE terms support',
    ],
    [
      'a currency that does not exist',
      { terms: { fees: [{ kind: 'JOINING', amount: { amount: '1', currency: 'XYZ' } }] } },
      'INVALID_VALUE terms fees 0 amount currency',
    ],
    [
      'a fee that ends before it begins',
      { terms: { fees: [...terms.fees, { ...terms.fees[0], during: { start: '2024-01-01', end: '2023-01-01' } }] } },
      'INVALID_VALUE terms fees 1 during end',
    ],
    [
      'an empty size class',
      { terms: { fees: [{ ...terms.fees[0], populationMin: 30_000 }] } },
      'INVALID_VALUE terms fees 0 populationMax',
    ],
    ['no source', { provenance: {} }, 'INVALID_VALUE provenance source'],
  ])('cannot publish terms with %s', async (_what, overrides, code) => {
    await expectRejection(catalogue, () => publish(overrides, catalogueEditor), code);
  });

  it('of a consortium cannot change the terms of another one, nor those of a solution alone', async () => {
    await expect(publish({ consortiumId: 'dk:consortium:l' })).rejects.toThrow('You are not allowed to do this.');
    await expect(publish({ consortiumId: null })).rejects.toThrow('You are not allowed to do this.');
    const input = { consortiumId: 'dk:consortium:k', termsId: 'dk:terms:secret', expectedRevision: 1 };
    const withdraw = (): Promise<TestPayload> => catalogue.mutate('withdrawTerms', input, '', editorOfK);
    await expectRejection(catalogue, withdraw, 'NOT_FOUND termsId');
  });

  it('keep their changes when tables are imported again', async () => {
    const input = { consortiumId: 'dk:consortium:k', termsId: 'dk:terms:k-desk' };
    const [row] = await catalogue.database.query<{ revision: number }>(
      `SELECT revision FROM terms WHERE id = 'dk:terms:k-desk'`,
    );
    const fees = [{ kind: 'ANNUAL', amount: { amount: '5', currency: 'DKK' } }];
    const corrected = await catalogue.mutate('correctTerms', {
      ...input,
      expectedRevision: row?.revision,
      terms: { solutionAddress: 'github.com/kreds/desk', fees },
      provenance: { source: 'https://example.org/' },
    });
    expect(corrected.failures).toEqual([]);
    const good = (table: 'terms.csv' | 'fees.csv'): string[] =>
      termsTables[table].filter((line) => !line.includes('bad'));
    const again = { 'terms.csv': good('terms.csv'), 'fees.csv': good('fees.csv') };
    await importAgain(catalogue, again);
    const amounts = (): Promise<object[]> =>
      catalogue.database.query(`SELECT amount FROM fee WHERE terms_id = 'dk:terms:k-desk' ORDER BY id`);
    expect(await amounts()).toEqual([{ amount: '5' }]);
    const [{ revision } = { revision: 0 }] = await catalogue.database.query<{ revision: number }>(
      `SELECT revision FROM terms WHERE id = 'dk:terms:k-desk'`,
    );
    expect(failureCodes(await catalogue.mutate('withdrawTerms', { ...input, expectedRevision: revision }))).toEqual([]);
    // Neither the terms that an editor withdrew, nor their fees.
    const report = await importAgain(catalogue, again);
    expect([report.problems, await amounts()]).toEqual([[], []]);
  });

  it('record a contract once per idempotency key, and end it', async () => {
    const input = {
      idempotencyKey: 'contract',
      supplierName: 'Magenta ApS',
      supplierIdentifier: 'DK_CVR:25052943',
      clientId: 'dk:consortium:k',
      solutionAddress: 'github.com/kreds/desk',
      during: { start: '2024-01-01' },
      provenance,
    };
    const fields =
      'contract { id revision supplierName clientId during { start end ended } } auditEntry { subject before after }';
    const recorded = await catalogue.mutate('recordContract', input, fields);
    expect(recorded).toMatchObject({
      failures: [],
      contract: { revision: 1, clientId: 'dk:consortium:k' },
      auditEntry: { subject: 'CONTRACT', before: null },
    });
    expect(await catalogue.mutate('recordContract', input, fields)).toEqual(recorded);
    const contractId = at(recorded, 'contract', 'id');
    const end = (on: string, expectedRevision: number): Promise<TestPayload> =>
      catalogue.mutate('endContract', { contractId, expectedRevision, end: on, provenance }, fields);
    expect(failureCodes(await end('2023-01-01', 1))).toEqual(['INVALID_VALUE end']);
    expect(await end('2026-01-01', 1)).toMatchObject({
      contract: { during: { start: '2024-01-01', end: '2026-01-01', ended: true } },
      auditEntry: { before: { endDate: null }, after: { endDate: '2026-01-01' } },
    });
    expect(failureCodes(await end('2027-01-01', 2))).toEqual(['ENDED contractId']);
    const reject = (overrides: object, code: string): Promise<TestPayload> =>
      expectRejection(
        catalogue,
        () => catalogue.mutate('recordContract', { ...input, idempotencyKey: code, ...overrides }),
        code,
      );
    await reject({ clientId: null, solutionAddress: null }, 'INVALID_VALUE clientId');
    await reject({ supplierIdentifier: '25052943' }, 'INVALID_VALUE supplierIdentifier');
    await reject({ clientId: 'dk:administration:z' }, 'NOT_FOUND clientId');
  });
});
