/** The data of the catalogue of Ruritania: a fictional country, so that no statement is about a real organisation. */

export const day = '2020-03-01';

const period = (start: string | null) => ({
  start,
  startPrecision: start === null ? null : 'DAY',
  end: null,
  endPrecision: null,
  ended: false,
});

/** A period without a start, until a day. */
const until = (end: string) => ({ start: null, startPrecision: null, end, endPrecision: 'DAY', ended: true });

const provenance = {
  source: 'https://example.org/ruritania',
  retrievedAt: null,
  observedOn: day,
  assertedBy: null,
  method: 'DECLARED',
  licence: null,
  note: null,
};

const organisation = {
  alternativeNames: [],
  country: 'XR',
  homepage: null,
  provenance,
};

const town = (code: string, ruritanian: string, german: string) => ({
  __typename: 'RuritanianAdministration',
  ...organisation,
  id: `xr:administration:${code}`,
  names: [
    { language: 'en', text: ruritanian },
    { language: 'de', text: german },
  ],
  existed: period(null),
  codes: [{ scheme: 'XR_TOWN', notation: code, uri: null, during: period(null) }],
  kind: 'MUNICIPALITY',
  kindDetail: null,
  level: 'LOCAL',
  nuts: null,
  lau: null,
  population: { count: 12_000, on: '2020-06-01' },
  predecessors: [],
  successors: [],
});

export const administrations = [
  town('01', 'Streslau', 'Strelsau'),
  town('02', 'Zenda', 'Zenda'),
  town('03', 'Hofbau', 'Hofbau'),
  { ...town('04', 'Tarlenheim', 'Tarlenheim'), existed: until('2020-01-01'), codes: [] },
];

export const consortia = [
  {
    __typename: 'RuritanianConsortium',
    ...organisation,
    id: 'xr:consortium:towns',
    names: [{ language: 'en', text: 'Towns of Ruritania' }],
    existed: period('2018-01-01'),
    codes: [],
    kind: 'ASSOCIATION',
    legalForm: null,
    openTo: null,
  },
];

export const memberships = [
  { member: '01', start: '2019-05-01' },
  { member: '02', start: '2020-01-01' },
].map(({ member, start }) => ({
  id: `xr:membership:${member}`,
  memberId: `xr:administration:${member}`,
  consortiumId: 'xr:consortium:towns',
  role: 'MEMBER',
  during: period(start),
  endReason: null,
  provenance,
}));

export const records = [
  {
    id: 'xr:record:minutes',
    country: 'XR',
    solutionAddress: 'example.org/ruritania/minutes',
    aliases: [],
    issued: '2020-03-01T00:00:00Z',
    kind: 'SOFTWARE',
    name: 'Minutes',
    localisedName: null,
    shortDescription: 'Keeps minutes.',
    descriptions: [],
    isBasedOn: [],
    categories: [],
    platforms: [],
    supports: [],
    contractors: [],
    fundedBy: [],
    availableLanguages: [],
    dependsOn: [],
    publisherId: 'xr:consortium:towns',
    publisherName: null,
    claims: [],
    issues: [],
    provenance,
  },
];

export const portfolio = [
  {
    id: 'xr:portfolio:minutes',
    consortiumId: 'xr:consortium:towns',
    solutionAddress: 'example.org/ruritania/minutes',
    stage: null,
    level: null,
    during: period('2020-03-01'),
    endReason: null,
    provenance,
  },
];

export const adoptions = [
  {
    id: 'xr:adoption:02-minutes',
    country: 'XR',
    administrationId: 'xr:administration:02',
    group: null,
    solutionAddress: 'example.org/ruritania/minutes',
    status: 'IN_PRODUCTION',
    during: period('2020-04-01'),
    version: null,
    rawName: null,
    matchConfidence: null,
    provenance,
  },
];

export const terms = [
  {
    id: 'xr:terms:towns',
    country: 'XR',
    consortiumId: 'xr:consortium:towns',
    solutionAddress: null,
    openToKinds: ['MUNICIPALITY'],
    openToNuts: null,
    eligibility: [{ language: 'en', text: 'All towns of Ruritania.' }],
    conditions: [],
    support: [],
    agreement: null,
    exceptionGround: null,
    exceptionReason: [],
    fees: [
      {
        id: 'xr:fee:membership',
        kind: 'MEMBERSHIP',
        memberKind: null,
        populationMin: null,
        populationMax: 20_000,
        forMembers: null,
        amount: { amount: '1200.5', currency: 'EUR' },
        during: period('2020-01-01'),
        provenance,
      },
    ],
    provenance,
  },
];

export const contracts = [
  {
    id: 'xr:contract:minutes',
    country: 'XR',
    supplierName: 'Rassendyll & Co.',
    supplierIdentifier: null,
    clientId: 'xr:consortium:towns',
    solutionAddress: 'example.org/ruritania/minutes',
    during: period('2020-03-01'),
    url: null,
    provenance,
  },
];

/** The change feed: one entry for each object. */
export const changes = [
  ...administrations.map((of) => ({ subject: 'ADMINISTRATION', field: 'administration', of })),
  ...consortia.map((of) => ({ subject: 'CONSORTIUM', field: 'consortium', of })),
  ...memberships.map((of) => ({ subject: 'MEMBERSHIP', field: 'membership', of })),
  ...records.map((of) => ({ subject: 'RECORD', field: 'record', of })),
  ...portfolio.map((of) => ({ subject: 'PORTFOLIO', field: 'portfolioEntry', of })),
  ...adoptions.map((of) => ({ subject: 'ADOPTION', field: 'adoption', of })),
  ...terms.map((of) => ({ subject: 'TERMS', field: 'terms', of })),
  ...contracts.map((of) => ({ subject: 'CONTRACT', field: 'contract', of })),
].map(({ subject, field, of }, index) => ({
  id: `xr:change:ruritania-1-${index + 1}`,
  at: '2020-03-01T00:00:00Z',
  kind: 'UPSERT',
  subject,
  subjectId: of.id,
  [field]: of,
}));
