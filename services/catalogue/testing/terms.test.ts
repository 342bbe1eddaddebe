import { at, listAt } from './test-catalogue.js';
import { tables } from './mutation-fixtures.js';
import type { ImportReport } from '../import/tables/import-report.js';
import { importAgain, termsTables } from './terms-tables.js';
import { useMutationCatalogue } from './use-mutation-catalogue.js';

const catalogue = useMutationCatalogue({ ...tables, ...termsTables });
const read = async (fields: string): Promise<unknown> =>
  at(await catalogue.query(`{ denmark { ${fields} } }`), 'denmark');

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
    const readiness = 'portalReadiness { criterion answer because }';
    expect(
      await read(
        `desk: record(id: "dk:record:desk") { ${readiness} } secret: record(id: "dk:record:secret") { ${readiness} }`,
      ),
    ).toEqual({
      desk: {
        portalReadiness: [
          { criterion: 'NO_THIRD_PARTY_RIGHTS', answer: 'YES', because: 'OPEN_LICENCE' },
          { criterion: 'NO_CONFIDENTIAL_DATA', answer: 'UNKNOWN', because: 'NOT_STATED' },
          { criterion: 'ALIGNED', answer: 'UNKNOWN', because: 'NOT_STATED' },
          { criterion: 'LICENSED_FOR_REUSE', answer: 'YES', because: 'OPEN_LICENCE' },
          { criterion: 'MAINTAINED', answer: 'NO', because: 'NOT_MAINTAINED' },
        ],
      },
      secret: {
        portalReadiness: expect.arrayContaining([
          { criterion: 'NO_CONFIDENTIAL_DATA', answer: 'UNKNOWN', because: 'EXCEPTION' },
        ]) as unknown[],
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
    await importAgain(catalogue, {
      'fees.csv': [
        termsTables['fees.csv'][0] ?? '',
        'dk:fee:other,dk:terms:k,MEMBERSHIP,,,,,26000,DKK,2024-01-01,,s,,',
      ],
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
