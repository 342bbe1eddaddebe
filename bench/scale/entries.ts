import { below, pick, popularity, type Random, randomOf } from './random.js';
import { writeWords } from './vocabulary.js';
import { type Kind, type Land, kinds, sizeOfAll } from './world.js';

/** Of a hundred adoptions so many are of what another country published, and so many records describe it. */
const abroad = 3;

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

const nobody = { startPrecision: null, endPrecision: null };
const provenance = {
  source: 'https://example.org/catalogue',
  retrievedAt: '2026-01-01T00:00:00.000Z',
  observedOn: '2026-01-01',
  assertedBy: null,
  method: 'IMPORTED',
  licence: 'CC-BY-4.0',
  note: null,
};

export const addressOf = (solution: number): string => `github.com/owner-${solution % 9973}/solution-${solution}`;
const administrationId = ({ code }: Land, place: number): string => `${code.toLowerCase()}:administration:${place}`;
const consortiumId = ({ code }: Land, place: number): string => `${code.toLowerCase()}:consortium:${place}`;

/** Makes a function that gives what a country says at a place, under the names of the contract. */
export function createEntries(world: readonly Land[]) {
  const solutions = sizeOfAll(world, 'record');

  /** One of the country's own, or of all; which of them are popular has nothing to do with which country comes first. */
  const popularSolution = (random: Random, { firstSolution, sizes }: Land): number => {
    const isAbroad = random() * 100 < abroad;
    const [first, count] = isAbroad ? [0, solutions] : [firstSolution, sizes.record];
    return first + ((popularity(random, count) * 7919) % count);
  };
  const during = (random: Random) => {
    const start = random() < 0.7 ? day(random, 2010, 2026) : null;
    return { ...nobody, start, startPrecision: start && 'DAY', end: null, ended: random() < 0.9 ? null : false };
  };

  const contents: Readonly<Record<Kind, (land: Land, place: number, id: string, random: Random) => object>> = {
    administration: (land, place, _id, random) => ({
      kind: random() < 0.9 ? 'MUNICIPALITY' : 'OTHER',
      level: 'LOCAL',
      nuts: `${land.code === 'GR' ? 'EL' : land.code}${below(random, 9) + 1}${below(random, 9) + 1}`,
      population: { count: Math.floor(100 * 10 ** (random() * 4)) },
      ...body(random, land, place),
    }),
    consortium: (land, place, _id, random) => body(random, land, place),
    membership: (land, _place, _id, random) => ({
      consortiumId: consortiumId(land, below(random, land.sizes.consortium)),
      memberId: administrationId(land, below(random, land.sizes.administration)),
      role: 'MEMBER',
      during: during(random),
      provenance: { observedOn: provenance.observedOn },
    }),
    record: (land, place, _id, random) => record(random, land, place, popularSolution),
    portfolio: (land, _place, _id, random) => ({
      consortiumId: consortiumId(land, below(random, land.sizes.consortium)),
      solutionAddress: addressOf(popularSolution(random, land)),
      during: during(random),
      provenance: { observedOn: provenance.observedOn },
    }),
    adoption: (land, _place, _id, random) => ({
      country: land.code,
      administrationId: administrationId(land, below(random, land.sizes.administration)),
      group: null,
      solutionAddress: addressOf(popularSolution(random, land)),
      status: random() < 0.9 ? 'IN_PRODUCTION' : 'DECLARED',
      during: during(random),
      version: null,
      rawName: random() < 0.5 ? writeWords(random, land.languages[0], 3) : null,
      matchConfidence: 1,
      provenance,
    }),
  };
  return (land: Land, kind: Kind, place: number) => {
    const id = `${land.code.toLowerCase()}:${kind}:${place}`;
    const random = randomOf(land.index, kinds.indexOf(kind), place);
    return { id, ...contents[kind](land, place, id, random) };
  };
}

function body(random: Random, { languages: [language] }: Land, place: number) {
  const name = capitalised(`${writeWords(random, language, 1 + below(random, 2))} ${place % 97}`);
  return {
    name,
    names: [{ text: name }],
    alternativeNames: [],
    existed: { start: null, end: null, ended: null },
    identifiers: [{ notation: String(100_000 + place) }],
  };
}

function record(
  random: Random,
  land: Land,
  place: number,
  solutionAbroad: (random: Random, land: Land) => number,
): Readonly<Record<string, unknown>> {
  const [language] = land.languages;
  const solution = random() * 100 < abroad ? solutionAbroad(random, land) : land.firstSolution + place;
  const address = addressOf(solution);
  const name = capitalised(writeWords(random, language, 1 + below(random, 2)));
  const describe = (tongue: string) => ({
    language: tongue,
    localisedName: null,
    shortDescription: capitalised(writeWords(random, tongue, 8 + below(random, 12))),
    longDescription: random() < 0.4 ? capitalised(writeWords(random, tongue, 40 + below(random, 100))) : null,
    documentation: null,
    apiDocumentation: null,
    features: Array.from({ length: below(random, 5) }, () => writeWords(random, tongue, 3)),
    awards: [],
  });
  return {
    country: land.code,
    solutionAddress: address,
    aliases: random() < 0.03 ? [`gitlab.com/owner-${solution % 9973}/solution-${solution}`] : [],
    issued: `${day(random, 2018, 2026)}T00:00:00.000Z`,
    kind: random() < 0.95 ? 'SOFTWARE' : 'SERVICE',
    name,
    descriptions: [...land.languages, ...(random() < 0.3 ? ['en'] : [])].map(describe),
    url: `https://${address}`,
    landingURL: null,
    applicationSuite: null,
    isBasedOn: random() < 0.05 ? [`https://${addressOf(solutionAbroad(random, land))}`] : [],
    softwareVersion: `${below(random, 9)}.${below(random, 9)}`,
    releaseDate: random() < 0.7 ? day(random, 2012, 2026) : null,
    developmentStatus: pick(random, statuses),
    softwareType: pick(random, types),
    categories: [...new Set(Array.from({ length: below(random, 4) }, () => pick(random, categories)))],
    platforms: ['web'],
    supports: [],
    licence: random() < 0.9 ? pick(random, licences) : null,
    mainCopyrightOwner: null,
    maintenance: random() < 0.5 ? 'INTERNAL' : 'CONTRACT',
    maintainedUntil: null,
    contractors: [],
    fundedBy: [],
    intendedAudience: null,
    localisationReady: null,
    availableLanguages: [...land.languages],
    dependsOn: [],
    roadmap: null,
    publisherId: random() < 0.8 ? administrationId(land, below(random, land.sizes.administration)) : null,
    publisherName: null,
    issues: [],
    publiccode: null,
    provenance,
  };
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A day from the beginning of one year to before that of another. */
const day = (random: Random, from: number, until: number): string =>
  new Date(Date.UTC(from, 0, 1) + below(random, (until - from) * 365) * 86_400_000).toISOString().slice(0, 10);
