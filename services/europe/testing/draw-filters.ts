import type { Random } from '../../kit/testing/random.js';
import type { AdministrationFilter, SolutionFilter } from '../generated/resolver-types.js';
import type { Order } from './model-solutions.js';
import type { World } from './world.js';
import {
  areas,
  categories,
  developmentStatuses,
  kinds,
  levels,
  licences,
  populations,
  softwareTypes,
  worldCountries,
  worldDay,
} from './world-rows.js';

const range = (random: Random) => ({
  ...(random.chance(0.7) ? { min: random.pick([null, ...populations]) } : {}),
  ...(random.chance(0.5) ? { max: random.pick([null, -1, ...populations]) } : {}),
});

/** Functions that draw a value for every field of the filters of a world. */
export function createDraws(world: World) {
  const userIds = [
    ...world.organisations.map(({ id }) => id),
    'xs:administration:1',
    'dk:administration:unknown',
    'dk:consortium:unknown',
  ];
  const publisherIds = world.records.flatMap(({ publisherId }) => publisherId ?? []);
  const consortiumIds = world.organisations.filter(({ type }) => type === 'consortium').map(({ id }) => id);
  const countryCodes = [...worldCountries, 'XS', 'ZZ'];

  /** Draws a value for every field of the filter. */
  const solutionFields: {
    readonly [Field in keyof Required<SolutionFilter>]: (random: Random) => SolutionFilter[Field];
  } = {
    kind: (random) => random.pick(['SOFTWARE', 'SERVICE']),
    categories: (random) => random.some([...categories, 'unheard-of', ''], 3),
    licenceFamily: (random) => random.pick(['PERMISSIVE', 'WEAK_COPYLEFT', 'STRONG_COPYLEFT', 'OTHER']),
    licences: (random) =>
      random.some(
        licences.map(([licence]) => licence ?? 'unheard-of'),
        2,
      ),
    maintenance: (random) => random.pick(['INTERNAL', 'CONTRACT', 'COMMUNITY', 'NONE']),
    developmentStatus: (random) =>
      random.pick([...developmentStatuses, 'DEVELOPMENT']) as SolutionFilter['developmentStatus'],
    softwareType: (random) => random.pick([...softwareTypes, 'STANDALONE_IOT']) as SolutionFilter['softwareType'],
    publisher: (random) => random.pick([...publisherIds, 'dk:consortium:unknown']),
    maintainer: (random) => random.pick([...consortiumIds, 'dk:consortium:unknown']),
    publishedIn: (random) => random.some(countryCodes, 3),
    usedOn: (random) => random.pick(['1999-12-31', '2015-03-01', '2024-02-29', worldDay, '2026-06-16', '2090-01-01']),
    usedBy: (random) => random.pick(userIds),
    usedByKind: (random) => random.pick([...kinds, 'REGION']) as SolutionFilter['usedByKind'],
    usedByPopulation: range,
    usedInAll: (random) => random.some(countryCodes, 3),
    usedInAny: (random) => random.some(countryCodes, 2),
    minCountries: (random) => random.pick([-1, 0, 1, 2, 3, 4, 2_147_483_647]),
    // No solution of the world is a part.
    isPart: (random) => random.chance(0.3),
    minAdopters: (random) => random.pick([-2_147_483_648, 0, 1, 2, 5, 9]),
    updatedSince: (random) => random.pick(['0001-01-01', '2019-05-05', '2019-05-06', worldDay, '9999-12-31']),
  };

  const administrationFields: {
    readonly [Field in keyof Required<AdministrationFilter>]: (random: Random) => AdministrationFilter[Field];
  } = {
    kind: (random) => random.pick([...kinds, 'REGION']) as AdministrationFilter['kind'],
    level: (random) => random.pick(levels) as AdministrationFilter['level'],
    nuts: (random) => random.pick([...areas, 'D', '', 'dk', 'BE2555', '~', '%']),
    population: range,
    memberOf: (random) => random.pick([...consortiumIds, 'dk:consortium:unknown']),
    memberOfNone: (random) => random.chance(0.5),
    minConsortia: (random) => random.pick([0, 1, 2]),
    uses: (random) => random.pick([...world.adoptions.map(({ address }) => address), 'github.com/no/thing']),
    usesAny: (random) => random.chance(0.5),
    usesFrom: (random) => random.pick([...consortiumIds, 'dk:consortium:unknown']),
  };
  return { solutionFields, administrationFields, consortiumIds };
}

type Draws = Readonly<Record<string, (random: Random) => unknown>>;

/** Draws a filter of some fields; occasionally a value is null, which does not restrict. */
const drawFilter = (random: Random, fields: Draws, count: number): Record<string, unknown> =>
  Object.fromEntries(
    random
      .shuffled(Object.keys(fields))
      .slice(0, count)
      .map((field) => [field, random.chance(0.1) ? null : fields[field]?.(random)]),
  );

/** Filters by every field alone, several times, and by several fields together. */
export function drawFilters(
  random: Random,
  fields: Draws,
  counts: { readonly alone: number; readonly together: number },
) {
  const alone = Object.entries(fields).flatMap(([field, draw]) =>
    Array.from({ length: counts.alone }, () => ({ [field]: draw(random) })),
  );
  const together = Array.from({ length: counts.together }, () => drawFilter(random, fields, random.below(5)));
  return [{}, ...alone, ...together];
}

export const drawOrder = (random: Random, fields: readonly string[]): Order | null =>
  random.chance(0.1)
    ? null
    : { field: random.pick(fields), ...(random.chance(0.8) ? { direction: random.pick(['ASC', 'DESC', null]) } : {}) };
