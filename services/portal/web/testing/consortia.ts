import { toPage } from '../../testing/fake-gateway.js';

const period = { start: '2012-04-24', startPrecision: 'DAY', end: null, endPrecision: null, ended: false };
const origin = { source: 'https://www.os2.eu/', observedOn: '2026-03-17', method: 'IMPORTED' };
const claim = {
  id: 'dk:claim:os2-2017-08-07',
  statement: 'Grew to include 58 of the 98 Danish municipalities',
  relation: 'MEMBERS',
  kind: 'MUNICIPALITY',
  count: 58,
  outOf: 98,
  share: null,
  asOf: '2017-08-07',
  precision: 'DAY',
  publishedOn: null,
  source: 'https://joinup.ec.europa.eu/os2',
  solutionAddress: null,
};
const point = (asOf: string, knownMembers: number) => ({
  asOf,
  knownMembers,
  dated: 5,
  observed: knownMembers - 5,
  complete: false,
});
const member = (index: number, role = 'MEMBER') => ({
  id: `dk:membership:os2-${index}`,
  memberId: `dk:administration:${index}`,
  member: {
    __typename: 'DanishAdministration',
    name: `Kommune ${index}`,
    nameLanguage: 'da',
    country: 'DK',
    kind: 'MUNICIPALITY',
    nuts: 'DK042',
  },
  role,
  during: period,
  endReason: null,
  confirmed: true,
  provenance: origin,
});
/** A consortium with everything that its page shows. */
export const os2 = {
  __typename: 'DanishConsortium',
  id: 'dk:consortium:41849983',
  name: 'OS2 <b>fællesskab</b>',
  nameLanguage: 'da',
  country: 'DK',
  kind: 'ASSOCIATION',
  legalForm: 'Forening',
  homepage: 'javascript:alert(1)',
  status: 'ACTIVE',
  statusProvenance: origin,
  existed: period,
  openTo: { kinds: ['MUNICIPALITY'], nuts: ['DK'], description: null, descriptionLanguage: null },
  provenance: origin,
  coverage: {
    asOf: '2017-08-07',
    kind: 'MUNICIPALITY',
    knownMembers: 7,
    eligible: 98,
    share: null,
    complete: false,
    closestClaim: claim,
  },
  terms: [
    {
      id: 'dk:terms:1',
      country: 'DK',
      consortiumId: 'dk:consortium:41849983',
      solutionAddress: null,
      ...{ eligibility: [], conditions: [], support: [], exceptionReason: [] },
      fees: [{ id: 'dk:fee:1', kind: 'MEMBERSHIP', amount: { amount: '90', currency: 'DKK' }, during: period }],
      provenance: origin,
    },
  ],
  claims: [claim],
  growth: [point('2012-01-01', 5), point('2017-01-01', 7), point('2026-01-01', 30)],
  members: (page: { first?: number; after?: string }) => ({
    ...toPage([...Array.from({ length: 250 }, (_, index) => member(index)), member(999, 'OBSERVER')], page),
    complete: false,
  }),
  portfolio: [
    {
      id: 'dk:portfolio:os2-os2mo',
      solutionAddress: 'github.com/os2mo/os2mo',
      solution: { id: 'github.com/os2mo/os2mo', name: 'OS2mo', nameLanguage: null },
      stage: 'PRODUCT',
      level: '3',
      during: period,
      endReason: null,
      provenance: origin,
    },
  ],
};
/** A solution of it. */
export const sharedSolution = {
  id: 'github.com/os2mo/os2mo',
  name: 'OS2mo',
  nameLanguage: null,
  shortDescription: null,
  growth: [
    { asOf: '2012-01-01', adopters: 0, dated: 0, observed: 0, complete: false },
    { asOf: '2026-01-01', adopters: 7, dated: 3, observed: 4, complete: false },
  ],
  reuse: [{ country: 'IT', adopters: 7, firstAdopted: null, knownSince: '2024-01-01' }],
  claims: [{ ...claim, relation: 'USERS' }],
  adoptionFacets: [
    {
      field: 'nuts',
      missing: 2,
      values: [
        { value: 'ITC4', count: 900 },
        { value: 'FR10', count: 1 },
      ],
    },
  ],
};

/** Rejects a field. */
export const fail = () => {
  throw new Error('no connection');
};
/** A consortium of which the pictures cannot be read. */
export const unreadConsortium = { ...os2, id: 'dk:consortium:3', name: 'Unread', growth: fail, members: fail };

/** The graph that pictures and their pages read. */
export const picturesRoot = {
  organisation: ({ id }: { id: string }) =>
    id === os2.id
      ? os2
      : id === unreadConsortium.id
        ? unreadConsortium
        : id.includes('administration')
          ? { __typename: 'DanishAdministration' }
          : null,
  organisations: ({ ids }: { ids: readonly string[] }) => ids.map((id) => (id === os2.id ? os2 : null)),
  consortia: (page: object) => toPage([os2, { ...os2, id: 'dk:consortium:2', name: 'DDF' }], page),
  solution: ({ address }: { address: string }) => (address === sharedSolution.id ? sharedSolution : null),
  solutions: (page: object) => toPage([sharedSolution], page),
  reuseMatrix: () => [{ publishedIn: 'DK', usedIn: 'IT', adoptions: 7, solutions: 1, dated: 3 }],
};
