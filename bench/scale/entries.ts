import { combineSeeds, createRandom, type Random } from '../../services/kit/testing/random.js';
import { popularity } from './distributions.js';
import { type Kind, kinds, type MadeUpCountry, totalSize } from './made-up-countries.js';
import { writeWords } from './vocabulary.js';

/** The share of adoptions and records that concern a solution which another country published. */
const foreignShare = 0.03;

const categories = [
  ...[
    'meeting-management',
    'document-management',
    'content-management',
    'website-builder',
    'geographic-information-systems',
  ],
  ...['identity-management', 'hr', 'crm', 'accounting', 'e-signature', 'design', 'it-development', 'data-analytics'],
  ...['appointment-scheduling', 'project-management', 'knowledge-management', 'collaboration', 'communications'],
] as const satisfies readonly string[];
const licences = [
  'EUPL-1.2',
  'MPL-2.0',
  'AGPL-3.0-or-later',
  'GPL-3.0-only',
  'MIT',
  'Apache-2.0',
  'LGPL-3.0-only',
] as const;
const statuses = ['STABLE', 'STABLE', 'STABLE', 'BETA', 'DEVELOPMENT', 'CONCEPT', 'OBSOLETE', null] as const;
const types = [
  'STANDALONE_WEB',
  'STANDALONE_WEB',
  'STANDALONE_BACKEND',
  'STANDALONE_MOBILE',
  'ADDON',
  'LIBRARY',
  null,
] as const;

const provenance = {
  source: 'https://example.org/catalogue',
  retrievedAt: '2026-01-01T00:00:00.000Z',
  observedOn: '2026-01-01',
  assertedBy: null,
  method: 'IMPORTED',
  licence: 'CC-BY-4.0',
  note: null,
};

const addressOf = (solution: number): string => `github.com/owner-${solution % 9973}/solution-${solution}`;
const administrationId = ({ code }: MadeUpCountry, number: number): string =>
  `${code.toLowerCase()}:administration:${number}`;
const consortiumId = ({ code }: MadeUpCountry, number: number): string => `${code.toLowerCase()}:consortium:${number}`;

/** Creates a function that makes up the nth entry of a kind in a country's feed, with the fields of the contract. */
export function createEntries(countries: readonly MadeUpCountry[]) {
  const solutions = totalSize(countries, 'record');

  /** A solution of the country or of any; which are popular does not depend on the order of the countries. */
  const popularSolution = (random: Random, { firstSolution, sizes }: MadeUpCountry): number => {
    const [first, count] = random.chance(foreignShare) ? [0, solutions] : [firstSolution, sizes.record];
    return first + ((popularity(random, count) * 7919) % count);
  };
  const during = (random: Random) => {
    const start = random.chance(0.7) ? day(random, 2010, 2026) : null;
    const ended = random.chance(0.9) ? null : false;
    return { start, startPrecision: start && 'DAY', end: null, endPrecision: null, ended };
  };

  const contents: Readonly<Record<Kind, (country: MadeUpCountry, number: number, random: Random) => object>> = {
    administration: (country, number, random) => ({
      kind: random.chance(0.9) ? 'MUNICIPALITY' : 'OTHER',
      level: 'LOCAL',
      nuts: `${country.code === 'GR' ? 'EL' : country.code}${random.below(9) + 1}${random.below(9) + 1}`,
      population: { count: Math.floor(100 * 10 ** (random.next() * 4)) },
      ...organisation(random, country, number),
    }),
    consortium: (country, number, random) => ({
      openTo: null,
      status: 'ACTIVE',
      membersCompleteSince: null,
      provenance: { source: provenance.source, observedOn: provenance.observedOn },
      ...organisation(random, country, number),
    }),
    membership: (country, _number, random) => ({
      consortiumId: consortiumId(country, random.below(country.sizes.consortium)),
      memberId: administrationId(country, random.below(country.sizes.administration)),
      role: 'MEMBER',
      during: during(random),
      provenance: { source: provenance.source, observedOn: provenance.observedOn },
    }),
    record: (country, number, random) => record(random, country, number, popularSolution),
    portfolio: (country, _number, random) => ({
      consortiumId: consortiumId(country, random.below(country.sizes.consortium)),
      solutionAddress: addressOf(popularSolution(random, country)),
      during: during(random),
      provenance: { observedOn: provenance.observedOn },
    }),
    adoption: (country, _number, random) => ({
      country: country.code,
      administrationId: administrationId(country, random.below(country.sizes.administration)),
      group: null,
      solutionAddress: addressOf(popularSolution(random, country)),
      status: random.chance(0.9) ? 'IN_PRODUCTION' : 'DECLARED',
      during: during(random),
      version: null,
      rawName: random.chance(0.5) ? writeWords(random, country.languages[0], 3) : null,
      matchConfidence: 1,
      provenance,
    }),
  };
  return (country: MadeUpCountry, kind: Kind, number: number) => {
    const id = `${country.code.toLowerCase()}:${kind}:${number}`;
    const random = createRandom(combineSeeds(country.index, kinds.indexOf(kind), number));
    return { id, ...contents[kind](country, number, random) };
  };
}

function organisation(random: Random, { languages: [language] }: MadeUpCountry, number: number) {
  const name = capitalised(`${writeWords(random, language, 1 + random.below(2))} ${number % 97}`);
  return {
    name,
    names: [{ text: name, language }],
    alternativeNames: [],
    existed: { start: null, end: null, ended: null },
    identifiers: [{ notation: String(100_000 + number) }],
  };
}

function record(
  random: Random,
  country: MadeUpCountry,
  number: number,
  popularSolution: (random: Random, country: MadeUpCountry) => number,
): Readonly<Record<string, unknown>> {
  const [language] = country.languages;
  const solution = random.chance(foreignShare) ? popularSolution(random, country) : country.firstSolution + number;
  const address = addressOf(solution);
  const name = capitalised(writeWords(random, language, 1 + random.below(2)));
  const describe = (described: string) => ({
    language: described,
    localisedName: null,
    shortDescription: capitalised(writeWords(random, described, 8 + random.below(12))),
    longDescription: random.chance(0.4) ? capitalised(writeWords(random, described, 40 + random.below(100))) : null,
    documentation: null,
    apiDocumentation: null,
    features: Array.from({ length: random.below(5) }, () => writeWords(random, described, 3)),
    awards: [],
  });
  return {
    country: country.code,
    solutionAddress: address,
    aliases: random.chance(0.03) ? [`gitlab.com/owner-${solution % 9973}/solution-${solution}`] : [],
    issued: `${day(random, 2018, 2026)}T00:00:00.000Z`,
    kind: random.chance(0.95) ? 'SOFTWARE' : 'SERVICE',
    name,
    descriptions: [...country.languages, ...(random.chance(0.3) ? ['en'] : [])].map(describe),
    url: `https://${address}`,
    landingURL: null,
    applicationSuite: null,
    isBasedOn: random.chance(0.05) ? [`https://${addressOf(popularSolution(random, country))}`] : [],
    softwareVersion: `${random.below(9)}.${random.below(9)}`,
    releaseDate: random.chance(0.7) ? day(random, 2012, 2026) : null,
    partOf: null,
    developmentStatus: random.pick(statuses),
    softwareType: random.pick(types),
    categories: [...new Set(Array.from({ length: random.below(4) }, () => random.pick(categories)))],
    platforms: ['web'],
    supports: [],
    licence: random.chance(0.9) ? random.pick(licences) : null,
    mainCopyrightOwner: null,
    maintenance: random.chance(0.5) ? 'INTERNAL' : 'CONTRACT',
    maintainedUntil: null,
    contractors: [],
    fundedBy: [],
    intendedAudience: null,
    localisationReady: null,
    availableLanguages: [...country.languages],
    dependsOn: [],
    roadmap: null,
    publisherId: random.chance(0.8) ? administrationId(country, random.below(country.sizes.administration)) : null,
    publisherName: null,
    issues: [],
    publiccode: null,
    publiccodeFile: null,
    validByStandard: null,
    provenance,
  };
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A day from the first of January of one year to before that of another. */
const day = (random: Random, from: number, until: number): string =>
  new Date(Date.UTC(from, 0, 1) + random.below((until - from) * 365) * 86_400_000).toISOString().slice(0, 10);
