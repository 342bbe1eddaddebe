import type { Subject } from '../feed/entry-schemas.js';
import type { FakeCountry } from './fake-country.js';
import { relations } from '../crosswalk/relations.js';
import { contents, type RawContent } from './feed-contents.js';
import type { Random } from '../../kit/testing/random.js';

/** Few values of everything, so that they collide: several records at one address, several organisations with one name. */
const addresses = [
  'urn:dk:solution:desk',
  'gitlab.com/some/suite//one',
  ...(['a', 'b', 'c', 'd', 'e', 'f', 'g'] as const).map((name) => `github.com/some/${name}`),
] as const;
const countries = ['dk', 'be', 'it'] as const;
const names = ['Aarhus', 'Mons', 'Roma', 'Lyon'] as const;
const rawNames = ['Aarhus Kommune', 'Commune de Mons', 'Comune di Roma', 'City of Lyon', 'Mons', ''] as const;
const supplierNames = ['Magenta', 'MAGENTA', 'Østfirma', 'Oestfirma', 'Zeta', '–'] as const;
const supplierCodes = ['DK_CVR:1', 'DK_CVR:2', null, null] as const;
const past = ['2015-06-01', '2019-01-01', '2020-01-01', '2022-03-01'] as const;
const days = [...past, '2124-05-01', '2130-01-01'] as const;
const moments = ['2018-01-01T00:00:00Z', '2020-01-01T00:00:00.000Z', '2021-07-01T12:00:00.123456Z'] as const;

/** The maximum number of each subject in a country. */
const maxNumbers: Readonly<Record<Subject, number>> = {
  ADMINISTRATION: 3,
  CONSORTIUM: 2,
  MEMBERSHIP: 2,
  CLAIM: 2,
  RECORD: 6,
  PORTFOLIO: 3,
  ADOPTION: 14,
  CODE_LIST: 2,
  CODE: 4,
  CODE_MAPPING: 5,
  NEED: 3,
  NEED_HOLDER: 6,
  TERMS: 2,
  CONTRACT: 3,
};
/** Subjects by frequency. */
const weightedSubjects = [
  ...(['RECORD', 'RECORD', 'RECORD', 'ADMINISTRATION', 'ADMINISTRATION'] as const),
  ...(['ADOPTION', 'ADOPTION', 'ADOPTION', 'ADOPTION', 'ADOPTION'] as const),
  ...(['PORTFOLIO', 'PORTFOLIO', 'CONSORTIUM', 'MEMBERSHIP', 'CLAIM'] as const),
  ...(['ADOPTION', 'ADOPTION', 'RECORD', 'ADMINISTRATION'] as const),
  ...(['CODE_LIST', 'CODE', 'CODE_MAPPING', 'NEED', 'NEED_HOLDER'] as const),
  ...(['CONTRACT', 'TERMS', 'ADOPTION', 'ADOPTION', 'ADMINISTRATION'] as const),
] as const;

/** Applies a random change to a country: publishes or deletes something, publishes something malformed, or restarts the feed. */
export function applyRandomChange(country: FakeCountry, random: Random): void {
  if (random.chance(0.005)) {
    country.restart();
    return;
  }
  const subject = random.pick(weightedSubjects);
  // Occasionally an entry has the id of another subject or country.
  const id = random.chance(0.02)
    ? idOf(random.pick(countries), random.pick(weightedSubjects), random)
    : idOf(country.code.toLowerCase(), subject, random);
  if (random.chance(0.15)) country.withdraw(subject, id);
  else if (random.chance(0.05)) country.publishRaw({ subject, subjectId: id, content: malformed(subject, id, random) });
  else country.publish(subject, randomContents[subject](id, random));
}

function idOf(country: string, subject: Subject, random: Random): string {
  const type = subject.toLowerCase().replaceAll('_', '-');
  return `${country}:${type}:${random.below(maxNumbers[subject])}`;
}

const anyOrganisation = (subject: 'ADMINISTRATION' | 'CONSORTIUM', random: Random): string =>
  idOf(random.chance(0.05) ? 'fr' : random.pick(countries), subject, random);
const countryPrefix = (id: string): string => id.slice(0, 2);
/** Most users are of the same country, so that adoptions are often counted, and often superseded. */
const randomUser = (id: string, random: Random): string =>
  random.chance(0.7) ? idOf(countryPrefix(id), 'ADMINISTRATION', random) : anyOrganisation('ADMINISTRATION', random);

/** Content that is rejected or missing. */
const malformed = (subject: Subject, id: string, random: Random): unknown =>
  random.pick([
    null,
    {},
    { ...randomContents[subject](id, random), id: `${id}-other` },
    { ...randomContents[subject](id, random), id: 7 },
  ]);

const periodContent = (random: Random): object => {
  const start = random.chance(0.7) ? random.pick(past) : random.pick([null, ...days]);
  const end = random.chance(0.15) ? random.pick(days) : null;
  return {
    during: {
      start,
      startPrecision: start && 'DAY',
      end,
      endPrecision: end && 'DAY',
      ended: end === null ? random.pick([null, null, null, false, true]) : true,
    },
    provenance: provenance(random),
  };
};

const provenance = (random: Random): object => ({
  source: null,
  retrievedAt: null,
  observedOn: random.chance(0.7) ? random.pick(past) : random.pick([null, ...days]),
  assertedBy: null,
  method: 'IMPORTED',
  licence: null,
  note: null,
});

const organisationContent = (random: Random): object => {
  const end = random.chance(0.15) ? random.pick(days) : null;
  return {
    existed: {
      start: random.pick([null, null, ...days]),
      end,
      ended: end === null ? random.pick([null, false]) : true,
    },
    identifiers: [{ notation: String(random.below(3)) }],
  };
};

/** Random valid content of each subject. */
const randomContents: Readonly<Record<Subject, (id: string, random: Random) => RawContent>> = {
  ADMINISTRATION: (id, random) =>
    contents.administration(id, random.pick(names), {
      ...organisationContent(random),
      kind: random.pick(['MUNICIPALITY', 'MUNICIPALITY', 'PROVINCE']),
      population: random.pick([null, { count: random.below(1000) }]),
    }),
  CONSORTIUM: (id, random) => contents.consortium(id, random.pick(names), organisationContent(random)),
  MEMBERSHIP: (id, random) =>
    contents.membership(
      id,
      idOf(countryPrefix(id), 'CONSORTIUM', random),
      anyOrganisation('ADMINISTRATION', random),
      periodContent(random),
    ),
  CLAIM: (id, random) => contents.claim(id, random.pick(addresses), { count: random.below(100) }),
  RECORD: (id, random) =>
    contents.record(id, random.pick(addresses), {
      aliases: random.chance(0.7) ? random.some(addresses, 4) : [],
      issued: random.pick(moments),
      name: random.pick(['Desk', 'Agenda', 'OS2agenda']),
      descriptions: random.some(['da', 'fr', 'en'], 2).map((language) => ({
        language,
        localisedName: random.pick([null, 'Møde']),
        shortDescription: random.pick([null, 'Les réunions', 'En mødebog']),
        longDescription: null,
        documentation: null,
        apiDocumentation: null,
        features: random.some(['print', 'search'], 2),
        awards: [],
      })),
      isBasedOn: random.some(addresses, 2),
      licence: random.pick([null, 'EUPL-1.2', 'MIT']),
      categories: random.some(['document-management', 'meeting-management'], 2),
      releaseDate: random.pick([null, ...days]),
      contractors: random
        .some(supplierNames, 2)
        .map((name) => ({ name, until: random.pick([null, ...days]), website: null })),
      publisherId: random.pick([
        null,
        anyOrganisation('ADMINISTRATION', random),
        idOf(countryPrefix(id), 'CONSORTIUM', random),
      ]),
      provenance: provenance(random),
    }),
  PORTFOLIO: (id, random) =>
    contents.portfolio(
      id,
      idOf(countryPrefix(id), 'CONSORTIUM', random),
      random.pick(addresses),
      periodContent(random),
    ),
  ADOPTION: (id, random) => {
    const kindOfUser = random.below(6);
    return contents.adoption(id, kindOfUser < 3 ? randomUser(id, random) : null, random.pick(addresses), {
      ...periodContent(random),
      status: random.pick(['IN_PRODUCTION', 'PILOT', 'PILOT', 'ENDED']),
      rawName: kindOfUser === 3 || kindOfUser === 4 ? random.pick(rawNames) : null,
      group: kindOfUser === 5 ? 'Several' : null,
    });
  },
  CODE_LIST: (id, random) => contents.codeList(id, random.pick(schemes), { version: random.pick([null, '2']) }),
  CODE: (id, random) =>
    contents.code(id, randomCode(random), random.pick(['Library', 'Elections', 'Libraries and culture', 'Other']), {
      broaderNotation: random.pick([null, null, '1']),
    }),
  CODE_MAPPING: (id, random) =>
    contents.codeMapping(
      id,
      randomCode(random),
      random.pick(relations),
      random.chance(0.6) ? random.pick(['TOPIC:library', 'TOPIC:elections']) : randomCode(random),
    ),
  NEED: (id, random) =>
    contents.need(id, random.pick(['A library website', 'Elections']), [randomCode(random), randomCode(random)]),
  NEED_HOLDER: (id, random) => {
    const isRule = random.chance(0.2);
    return contents.needHolder(
      id,
      idOf(countryPrefix(id), 'NEED', random),
      isRule ? null : anyOrganisation('ADMINISTRATION', random),
      {
        ...periodContent(random),
        rule: isRule ? { kind: 'MUNICIPALITY', nuts: countryPrefix(id).toUpperCase() } : null,
        state: random.pick(['STATED', 'FUNDED', 'MET']),
        amount: random.pick([null, { amount: '10.5', currency: 'EUR' }]),
        metBy: random.some(addresses, 2),
      },
    );
  },
  TERMS: (id, random) =>
    contents.terms(id, random.pick(addresses), {
      consortiumId: random.pick([null, idOf(countryPrefix(id), 'CONSORTIUM', random)]),
      fees: random.chance(0.5) ? [contents.fee(`${countryPrefix(id)}:fee:a`, String(random.below(100)))] : [],
    }),
  CONTRACT: (id, random) =>
    contents.contract(id, random.pick(supplierNames), random.pick(addresses), {
      supplierIdentifier: random.pick(supplierCodes),
      clientId: random.pick([null, anyOrganisation('ADMINISTRATION', random)]),
    }),
};

/** Lists of no country, so that those of several catalogues collide; one of another country is rejected there. */
const schemes = ['EU_SDG', 'UN_COFOG', 'DK_KLE'] as const;
const randomCode = (random: Random): string => `${random.pick(schemes)}:${random.below(3)}`;
