import { at, listAt } from './test-catalogue.js';
import { catalogueEditor, editorOfK, failureCodes, type TestPayload, tables } from './mutation-fixtures.js';
import { expectRejection, useMutationCatalogue } from './use-mutation-catalogue.js';
import { writeTables, plainCatalogue } from './test-catalogue.js';
import { importTables } from '../import/tables/import-tables.js';
import type { ImportReport } from '../import/tables/import-report.js';
import { openFolder } from '../import/tables/table-files.js';

const files = {
  'terms.csv': [
    'id,consortium,address,open_to_kinds,open_to_nuts,eligibility_da,conditions_da,conditions_en,support_da,agreement_url,exception_ground,exception_reason_da,source,observed_on',
    'dk:terms:k,Kreds,,MUNICIPALITY|REGION,DK,Offentlige myndigheder,Vedtægter,Bylaws,Sekretariat,https://example.org/agreement,,,s,2024-01-15',
    'dk:terms:k-desk,dk:consortium:k,https://GitHub.com/Kreds/Desk.git,,,,,,,,,,s,',
    'dk:terms:secret,,urn:dk:solution:secret,,,,,,,,SECURITY,Politiets systemer,s,',
    'dk:terms:bad-1,,,,,,,,,,,,s,',
    'dk:terms:bad-2,dk:consortium:k,,,,,,,,,SECURITY,,s,',
    'dk:terms:bad-3,,urn:dk:solution:a,,,,,,,,,Hvorfor,s,',
    'dk:terms:bad-4,dk:consortium:z,,,,,,,,,,,s,',
    'be:terms:bad-5,dk:consortium:k,,,,,,,,,,,s,',
    'dk:terms:bad-6,dk:consortium:k,,MUNICIPALITY,DK|DK01,,,,,,,,s,',
    `dk:terms:bad-7,dk:consortium:k,,,,${'x'.repeat(2001)},,,,,,,s,`,
  ],
  'fees.csv': [
    'id,terms,kind,member_kind,population_min,population_max,for_members,amount,currency,start,end,source,observed_on,note',
    'dk:fee:membership,dk:terms:k,MEMBERSHIP,,,,,25000,DKK,2023-01-01,,s,,',
    'dk:fee:large,dk:terms:k-desk,ANNUAL,MUNICIPALITY,25000,,true,34880.50,DKK,,,s,2023-08-31,Per year',
    'dk:fee:small,dk:terms:k-desk,ANNUAL,MUNICIPALITY,,24999,true,0,DKK,,,s,2023-08-31,',
    'dk:fee:joining,dk:terms:k-desk,JOINING,,,,false,007,DKK,2020-01-01,2022-01-01,s,,',
    'dk:fee:bad-1,dk:terms:none,JOINING,,,,,7,DKK,,,s,,',
    'dk:fee:bad-2,dk:terms:k,JOINING,,5,4,,7,DKK,,,s,,',
    'dk:fee:bad-3,dk:terms:k,JOINING,,,,,"7,5",DKK,,,s,,',
    'dk:fee:bad-4,dk:terms:k,JOINING,,,,,7,kr.,,,s,,',
    'dk:fee:bad-5,dk:terms:k,JOINING,,,,,7,DKK,2022-01-01,2020-01-01,s,,',
  ],
  'contracts.csv': [
    'id,supplier_name,supplier_identifier,client,address,start,end,url,source',
    'dk:contract:desk,Magenta ApS,DK_CVR:25052943,DK_TEST:A1,github.com/kreds/desk,2020-01-01,,https://example.org/c,s',
    'dk:contract:abroad,Zeta,,be:administration:1,,,,,s',
    'dk:contract:bad-1,Zeta,,,,,,,s',
    'dk:contract:bad-2,,,,urn:dk:solution:a,,,,s',
    'dk:contract:bad-3,Zeta,25052943,,urn:dk:solution:a,,,,s',
    'dk:contract:bad-4,Zeta,,dk:administration:z,,,,,s',
  ],
  'records.csv': ['id,kind,address,name,source', 'dk:record:desk,SOFTWARE,github.com/kreds/desk,Desk,s'],
};
const catalogue = useMutationCatalogue({ ...tables, ...files });
const read = async (fields: string): Promise<unknown> =>
  at(await catalogue.query(`{ denmark { ${fields} } }`), 'denmark');

/** Imports tables as the command does. */
async function run(changed: Readonly<Record<string, readonly string[]>>): Promise<ImportReport> {
  const { folder, remove } = writeTables({ 'sources.csv': tables['sources.csv'], ...changed });
  const options = { kind: 'TABLES', missing: 'keep', on: '2026-03-01' } as const;
  const report = await importTables(plainCatalogue, openFolder(folder), catalogue.database, options);
  remove();
  if (!report) throw new Error('There is no report.');
  return report;
}

describe('the tables of terms, fees and contracts', () => {
  it('reject rows that cannot be used, each with its column', async () => {
    const [{ report } = { report: null }] = await catalogue.database.query<{ report: ImportReport }>(
      'SELECT report FROM import_run ORDER BY id LIMIT 1',
    );
    expect(report?.problems.map(({ file, line, column }) => `${file} ${line} ${String(column)}`)).toEqual([
      'terms.csv 5 consortium',
      'terms.csv 6 exception_ground',
      'terms.csv 7 exception_ground',
      'terms.csv 8 consortium',
      'terms.csv 9 id',
      'terms.csv 10 open_to_nuts',
      'terms.csv 11 eligibility_da',
      // First those of single cells.
      'fees.csv 8 amount',
      'fees.csv 9 currency',
      'fees.csv 6 terms',
      'fees.csv 7 population_max',
      'fees.csv 10 end',
      'contracts.csv 5 supplier_name',
      'contracts.csv 6 supplier_identifier',
      'contracts.csv 4 client',
      'contracts.csv 7 client',
    ]);
  });

  it('are read through a consortium, a record and the lists of the catalogue', async () => {
    const of =
      'kind memberKind populationMin populationMax forMembers amount { amount currency } during { start end } provenance { observedOn note }';
    expect(
      await read(`organisation(id: "dk:consortium:k") { ... on DanishConsortium { terms {
        id country consortiumId consortium { id } solutionAddress solution { address } openToKinds openToNuts
        eligibility { language text } conditions { language text } support { text } agreement exceptionGround
        exceptionReason { text } fees { id ${of} } provenance { source observedOn } } } }`),
    ).toEqual({
      organisation: {
        terms: [
          {
            id: 'dk:terms:k',
            country: 'DK',
            consortiumId: 'dk:consortium:k',
            consortium: { id: 'dk:consortium:k' },
            solutionAddress: null,
            solution: null,
            openToKinds: ['MUNICIPALITY', 'REGION'],
            openToNuts: ['DK'],
            eligibility: [{ language: 'da', text: 'Offentlige myndigheder' }],
            conditions: [
              { language: 'da', text: 'Vedtægter' },
              { language: 'en', text: 'Bylaws' },
            ],
            support: [{ text: 'Sekretariat' }],
            agreement: 'https://example.org/agreement',
            exceptionGround: null,
            exceptionReason: [],
            fees: [
              {
                id: 'dk:fee:membership',
                kind: 'MEMBERSHIP',
                memberKind: null,
                populationMin: null,
                populationMax: null,
                forMembers: null,
                amount: { amount: '25000', currency: 'DKK' },
                during: { start: '2023-01-01', end: null },
                provenance: { observedOn: null, note: null },
              },
            ],
            provenance: { source: 'https://example.org/', observedOn: '2024-01-15' },
          },
          expect.objectContaining({ id: 'dk:terms:k-desk', solutionAddress: 'github.com/kreds/desk' }),
        ],
      },
    });
    const fees = (given: string): string => `fees${given} { id amount { amount } }`;
    expect(
      await read(`record(id: "dk:record:desk") { terms { openToKinds openToNuts all: ${fees('')}
        member: ${fees('(population: 30000, kind: MUNICIPALITY, isMember: true, asOf: "2024-01-01")')}
        region: ${fees('(kind: REGION, asOf: "2021-01-01")')} before: ${fees('(asOf: "2019-01-01")')} } }`),
    ).toEqual({
      record: {
        terms: [
          {
            openToKinds: null,
            openToNuts: null,
            all: [
              { id: 'dk:fee:small', amount: { amount: '0' } },
              { id: 'dk:fee:large', amount: { amount: '34880.5' } },
              { id: 'dk:fee:joining', amount: { amount: '7' } },
            ],
            member: [{ id: 'dk:fee:large', amount: { amount: '34880.5' } }],
            region: [{ id: 'dk:fee:joining', amount: { amount: '7' } }],
            before: [],
          },
        ],
      },
    });
    expect(
      await read(`terms(first: 2) { totalCount nodes { id } pageInfo { hasNextPage } }
        last: terms(last: 1) { nodes { id exceptionGround exceptionReason { text } consortium { id } } }
        contracts { totalCount nodes { id supplierName supplierIdentifier clientId client { id } solutionAddress during { start end } url } }`),
    ).toEqual({
      terms: {
        totalCount: 3,
        nodes: [{ id: 'dk:terms:k' }, { id: 'dk:terms:k-desk' }],
        pageInfo: { hasNextPage: true },
      },
      last: {
        nodes: [
          {
            id: 'dk:terms:secret',
            exceptionGround: 'SECURITY',
            exceptionReason: [{ text: 'Politiets systemer' }],
            consortium: null,
          },
        ],
      },
      contracts: {
        totalCount: 2,
        nodes: [
          {
            id: 'dk:contract:abroad',
            supplierName: 'Zeta',
            supplierIdentifier: null,
            clientId: 'be:administration:1',
            client: null,
            solutionAddress: null,
            during: { start: null, end: null },
            url: null,
          },
          {
            id: 'dk:contract:desk',
            supplierName: 'Magenta ApS',
            supplierIdentifier: 'DK_CVR:25052943',
            clientId: 'dk:administration:a',
            client: { id: 'dk:administration:a' },
            solutionAddress: 'github.com/kreds/desk',
            during: { start: '2020-01-01', end: null },
            url: 'https://example.org/c',
          },
        ],
      },
    });
  });

  it('are read in one statement for each level', async () => {
    catalogue.statements();
    await read('terms { nodes { consortium { id } fees { id } } } consortia { nodes { terms { id fees { id } } } }');
    // The two lists, the consortia of terms, the terms of consortia, and the fees of both.
    expect(catalogue.statements().length).toBeLessThanOrEqual(6);
  });

  it('are in the change feed, terms with their fees as one entry', async () => {
    const changes = listAt(
      await read(`changes(first: 1000) { nodes { subject subjectId terms { id fees { id } } contract { id } } }`),
      'changes',
      'nodes',
    ).filter((node) => ['TERMS', 'CONTRACT'].includes(String(at(node, 'subject'))));
    expect(changes).toHaveLength(5);
    expect(changes).toContainEqual({
      subject: 'TERMS',
      subjectId: 'dk:terms:k',
      terms: { id: 'dk:terms:k', fees: [{ id: 'dk:fee:membership' }] },
      contract: null,
    });
    const before = await catalogue.feed();
    await run({
      'fees.csv': [files['fees.csv'][0] ?? '', 'dk:fee:other,dk:terms:k,MEMBERSHIP,,,,,26000,DKK,2024-01-01,,s,,'],
    });
    // The table has all fees of the terms that it names.
    expect((await catalogue.feed()).slice(before.length - 1)).toEqual(['UPSERT dk:terms:k']);
    expect(
      await read('organisation(id: "dk:consortium:k") { ... on DanishConsortium { terms { fees { id } } } }'),
    ).toEqual({
      organisation: {
        terms: [
          { fees: [{ id: 'dk:fee:other' }] },
          { fees: [{ id: 'dk:fee:small' }, { id: 'dk:fee:large' }, { id: 'dk:fee:joining' }] },
        ],
      },
    });
  });
});

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
    const good = (table: 'terms.csv' | 'fees.csv'): string[] => files[table].filter((line) => !line.includes('bad'));
    const again = { 'terms.csv': good('terms.csv'), 'fees.csv': good('fees.csv') };
    await run(again);
    const amounts = (): Promise<object[]> =>
      catalogue.database.query(`SELECT amount FROM fee WHERE terms_id = 'dk:terms:k-desk' ORDER BY id`);
    expect(await amounts()).toEqual([{ amount: '5' }]);
    const [{ revision } = { revision: 0 }] = await catalogue.database.query<{ revision: number }>(
      `SELECT revision FROM terms WHERE id = 'dk:terms:k-desk'`,
    );
    expect(failureCodes(await catalogue.mutate('withdrawTerms', { ...input, expectedRevision: revision }))).toEqual([]);
    // Neither the terms that an editor withdrew, nor their fees.
    const report = await run(again);
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
