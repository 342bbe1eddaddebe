import { GraphQLError } from 'graphql';

import { type RootFields, toPage } from '../../testing/fake-gateway.js';

const provenance = {
  source: 'https://www.dst.dk/kommuner',
  observedOn: '2024-03-01',
  method: 'INFERRED',
  assertedBy: null,
};
const during = { start: '2015-01-01', startPrecision: 'YEAR', end: null, endPrecision: null, ended: null };
const unknownPeriod = { ...during, start: null, startPrecision: null };

/** An administration with everything that its page shows. */
export const administration = {
  __typename: 'DanishAdministration',
  id: 'dk:administration:0820',
  name: 'Vesthimmerlands Kommune',
  nameLanguage: 'da',
  names: [{ language: 'da', text: 'Vesthimmerlands Kommune' }],
  alternativeNames: [{ language: 'da', text: 'Vesthimmerland' }],
  country: 'DK',
  homepage: 'javascript:alert(1)',
  existed: during,
  identifiers: [{ scheme: 'DK_KOMMUNE', notation: '0820', uri: null, during: unknownPeriod }],
  memberships: [
    {
      id: 'dk:membership:1',
      role: 'FOUNDER',
      confirmed: true,
      country: 'DK',
      endReason: null,
      consortiumId: 'dk:consortium:os2',
      consortium: { __typename: 'DanishConsortium', name: 'OS2', nameLanguage: 'da' },
      during,
      provenance,
    },
  ],
  provenance,
  kind: 'MUNICIPALITY',
  kindDetail: null,
  kindDetailLanguage: null,
  level: 'LOCAL',
  nuts: 'DK050',
  lau: '0820',
  population: { count: 36_001, on: null, provenance },
  predecessors: [
    {
      __typename: 'DanishAdministration',
      id: 'dk:administration:0861',
      name: 'Aalestrup',
      nameLanguage: 'da',
      existed: { ...during, end: '2006-12-31', endPrecision: 'DAY', ended: true },
    },
  ],
  successors: [],
  adoptions: (args: { first: number; after: string | null }) => ({
    ...toPage(
      Array.from({ length: 25 }, (_, index) => ({
        id: `dk:adoption:${index}`,
        status: 'IN_PRODUCTION',
        version: null,
        solutionAddress: `github.com/os2/s${index}`,
        solution: { id: `github.com/os2/s${index}`, name: `Solution ${index}`, nameLanguage: null, licence: null },
        during: unknownPeriod,
        provenance,
      })),
      args,
    ),
    complete: false,
  }),
  needs: () => ({ ...toPage([], {}) }),
};

const peer = (index: number) => ({
  administrationId: `it:administration:${index}`,
  administration: { ...administration, name: `Comune ${index}`, country: 'IT' },
  score: 90 - index,
  reasons: ['KIND', 'POPULATION'],
  unknown: [],
});
const solutionOfPeers = (id: string, name: string, peers = 4) => ({
  id,
  name,
  nameLanguage: null,
  shortDescription: null,
  shortDescriptionLanguage: null,
  licence: 'EUPL-1.2',
  publishedIn: ['IT'],
  reuse: [{ country: 'IT', adopters: 7 }],
  adoptions: () => ({
    nodes: [{ administrationId: 'it:administration:1', administration: { ...administration, name: 'Comune 1' } }],
    totalCount: peers,
  }),
});

const money = { amount: '1234567890123.45', currency: 'EUR' };
/** A need with holders of each form: an organisation, a name that was not identified, and a rule. */
export const need = {
  id: 'it:need:pnrr-1-4-1',
  country: 'IT',
  statement: 'Siti web dei comuni',
  statementLanguage: 'it',
  statements: [{ language: 'it', text: 'Siti web dei comuni' }],
  legalBasis: 'PNRR',
  url: null,
  codes: [{ scheme: 'IT_PNRR', notation: '1.4.1', code: null }],
  holders: ({ state, first, after }: { state?: string | null; first: number; after: string | null }) => ({
    ...toPage(
      [
        {
          state: 'FUNDED',
          holderId: 'it:administration:h501',
          holder: { ...administration, name: 'Roma' },
          rule: null,
        },
        { state: 'MET', holderId: null, holder: null, rawName: 'Un comune', rule: null },
        { state: 'STATED', holderId: null, holder: null, rule: { kind: 'MUNICIPALITY', nuts: 'ITC' } },
      ]
        .filter((holder) => state === null || state === undefined || holder.state === state)
        .map((holder, index) => ({
          id: `it:need-holder:${index}`,
          rawName: null,
          inherited: holder.rule !== null,
          during,
          amount: money,
          metBy: ['github.com/italia/sito'],
          solutions: [null],
          provenance,
          ...holder,
        })),
      { first, after },
    ),
    states: [
      { state: 'FUNDED', holders: 1, rules: 0, amounts: [money] },
      { state: 'MET', holders: 1, rules: 0, amounts: [] },
    ],
  }),
  provenance,
};

const candidate = {
  solutionId: 'github.com/italia/sito',
  solution: {
    id: 'github.com/italia/sito',
    name: 'Sito',
    nameLanguage: 'it',
    shortDescription: null,
    shortDescriptionLanguage: null,
    publishedIn: ['IT'],
    reuse: [],
  },
  reasons: ['SAME_CODE', 'OPEN_LICENCE'],
  topics: ['websites'],
  usersLikeMe: { count: 3, of: 120 },
  mayJoin: {
    answer: 'YES',
    because: 'ELIGIBLE',
    consortiumId: 'it:consortium:x',
    consortium: { __typename: 'ItalianConsortium', name: 'Consorzio X', nameLanguage: 'it' },
    source: 'https://consorzio.example/statuto',
    observedOn: '2024-01-02',
  },
  cost: null,
  licence: 'EUPL-1.2',
  lastRelease: null,
  maintainedUntil: null,
  evidence: [provenance, provenance],
  unknown: ['COST', 'RELEASE'],
};
const record = {
  id: 'c.abc',
  checkedAt: '2026-03-01T08:30:00Z',
  positions: [
    { country: 'DK', position: 'f1' },
    { country: 'IT', position: 'f2' },
  ],
};
const check = (input: { text?: string; need?: string; for?: string }) => ({
  text: input.text ?? null,
  codes: null,
  needId: input.need ?? null,
  forId: input.for ?? null,
  asOf: '2026-03-01',
  understoodAs: [{ topic: 'meeting-management', relation: 'TEXT', path: ['dagsordener', 'meeting-management'] }],
  candidates: [candidate],
  sameNeed: () => ({ ...toPage([], {}), countries: [] }),
  notConsidered: [{ country: 'BE', reason: 'UNAVAILABLE', consideredUntil: '2026-02-28T00:00:00Z' }],
  record,
});

const status = (country: string) => ({
  country,
  state: country === 'BE' ? 'UNREACHABLE' : 'OK',
  indexedAt: '2026-03-01T08:00:00Z',
  lagSeconds: 1,
  entries: 12_345,
  refused: 1,
  refusals: [{ subject: 'RECORD', subjectId: 'be:record:<x>', reason: 'too large', at: '2026-03-01T07:00:00Z' }],
  problem: null,
  disputedAddresses: 0,
  disputes: [],
  unconfirmedAdoptions: 1,
  unconfirmedMemberships: 0,
  unconfirmedStatements: [
    {
      subject: 'ADOPTION',
      statementId: 'be:adoption:1',
      organisationId: 'dk:administration:0820',
      source: null,
      observedOn: null,
    },
  ],
  usersNamed: 3,
  usersMatched: 1,
  openUsers: [{ adoptionId: 'be:adoption:2', name: 'Bruxelles', candidates: [administration, null] }],
});
const catalogue = {
  __typename: 'ItalianCatalogue',
  country: 'IT',
  title: 'Catalogo',
  titleLanguage: 'it',
  languages: ['it', 'de'],
  identifierSchemes: [{ scheme: 'IT_ISTAT', title: 'Municipal codes', agency: 'Istat' }],
  completeSince: [{ kind: 'MUNICIPALITY', nuts: null, since: '1991-01-01' }],
  need: ({ id }: { id: string }) => (id === need.id ? need : null),
  records: (args: { first: number; after: string | null }) =>
    toPage(
      Array.from({ length: 60 }, (_, index) => ({
        id: `it:record:${index}`,
        name: `Record ${index}`,
        solutionAddress: `github.com/it/r${index}`,
        validByStandard: index > 0,
        portalReadiness: [
          { criterion: 'LICENSED_FOR_REUSE', answer: index === 0 ? 'NO' : 'YES', because: 'OPEN_LICENCE' },
          { criterion: 'MAINTAINED', answer: 'UNKNOWN', because: 'NOT_STATED' },
        ],
        issues:
          index === 0
            ? [
                {
                  path: 'description.it',
                  rule: 'required',
                  severity: 'ERROR',
                  message: 'is missing',
                  line: 3,
                  violatesStandard: true,
                },
              ]
            : [],
        provenance,
      })),
      args,
    ),
};

/** What a name finds besides the administration: another municipality, or the province of the same name. */
const othersByName: Readonly<Record<string, readonly object[]>> = {
  Namur: [{ ...administration, id: 'be:administration:n2' }],
  vésthimmerland: [{ ...administration, id: 'dk:administration:province', kind: 'PROVINCE' }],
};

/** What a gateway serves of these objects: Belgium is down. */
export const recordsRoot: RootFields = {
  organisation: ({ id }: { id: string }) =>
    id === administration.id
      ? administration
      : id.includes(':consortium:')
        ? { ...administration, __typename: 'DanishConsortium' }
        : null,
  peers: (args: { first: number; after: string | null }) => ({
    ...toPage(
      Array.from({ length: 12 }, (_, index) => peer(index)),
      args,
    ),
    unknown: 5,
  }),
  solutions: ({ filter }: { filter: { usedBy?: string } }) =>
    filter.usedBy === undefined
      ? {
          ...toPage(
            [
              solutionOfPeers('github.com/os2/s1', 'Own'),
              solutionOfPeers('github.com/it/new', 'New'),
              solutionOfPeers('github.com/it/frequent', 'Frequent', 5),
            ],
            {},
          ),
          unknown: 2,
          staleCatalogues: [],
        }
      : toPage([{ id: 'github.com/os2/s1' }], {}),
  administrations: ({ search }: { search: string }) => ({
    ...toPage([administration, ...(othersByName[search] ?? [])], {}),
    fuzzy: false,
  }),
  adoptions: (args: { first: number; after: string | null }) =>
    toPage(
      [
        {
          id: 'it:adoption:9',
          rawName: 'Bruxelles-Ville',
          solutionAddress: candidate.solutionId,
          solution: candidate.solution,
          provenance,
        },
        null,
      ],
      args,
    ),
  node: ({ id }: { id: string }) => (id === 'it:catalogue' ? catalogue : null),
  reuseCheck: check,
  reuseCheckRecord: () => ({
    record,
    check: check({ text: 'Dagsordener', for: administration.id }),
    notReproduced: ['DESCRIPTIONS'],
    changedSince: ['IT'],
    addedSince: [],
  }),
  suppliers: (args: { first: number; after: string | null }) =>
    toPage(
      [
        {
          id: 'supplier:acme',
          name: 'Acme',
          names: ['Acme'],
          countries: ['IT'],
          contracts: [
            {
              statementId: 'it:record:1',
              country: 'IT',
              clientId: null,
              client: null,
              solutionAddress: candidate.solutionId,
              solution: candidate.solution,
              during,
              url: null,
              provenance,
            },
          ],
        },
      ],
      args,
    ),
  catalogueStatus: () => ['BE', 'DK', 'IT'].map(status),
  catalogues: ({ countries }: { countries?: string[] }) => {
    if (countries?.includes('BE'))
      throw new GraphQLError('down', { extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'belgium' } });
    if (countries?.includes('XX')) throw new GraphQLError('none', { extensions: { code: 'UNKNOWN_COUNTRY' } });
    return [catalogue];
  },
};
