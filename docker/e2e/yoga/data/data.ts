import type { Adoption, CatalogueRecord, Claim, Membership, PortfolioEntry } from '../types.js';
import { administrations, os2 } from './bodies.js';
import { always, since, until } from './periods.js';
import { from, urlOf } from './sources.js';

const os2mo = 'github.com/os2mo/os2mo';
const os2display = 'github.com/os2display/display-api-service';

type Stated<Row> = Omit<Row, 'id' | 'consortiumId' | 'endReason' | 'during'> & {
  readonly during?: Membership['during'];
};

const member = (local: string, row: Stated<Omit<Membership, 'memberId'>>): Membership => ({
  id: `dk:membership:os2-${local}`,
  consortiumId: os2.id,
  memberId: `dk:administration:${local}`,
  during: always,
  endReason: null,
  ...row,
});

const founder = { role: 'FOUNDER', during: since('2012-04-24'), provenance: from('bylaws', '2026-03-17') };
const onBoard = { role: 'BOARD', provenance: from('board', '2026-11-23') };

const memberships: readonly Membership[] = [
  member('0101', founder),
  member('0151', founder),
  member('0540', founder),
  member('0820', {
    role: 'MEMBER',
    during: since('2017-01-01', 'MONTH'),
    provenance: from('joinup2017', '2017-08-07', 'Joined in January 2017.'),
  }),
  member('0751', onBoard),
  member('ski', onBoard),
  member('kombit', { ...onBoard, role: 'OBSERVER' }),
];

const claim = { consortiumId: os2.id, solutionAddress: null, kind: 'MUNICIPALITY', outOf: null, share: null };

const claims: readonly Claim[] = [
  {
    ...claim,
    id: 'dk:claim:os2-2017-08-07',
    statement: 'Grew to include 58 of the 98 Danish municipalities',
    relation: 'MEMBERS',
    count: 58,
    outOf: 98,
    asOf: '2017-08-07',
    precision: 'DAY',
    publishedOn: '2017-08-07',
    source: urlOf('joinup2017'),
  },
  {
    ...claim,
    id: 'dk:claim:os2-2020-01',
    statement: 'Involves 66 of the 98 Danish municipalities',
    relation: 'MEMBERS',
    count: 66,
    outOf: 98,
    asOf: '2020-01-01',
    precision: 'MONTH',
    publishedOn: '2020-01-23',
    source: urlOf('fsfe'),
  },
  {
    ...claim,
    id: 'dk:claim:os2mo-2020-01-09',
    solutionAddress: os2mo,
    statement: 'In production in three municipalities, soon in three more',
    relation: 'USERS',
    count: 3,
    asOf: '2020-01-09',
    precision: 'DAY',
    publishedOn: '2020-01-09',
    source: urlOf('joinup2020'),
  },
];

const record = {
  issued: '2026-11-23T00:00:00Z',
  kind: 'SOFTWARE',
  landingURL: null,
  applicationSuite: null,
  releaseDate: null,
  developmentStatus: null,
  softwareType: 'STANDALONE_BACKEND',
  categories: [],
  platforms: [],
  licence: 'MPL-2.0',
  maintenance: null,
  publisherId: os2.id,
};

const records: readonly CatalogueRecord[] = [
  {
    ...record,
    id: 'dk:record:os2mo',
    solutionAddress: os2mo,
    name: 'OS2mo',
    texts: [
      {
        language: 'da',
        localisedName: 'OS2mo',
        shortDescription:
          'Autoritativ kilde til organisation, medarbejdere, it-adgange og roller, som andre systemer henter data fra.',
      },
      { language: 'en', localisedName: 'GIR', shortDescription: null },
    ],
    url: 'https://github.com/OS2mo/os2mo',
    landingURL: 'https://github.com/OS2mo/os2mo',
    applicationSuite: 'OS2mo',
    developmentStatus: 'STABLE',
    categories: ['employee-management', 'hr', 'identity-management', 'it-service-management', 'project-management'],
    platforms: ['linux', 'web'],
    maintenance: 'CONTRACT',
    provenance: from('os2mo', '2026-08-21'),
  },
  {
    ...record,
    id: 'dk:record:os2display',
    solutionAddress: os2display,
    name: 'OS2display',
    texts: [
      {
        language: 'da',
        localisedName: null,
        shortDescription: 'Styrer og viser indhold på infoskærme: planlæg og udgiv til én eller mange skærme.',
      },
    ],
    url: 'https://github.com/os2display/display-api-service',
    releaseDate: '2026-06-23',
    provenance: from('os2display', '2026-06-23'),
  },
];

const entry = { consortiumId: os2.id, stage: 'PRODUCT', level: null, endReason: null };

const portfolio: readonly PortfolioEntry[] = [
  {
    ...entry,
    id: 'dk:portfolio:os2-os2mo',
    solutionAddress: os2mo,
    during: always,
    provenance: from('products', '2026-03-17', null, 'INFERRED'),
  },
  {
    ...entry,
    id: 'dk:portfolio:os2-os2datascanner',
    solutionAddress: 'github.com/os2datascanner/os2datascanner',
    during: until('2023-12-14'),
    endReason: 'Udtrådt efter bestyrelsens beslutning; føres videre af Magenta som OSdatascanner.',
    provenance: from('leaving'),
  },
];

/** The name in the source is that of the municipality, without doubt. */
const user = (local: string, rawName: string) => ({
  administrationId: `dk:administration:${local}`,
  group: null,
  during: always,
  version: null,
  rawName,
  matchConfidence: 1,
});

const adoptions: readonly Adoption[] = [
  {
    ...user('0151', 'Ballerup'),
    id: 'dk:adoption:os2mo-0151',
    solutionAddress: os2mo,
    status: 'OTHER',
    provenance: from('joinup2020', '2020-01-09', 'Soon to be up and running; whether it came to that was not seen.'),
  },
  {
    ...user('0151', 'Ballerup'),
    id: 'dk:adoption:os2display-0151',
    solutionAddress: os2display,
    status: 'IN_PRODUCTION',
    provenance: from(
      'minutes',
      '2026-09-29',
      'Concluded from a supplier’s having tried the upgrade to version 3 with its database.',
      'INFERRED',
    ),
  },
  {
    ...user('0751', 'Aarhus'),
    id: 'dk:adoption:os2display-0751',
    solutionAddress: os2display,
    status: 'PILOT',
    version: '3.0 RC9',
    provenance: from('minutes', '2026-09-29', 'A release candidate is tested there on several screens.'),
  },
  {
    id: 'dk:adoption:os2mo-danish-regions',
    administrationId: null,
    group: 'Danish Regions',
    solutionAddress: os2mo,
    status: 'DECLARED',
    during: always,
    version: null,
    rawName: 'Danish Regions',
    matchConfidence: null,
    provenance: from('os2mo', '2026-08-21'),
  },
];

/** A handful of what Denmark has, each with its source. */
export const data = {
  ADMINISTRATION: administrations,
  CONSORTIUM: [os2],
  MEMBERSHIP: memberships,
  CLAIM: claims,
  RECORD: records,
  PORTFOLIO: portfolio,
  ADOPTION: adoptions,
};
