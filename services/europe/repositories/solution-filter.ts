import type { Parameters } from '../../kit/database/sql-parameters.js';
import { countsOn } from '../../shared/validity.js';
import { isEmptyRange } from '../../shared/organisation-filter.js';
import type { SolutionFilter } from '../generated/resolver-types.js';
import { isCounted, wholeOf } from '../sql-fragments.js';

/** SQL conditions: a solution `s` is listed under a filter. What is not known of it does not meet a condition. */
export function filterSql(filter: SolutionFilter, day: string, parameter: Parameters): string[] {
  const use = useSql(filter, day, parameter);
  return [
    ...columnsSql(filter, use, parameter),
    ...when(filter.categories, (categories) => `s.categories && ${parameter(categories)}::text[]`),
    ...[...usersSql(filter, use, parameter), ...countriesSql(filter, use, parameter)].map(({ isMet }) => isMet),
  ];
}

/** How much a solution `s` is used on a day. */
interface UseSql {
  readonly day: string;
  /** Whether the day is that of the index, which has columns for it. */
  readonly isOfIndex: boolean;
  readonly usedIn: string;
  readonly countries: string;
  readonly adopters: string;
}

function useSql({ usedOn }: SolutionFilter, day: string, parameter: Parameters): UseSql {
  if (usedOn == null || usedOn === day)
    return { day, isOfIndex: true, usedIn: 's.used_in', countries: 's.countries', adopters: 's.adopters' };
  // Only what a condition uses becomes a parameter.
  const sumUpTo = (figure: string): string =>
    `(SELECT sum(step.change) FROM unnest(u.days, u.${figure}) AS step (day, change) WHERE step.day <= ${parameter(usedOn)}::date)`;
  const ofSolution = 'FROM solution_use u WHERE u.solution_id = s.id';
  return {
    day: usedOn,
    isOfIndex: false,
    get usedIn() {
      return `ARRAY (SELECT u.country ${ofSolution} AND ${sumUpTo('used')} > 0)`;
    },
    get countries() {
      return `(SELECT count(*) ${ofSolution} AND ${sumUpTo('used')} > 0)`;
    },
    get adopters() {
      return `(SELECT coalesce(sum(${sumUpTo('adopters')}), 0) ${ofSolution})`;
    },
  };
}

/** The conditions that cannot be decided for a solution of which the value is not known. */
const undecidable = [
  'categories',
  'licenceFamily',
  'licences',
  'developmentStatus',
  'softwareType',
  'maintenance',
  'updatedSince',
  'usedByPopulation',
  'usedInAll',
  'usedInAny',
] as const satisfies readonly (keyof SolutionFilter)[];

/** Whether a filter has a condition that cannot be decided for some solutions. */
export const hasUndecided = (filter: SolutionFilter): boolean => undecidable.some((field) => filter[field] != null);

/** SQL condition: it is not known whether a solution `s` meets a filter. In SQL, null AND false is false. */
export function undecidedSql(filter: SolutionFilter, day: string, parameter: Parameters): string {
  const use = useSql(filter, day, parameter);
  const conditions = [
    ...columnsSql(filter, use, parameter),
    // No solution is in one of no categories.
    ...when(filter.categories, (categories) =>
      categories.length === 0 ? 'false' : `nullif(s.categories, '{}') && ${parameter(categories)}::text[]`,
    ),
    ...[...usersSql(filter, use, parameter), ...countriesSql(filter, use, parameter)].map(({ isMet, isUnknown }) =>
      isUnknown === null ? isMet : `CASE WHEN ${isMet} THEN true WHEN ${isUnknown()} THEN NULL ELSE false END`,
    ),
  ];
  return `(${conditions.join(' AND ')}) IS NULL`;
}

/** By which facet solutions are counted under each of these conditions, if a filter has no other one. */
const facetOfCondition = {
  kind: 'kind',
  licenceFamily: 'licenceFamily',
  licences: 'licence',
  developmentStatus: 'developmentStatus',
  maintenance: 'maintenance',
  categories: 'categories',
  publishedIn: 'publishedIn',
  usedInAny: 'usedIn',
  usedInAll: 'usedIn',
  usedByKind: 'usedByKind',
} as const satisfies Partial<Record<keyof SolutionFilter, string>>;

/** A condition on the values of a facet: a solution has one of these, or each of them. */
export interface FacetCondition {
  readonly field: string;
  readonly values: readonly string[];
  readonly isEach: boolean;
}

/** Takes the conditions out of a filter that facets of segments decide, on the day of the index. */
export function takeFacetConditions(
  filter: SolutionFilter,
  day: string,
): { readonly facets: readonly FacetCondition[]; readonly byFacets: SolutionFilter; readonly rest: SolutionFilter } {
  const isOfIndex = filter.usedOn == null || filter.usedOn === day;
  const isOneUser = filter.usedBy != null || filter.usedByPopulation != null;
  const isDecided = (condition: string, value: unknown): condition is keyof typeof facetOfCondition =>
    value != null &&
    Object.hasOwn(facetOfCondition, condition) &&
    (isOfIndex || !condition.startsWith('used')) &&
    // A single user must meet all conditions on users.
    (condition !== 'usedByKind' || !isOneUser) &&
    // Each solution is used in all of no countries.
    !(condition === 'usedInAll' && (value as readonly string[]).length === 0);
  const [taken, rest] = [true, false].map((is) =>
    Object.fromEntries(Object.entries(filter).filter(([condition, value]) => isDecided(condition, value) === is)),
  ) as [SolutionFilter, SolutionFilter];
  const facets = Object.entries(taken).map(([condition, value]) => ({
    field: facetOfCondition[condition as keyof typeof facetOfCondition],
    values: [value as string | readonly string[]].flat(),
    isEach: condition === 'usedInAll',
  }));
  return { facets, byFacets: taken, rest };
}

/** The one value of a facet that a filter is about, so that the index has the number of its solutions. Null for other filters. */
export function facetOf(filter: SolutionFilter): { readonly field: string; readonly value: string } | null {
  const [condition, ...others] = Object.entries(filter).filter(([, value]) => value != null);
  if (condition === undefined || others.length > 0 || !Object.hasOwn(facetOfCondition, condition[0])) return null;
  const [value, ...furtherValues] = [condition[1] as string | readonly string[]].flat();
  if (value === undefined || furtherValues.length > 0) return null;
  return { field: facetOfCondition[condition[0] as keyof typeof facetOfCondition], value };
}

const when = <Value, Condition>(value: Value | null | undefined, condition: (value: Value) => Condition): Condition[] =>
  value == null ? [] : [condition(value)];

/** Conditions that are null if the value is not known. */
function columnsSql(filter: SolutionFilter, use: UseSql, parameter: Parameters): string[] {
  const compare = (value: unknown, condition: (placeholder: string) => string): string[] =>
    when(value, (given) => condition(parameter(given)));
  return [
    ...compare(filter.kind, (kind) => `s.kind = ${kind}`),
    ...compare(filter.licenceFamily, (family) => `s.licence_family = ${family}`),
    ...when(filter.licences, (licences) =>
      licences.length === 0 ? 'false' : `s.licence = ANY (${parameter(licences)}::text[])`,
    ),
    ...compare(filter.maintenance, (maintenance) => `s.maintenance = ${maintenance}`),
    ...compare(filter.developmentStatus, (status) => `s.development_status = ${status}`),
    // A service without a type of software has none for certain.
    ...compare(
      filter.softwareType,
      (type) => `coalesce(s.software_type, CASE WHEN s.kind = 'SERVICE' THEN '' END) = ${type}`,
    ),
    ...when(filter.isPart, (isPart) => `${wholeOf('s')} IS ${isPart ? 'NOT ' : ''}NULL`),
    ...compare(filter.publisher, (id) => `s.publisher_ids @> ARRAY[${id}::text]`),
    ...compare(filter.maintainer, (id) => `s.maintainer_ids @> ARRAY[${id}::text]`),
    ...compare(filter.publishedIn, (countries) => `s.published_in && ${countries}::text[]`),
    ...compare(filter.minCountries, (least) => `${use.countries} >= ${least}`),
    ...compare(filter.minAdopters, (least) => `${use.adopters} >= ${least}`),
    ...compare(filter.updatedSince, (since) => `s.release_date >= ${since}::date`),
  ];
}

/** A condition that cannot be decided for some solutions, unless `isUnknown` is null; that is only evaluated if it is not met. */
interface Undecided {
  readonly isMet: string;
  readonly isUnknown: (() => string) | null;
}

/** No use in a country without a catalogue counts, so that whether a solution is used there is not known. */
function countriesSql({ usedInAll, usedInAny }: SolutionFilter, use: UseSql, parameter: Parameters): Undecided[] {
  const followed = '(SELECT country FROM catalogue)';
  return [
    ...when(usedInAll, (all) => {
      const countries = `${parameter(all)}::text[]`;
      const known = `ARRAY (SELECT country FROM unnest(${countries}) AS country WHERE country IN ${followed})`;
      return { isMet: `${use.usedIn} @> ${countries}`, isUnknown: () => `${use.usedIn} @> ${known}` };
    }),
    ...when(usedInAny, (any) => {
      const countries = `${parameter(any)}::text[]`;
      return {
        isMet: `${use.usedIn} && ${countries}`,
        isUnknown: () => `${countries} && ARRAY (SELECT unnest(${countries}) EXCEPT ${followed})`,
      };
    }),
  ];
}

/** A single user must meet all conditions on users; one without a number of inhabitants may meet them. */
function usersSql(filter: SolutionFilter, use: UseSql, parameter: Parameters): Undecided[] {
  const { usedBy, usedByKind, usedByPopulation: population } = filter;
  if (usedBy == null && population == null && use.isOfIndex)
    return when(usedByKind, (kind) => ({
      isMet: `s.used_by_kinds @> ARRAY[${parameter(kind)}::text]`,
      isUnknown: null,
    }));
  const isAmong = [
    ...when(usedBy, (id) => `a.user_id = ${parameter(id)}`),
    ...when(usedByKind, (kind) => `a.user_kind = ${parameter(kind)}`),
  ];
  const exists = (conditions: readonly string[]): string =>
    `EXISTS (SELECT FROM adoption a WHERE a.solution_id = s.id
      AND ${[isCounted('a'), countsOn('a', `${parameter(use.day)}::date`), ...isAmong, ...conditions].join(' AND ')})`;
  if (population == null) return isAmong.length === 0 ? [] : [{ isMet: exists([]), isUnknown: null }];
  const { min, max } = population;
  const [least, most] = [when(min, parameter), when(max, parameter)];
  // Today, the smallest and the largest user decide it for most solutions.
  const mayBeMet = [
    's.largest_user IS NOT NULL',
    ...least.map((given) => `s.largest_user >= ${given}`),
    ...most.map((given) => `s.smallest_user <= ${given}`),
  ].join(' AND ');
  const isDecided = use.isOfIndex && isAmong.length === 0 && (min == null || max == null);
  const isWithin = [
    'a.user_population IS NOT NULL',
    ...least.map((given) => `a.user_population >= ${given}`),
    ...most.map((given) => `a.user_population <= ${given}`),
  ];
  return [
    {
      // Not as a join, for which PostgreSQL would read the users of all solutions.
      isMet: isDecided
        ? `(${mayBeMet})`
        : use.isOfIndex
          ? `CASE WHEN ${mayBeMet} THEN ${exists(isWithin)} ELSE false END`
          : exists(isWithin),
      isUnknown: isEmptyRange(population) ? null : () => exists(['a.user_population IS NULL']),
    },
  ];
}
