import type { FakeCountry } from '../testing/fake-country.js';
import { contents } from '../testing/feed-contents.js';
import { useRecordIndex } from '../testing/record-index.js';

const records = useRecordIndex();

const to = (id: string): FakeCountry => {
  const found = records.countries().find(({ folder }) => id.startsWith(folder));
  if (!found) throw new Error(`no country of ${id}`);
  return found;
};
const contract = (id: string, name: string, supplierIdentifier: string | null, more: object = {}): void => {
  to(id).publish('CONTRACT', contents.contract(id, name, 'github.com/os2/desk', { supplierIdentifier, ...more }));
};
/** Each supplier with its names and statements: `supplier:magenta: Magenta, MAGENTA (dk:contract:one)`. */
async function suppliers(): Promise<string[]> {
  await records.catchUp();
  const data = (await records.index.query(
    '{ suppliers { nodes { id name names contracts { statementId } } } }',
  )) as Record<
    'suppliers',
    { nodes: { id: string; name: string; names: string[]; contracts: { statementId: string }[] }[] }
  >;
  return data.suppliers.nodes.map(
    ({ id, name, names, contracts }) =>
      `${id}: ${[name, ...names.filter((other) => other !== name)].join(', ')} (${contracts.map(({ statementId }) => statementId).join(', ')})`,
  );
}

it('statements with one code are about one supplier, whatever names they give it', async () => {
  contract('dk:contract:1', 'Magenta ApS', 'DK_CVR:1');
  contract('dk:contract:2', 'Magenta', 'DK_CVR:1');
  contract('it:contract:3', 'Magenta', 'DK_CVR:1');
  contract('be:contract:4', 'Magenta ApS', 'DK_CVR:2');
  expect(await suppliers()).toEqual([
    'supplier:DK_CVR:1: Magenta, Magenta ApS (dk:contract:1, dk:contract:2, it:contract:3)',
    'supplier:DK_CVR:2: Magenta ApS (be:contract:4)',
  ]);
});

it('a name without a code is the supplier whose only code other statements give it, as long as there is one', async () => {
  records.record(
    'dk:record:desk',
    'github.com/os2/desk',
    {},
    {
      contractors: [
        { name: 'MAGENTA', until: '2024-12-31', website: null },
        { name: 'Magenta', until: null, website: 'https://magenta.example/' },
        { name: 'Zeta', until: null, website: null },
        { name: '–', until: null, website: null },
      ],
    },
  );
  expect(await suppliers()).toEqual([
    'supplier:magenta: MAGENTA (dk:record:desk)',
    'supplier:zeta: Zeta (dk:record:desk)',
  ]);
  contract('it:contract:1', 'Magenta', 'DK_CVR:1');
  expect(await suppliers()).toEqual([
    'supplier:DK_CVR:1: MAGENTA, Magenta (dk:record:desk, it:contract:1)',
    'supplier:zeta: Zeta (dk:record:desk)',
  ]);
  // With a second code it is unknown which of them is meant.
  contract('be:contract:2', 'Magenta', 'DK_CVR:2');
  expect((await suppliers())[2]).toBe('supplier:magenta: MAGENTA (dk:record:desk)');
  to('be').withdraw('CONTRACT', 'be:contract:2');
  to('it').withdraw('CONTRACT', 'it:contract:1');
  records.record('dk:record:desk', 'github.com/os2/desk');
  expect(await suppliers()).toEqual([]);
});

it('a supplier has the clients, solutions and periods that its statements state', async () => {
  records.record(
    'dk:record:desk',
    'github.com/os2/desk',
    { aliases: ['github.com/old/desk'] },
    {
      contractors: [{ name: 'Magenta', until: '2024-12-31', website: 'https://magenta.example/' }],
    },
  );
  contract('dk:contract:1', 'Magenta', null, {
    clientId: 'dk:administration:0820',
    solutionAddress: 'github.com/old/desk',
    url: 'https://example.org/contract',
    during: { start: '2020-01-01', startPrecision: 'YEAR', end: null, endPrecision: null, ended: null },
  });
  await records.catchUp();
  const list = (filter: string): string => `{ suppliers(${filter}) { totalCount nodes { clientIds
    clients { ... on DanishAdministration { ref } } solutions { id }
    contracts { country supplierName clientId solutionAddress during { start startPrecision end ended } url provenance { method } } } } }`;
  const expected = {
    suppliers: {
      totalCount: 1,
      nodes: [
        {
          clientIds: ['dk:administration:0820'],
          clients: [{ ref: 'dk:administration:0820' }],
          solutions: [{ id: 'github.com/old/desk' }],
          contracts: [
            {
              country: 'DK',
              supplierName: 'Magenta',
              clientId: 'dk:administration:0820',
              solutionAddress: 'github.com/old/desk',
              during: { start: '2020-01-01', startPrecision: 'YEAR', end: null, ended: null },
              url: 'https://example.org/contract',
              provenance: { method: 'IMPORTED' },
            },
            {
              country: 'DK',
              supplierName: 'Magenta',
              clientId: null,
              solutionAddress: 'github.com/os2/desk',
              // The first day after the last one of the contract.
              during: { start: null, startPrecision: null, end: '2025-01-01', ended: true },
              url: 'https://magenta.example/',
              provenance: { method: 'IMPORTED' },
            },
          ],
        },
      ],
    },
  };
  for (const filter of [
    'search: "mag"',
    'filter: { client: "dk:administration:0820" }',
    'filter: { solution: "https://github.com/OS2/desk.git", countries: ["DK", "BE"] }',
  ])
    expect(await records.index.query(list(filter))).toEqual(expected);
  for (const filter of [
    'search: "agenta"',
    'filter: { client: "dk:administration:0751" }',
    'filter: { solution: "github.com/a/b" }',
  ])
    expect(await records.index.query(list(filter))).toEqual({ suppliers: { totalCount: 0, nodes: [] } });
  for (const [filter, code] of [
    ['solution: "nowhere"', 'INVALID_ADDRESS'],
    ['client: "Magenta"', 'INVALID_ID'],
    ['countries: ["XX"]', 'UNKNOWN_COUNTRY'],
  ] as const) {
    const { errors } = await records.index.execute(list(`filter: { ${filter} }`));
    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual([code]);
  }
});

it('lists the terms of a solution at any of its addresses, with the fees that an administration pays', async () => {
  records.record('dk:record:desk', 'github.com/os2/desk', { aliases: ['github.com/old/desk'] });
  to('dk').publish(
    'TERMS',
    contents.terms('dk:terms:desk', 'github.com/old/desk', {
      consortiumId: 'dk:consortium:os2',
      conditions: [{ language: 'da', text: 'Tilslutning' }],
      fees: [
        contents.fee('dk:fee:small', '1000', { populationMax: 24_999 }),
        contents.fee('dk:fee:large', '2000.5', { populationMin: 25_000, forMembers: true }),
      ],
    }),
  );
  to('it').publish('TERMS', contents.terms('it:terms:desk', 'github.com/os2/desk', { exceptionGround: 'SECURITY' }));
  to('it').publish('TERMS', contents.terms('it:terms:foreign', null, { consortiumId: 'dk:consortium:os2' }));
  await records.catchUp();
  const { solution } = (await records.index.query(`{ solution(address: "github.com/os2/desk") {
    terms { id country exceptionGround consortium { __typename } solution { id } conditions { language text }
      fees { id } small: fees(population: 10, isMember: false) { id amount { amount currency } }
      large: fees(population: 30000, isMember: false) { id } ofMembers: fees(population: 30000) { id } }
    records { terms { id } } } }`)) as { solution: unknown };
  expect(solution).toEqual({
    terms: [
      {
        id: 'dk:terms:desk',
        country: 'DK',
        exceptionGround: null,
        consortium: { __typename: 'DanishConsortium' },
        solution: { id: 'github.com/old/desk' },
        conditions: [{ language: 'da', text: 'Tilslutning' }],
        fees: [{ id: 'dk:fee:small' }, { id: 'dk:fee:large' }],
        small: [{ id: 'dk:fee:small', amount: { amount: '1000', currency: 'DKK' } }],
        large: [],
        ofMembers: [{ id: 'dk:fee:large' }],
      },
      {
        id: 'it:terms:desk',
        country: 'IT',
        exceptionGround: 'SECURITY',
        consortium: null,
        solution: { id: 'github.com/old/desk' },
        conditions: [],
        fees: [],
        small: [],
        large: [],
        ofMembers: [],
      },
    ],
    // The terms of the address that the record describes, in its own catalogue.
    records: [{ terms: [] }],
  });
  // A country states the terms of its own consortia only.
  const { catalogueStatus } = (await records.index.query('{ catalogueStatus { country refusals { subjectId } } }')) as {
    catalogueStatus: { country: string; refusals: object[] }[];
  };
  expect(catalogueStatus.find(({ country }) => country === 'IT')?.refusals).toEqual([
    { subjectId: 'it:terms:foreign' },
  ]);
});
