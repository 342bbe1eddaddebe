import { type RootFields, toPage } from '../../testing/fake-gateway.js';

const during = { start: '2015-03-01', startPrecision: 'MONTH', end: null, endPrecision: null, ended: null };
const provenance = {
  source: 'https://os2.example/users',
  observedOn: '2024-01-02',
  assertedBy: 'OS2',
  method: 'IMPORTED',
};
const openTo = { kinds: ['MUNICIPALITY'], nuts: ['DK', 'DK04'], description: null, descriptionLanguage: null };
const fees = [
  { id: 'dk:fee:1', kind: 'MEMBERSHIP', populationMin: 20000, amount: { amount: '1500.50', currency: 'DKK' }, during },
];
const texts = {
  eligibility: [],
  conditions: [{ language: 'da', text: 'Betingelser' }],
  support: [],
  exceptionReason: [],
};
const terms = [
  {
    id: 'dk:terms:1',
    country: 'DK',
    consortiumId: 'dk:consortium:1',
    solutionAddress: null,
    ...texts,
    fees,
    provenance,
  },
  // Another solution of the consortium.
  {
    id: 'dk:terms:2',
    country: 'DK',
    consortiumId: 'dk:consortium:1',
    solutionAddress: 'x',
    ...texts,
    fees: [],
    provenance,
  },
];
const record = {
  id: 'dk:record:os2mo',
  country: 'DK',
  name: 'OS2mo',
  licence: 'MPL-2.0',
  landingURL: 'javascript:alert(1)',
  contractors: [{ name: 'Magenta', until: '2027-12-31', website: 'https://magenta.example' }],
  categories: ['budgeting'],
  availableLanguages: ['da', 'en'],
  provenance,
};
/** A solution with everything that its page shows. */
export const solution = {
  id: 'github.com/os2mo/os2mo',
  address: 'github.com/os2mo/os2mo',
  name: '<script>alert(1)</script>\u202E',
  nameLanguage: 'da',
  shortDescription: null,
  licence: 'MPL-2.0',
  licenceFamily: 'WEAK_COPYLEFT',
  publishedIn: ['DK'],
  categories: ['budgeting'],
  origins: [{ field: 'licence', recordId: 'dk:record:os2mo', country: 'DK' }],
  maintainerIds: ['dk:consortium:1', 'it:consortium:2'],
  maintainers: [
    {
      __typename: 'DanishConsortium',
      id: 'dk:consortium:1',
      country: 'DK',
      name: 'OS2',
      status: 'ACTIVE',
      provenance,
      openTo,
      terms,
    },
    null,
  ],
  reuse: [
    { country: 'DK', adopters: 7, knownSince: '2020-01-09', dated: 0, observed: 7 },
    { country: 'IT', adopters: 1, knownSince: null, dated: null, observed: null },
  ],
  mayJoin: ({ for: id }: { for: string }) => ({
    answer: id === 'dk:administration:0751' ? 'YES' : 'NO',
    because: id === 'dk:administration:0751' ? 'MEMBER' : 'AREA_NOT_ELIGIBLE',
    consortiumId: 'dk:consortium:1',
    consortium: { __typename: 'DanishConsortium', name: 'OS2' },
    source: 'https://os2.example/rules',
    observedOn: '2024-01-02',
  }),
  growth: [{ asOf: '2026-01-01', adopters: 7, dated: 0, observed: 7, complete: false }],
  adoptionFacets: [],
  claims: [
    { id: 'dk:claim:1', statement: 'Brugt i 15 kommuner', relation: 'USERS', count: 15, source: 'https://os2.example' },
  ],
  adoptions: () =>
    toPage(
      [
        {
          id: 'dk:adoption:1',
          country: 'DK',
          administrationId: 'dk:administration:0751',
          rawName: 'Aarhus',
          status: 'PILOT',
          confirmed: true,
          during,
          provenance,
        },
        null,
      ],
      {},
    ),
  basedOn: [],
  records: [record, null],
};
const fail = () => {
  throw new Error('no index');
};
/** A solution of which the pictures cannot be read. */
export const unread = {
  ...solution,
  id: 'github.com/os2/unread',
  address: 'github.com/os2/unread',
  name: 'Unread',
  growth: fail,
  adoptionFacets: fail,
};
const counted = () => toPage([{}, {}, {}], { first: 1 });
const province = {
  __typename: 'ItalianAdministration',
  id: 'it:administration:062',
  name: 'Provincia di Benevento',
  names: [{ language: 'it', text: 'Provincia di Benevento' }],
  alternativeNames: [{ language: 'it', text: 'Benevento' }],
  country: 'IT',
};
const administrations = [
  { ...province, id: 'it:administration:062008', name: 'Comune di Benevento', kind: 'MUNICIPALITY' },
  { ...province, kind: 'PROVINCE' },
];
const need = {
  id: 'it:need:websites',
  country: 'IT',
  statement: 'Siti dei comuni',
  codes: [{ scheme: 'IT_PNRR', notation: '1.4.1' }],
  legalBasis: 'DL 77/2021',
};

/** The graph that the first page and that of a solution read. */
export const solutionsRoot: RootFields = {
  solutions: ({ search }: { search?: string }) => ({
    ...toPage(search === 'nothing' ? [] : [solution], { first: 20 }),
    fuzzy: search === 'benevento',
    facets: [{ field: 'categories', values: [{ value: 'budgeting', count: 1 }], missing: 0 }],
  }),
  solution: ({ address }: { address: string }) =>
    address === solution.address ? solution : address === unread.address ? unread : null,
  administrations: ({ search }: { search?: string }) =>
    search === 'benevento' ? toPage(administrations, {}) : search === 'nothing' ? toPage([], {}) : counted(),
  consortia: ({ search }: { search?: string }) =>
    ['nothing', 'benevento'].includes(search ?? '') ? toPage([], {}) : counted(),
  needs: ({ search }: { search?: string }) => {
    if (search === 'benevento') throw new Error('not read');
    return search === 'nothing' ? toPage([], {}) : search === 'pnrr' ? toPage([need], {}) : counted();
  },
  reuseMatrix: () => [
    { publishedIn: 'DK', usedIn: 'DK', adoptions: 1234 },
    { publishedIn: 'IT', usedIn: 'DK', adoptions: 5 },
  ],
  catalogueStatus: () => [
    {
      country: 'DK',
      state: 'UNREACHABLE',
      indexedAt: '2026-03-01T08:00:00Z',
      unconfirmedAdoptions: 2,
      figures: { solutions: 40, sharingConsortia: 2, administrations: 103, needs: 7, consortia: 9 },
    },
    { country: 'IT', state: 'OK', indexedAt: '2026-03-02T08:00:00Z', unconfirmedAdoptions: 0, figures: null },
  ],
};
