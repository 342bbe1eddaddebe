import type { SolutionFilter } from '../generated/resolver-types.js';
import { byKey, distinct, isFollowed, isWithin } from './model-rules.js';
import type { Organisation } from './world-rows.js';

/** A solution in the model. */
export interface ModelSolution {
  readonly id: string;
  readonly address: string;
  readonly addresses: readonly string[];
  readonly sortName: string;
  readonly kind: string;
  readonly licence: string | null;
  readonly licenceFamily: string | null;
  readonly developmentStatus: string | null;
  readonly softwareType: string | null;
  readonly maintenance: string | null;
  readonly categories: readonly string[];
  readonly releaseDate: string | null;
  readonly publishers: readonly string[];
  readonly publishedIn: readonly string[];
  readonly maintainers: readonly string[];
  readonly users: readonly {
    readonly id: string;
    readonly country: string;
    readonly organisation: Organisation | undefined;
  }[];
  readonly names: readonly string[];
}

/** How many solutions of a list have each value of a field. */
export interface ModelFacet {
  readonly field: string;
  readonly values: readonly { readonly value: string; readonly count: number }[];
  readonly missing: number;
}

/** The order of a list. */
export interface Order {
  readonly field: string;
  readonly direction?: string | null;
}

/** The countries of the users of a solution. */
const usedIn = ({ users }: ModelSolution): string[] => distinct(users.map(({ country }) => country));

/** Whether a filter selects a solution. */
export const isWanted = (solution: ModelSolution, filter: SolutionFilter): boolean => {
  const { usedByPopulation: range } = filter;
  const is = <Value>(wanted: Value | null | undefined, test: (value: Value) => boolean): boolean =>
    wanted === null || wanted === undefined || test(wanted);
  const among = (wanted: readonly string[] | null | undefined, values: readonly string[]): boolean =>
    is(wanted, (list) => list.some((value) => values.includes(value)));
  const isAboutUsers = [filter.usedBy, filter.usedByKind, range].some((part) => part !== null && part !== undefined);
  return (
    is(filter.kind, (kind) => solution.kind === kind) &&
    among(filter.categories, solution.categories) &&
    is(filter.licenceFamily, (family) => solution.licenceFamily === family) &&
    among(filter.licences, solution.licence === null ? [] : [solution.licence]) &&
    is(filter.maintenance, (maintenance) => solution.maintenance === maintenance) &&
    is(filter.developmentStatus, (status) => solution.developmentStatus === status) &&
    is(filter.softwareType, (type) => solution.softwareType === type) &&
    is(filter.publisher, (id) => solution.publishers.includes(id)) &&
    is(filter.maintainer, (id) => solution.maintainers.includes(id)) &&
    among(filter.publishedIn, solution.publishedIn) &&
    is(filter.usedInAll, (countries) => countries.every((country) => usedIn(solution).includes(country))) &&
    among(filter.usedInAny, usedIn(solution)) &&
    is(filter.minCountries, (least) => usedIn(solution).length >= least) &&
    is(filter.isPart, (isPart) => !isPart) &&
    is(filter.minAdopters, (least) => solution.users.length >= least) &&
    is(filter.updatedSince, (since) => solution.releaseDate !== null && solution.releaseDate >= since) &&
    (!isAboutUsers ||
      solution.users.some(
        ({ id, organisation }) =>
          is(filter.usedBy, (user) => user === id) &&
          is(filter.usedByKind, (kind) => organisation?.kind === kind) &&
          is(range, ({ min, max }) => isWithin(organisation?.population ?? null, min, max)),
      ))
  );
};

/** Whether it is only not known whether a solution is wanted: it would be with some values in place of those that are not known. */
export const isUndecided = (solution: ModelSolution, filter: SolutionFilter): boolean => {
  const users = solution.users.map(({ organisation, ...user }) => ({
    ...user,
    organisation: organisation && {
      ...organisation,
      population: organisation.population ?? filter.usedByPopulation?.min ?? filter.usedByPopulation?.max ?? 0,
    },
  }));
  const completed: ModelSolution = {
    ...solution,
    licenceFamily: solution.licenceFamily ?? filter.licenceFamily ?? null,
    licence: solution.licence ?? filter.licences?.[0] ?? null,
    maintenance: solution.maintenance ?? filter.maintenance ?? null,
    developmentStatus: solution.developmentStatus ?? filter.developmentStatus ?? null,
    softwareType: solution.softwareType ?? (solution.kind === 'SOFTWARE' ? (filter.softwareType ?? null) : null),
    categories: solution.categories.length > 0 ? solution.categories : (filter.categories ?? []),
    releaseDate: solution.releaseDate ?? filter.updatedSince ?? null,
    users,
  };
  // Whether it is used in a country without a catalogue is not known.
  const { usedInAll, usedInAny } = filter;
  const possible: SolutionFilter = {
    ...filter,
    usedInAll: usedInAll?.filter(isFollowed) ?? null,
    usedInAny: usedInAny?.every(isFollowed) ? usedInAny : null,
  };
  return !isWanted(solution, filter) && isWanted(completed, possible);
};

/** The facets of a list of solutions. */
export const facetsOf = (found: readonly ModelSolution[]): ModelFacet[] => {
  const fields: Readonly<Record<string, (solution: ModelSolution) => readonly (string | null)[]>> = {
    kind: ({ kind }) => [kind],
    licenceFamily: ({ licenceFamily }) => [licenceFamily],
    licence: ({ licence }) => [licence],
    developmentStatus: ({ developmentStatus }) => [developmentStatus],
    softwareType: ({ softwareType }) => [softwareType],
    maintenance: ({ maintenance }) => [maintenance],
    categories: (solution) => solution.categories,
    publishedIn: ({ publishedIn }) => publishedIn,
    usedIn,
    usedByKind: ({ users }) => users.map(({ organisation }) => organisation?.kind ?? null),
  };
  return Object.entries(fields).map(([field, valuesOf]) => {
    const perSolution = found.map((solution) => distinct(valuesOf(solution).filter((value) => value !== null)));
    const values = distinct(perSolution.flat()).map((value) => ({
      value,
      count: perSolution.filter((own) => own.includes(value)).length,
    }));
    return {
      field,
      values: byKey(values, ({ value, count }) => [-count, value]),
      missing: perSolution.filter((own) => own.length === 0).length,
    };
  });
};

/** Solutions in an order, those without its value last. */
export const inOrder = (found: readonly ModelSolution[], { field, direction }: Order): ModelSolution[] => {
  const down = (direction ?? (field === 'NAME' ? 'ASC' : 'DESC')) === 'DESC';
  const byName = byKey(found, ({ sortName, id }) => [sortName, id]);
  if (field === 'NAME') return down ? byName.reverse() : byName;
  const number = (solution: ModelSolution): number =>
    field === 'ADOPTERS'
      ? solution.users.length
      : field === 'COUNTRIES'
        ? usedIn(solution).length
        : Date.parse(solution.releaseDate ?? '');
  const known = byName.filter((solution) => !Number.isNaN(number(solution)));
  known.sort((one, other) => (down ? number(other) - number(one) : number(one) - number(other)));
  return [...known, ...byName.filter((solution) => Number.isNaN(number(solution)))];
};
