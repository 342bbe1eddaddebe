import type { StoredRow } from '../../kit/graphql/json-rows.js';
import type { ParentBatch } from '../../kit/graphql/loaders.js';
import type { Page, PageEnds } from '../../kit/graphql/pagination.js';
import { pageSql } from '../../kit/database/keyset.js';
import { createParameters, type Parameters, keyArray, keysSql } from '../../kit/database/sql-parameters.js';
import { countsOn } from '../../shared/validity.js';
import { inArea } from '../../shared/nuts.js';
import type { Content } from '../feed/entry-schemas.js';
import type { AdoptionFilter } from '../generated/resolver-types.js';
import type { Query } from '../index-database.js';
import type { ListedAdoption } from '../list-keys.js';
import { isFillingAny, isListed, isUpTo } from '../sql-fragments.js';
import type { adoptionFacets, FacetRow } from '../facets.js';

/** Which adoptions of a solution are listed. */
export interface AdoptionSelection {
  readonly countries: readonly string[] | null;
  readonly filter: AdoptionFilter;
}

/** What adoptions are counted by, with the column or expression of each. */
const facets: Readonly<Record<(typeof adoptionFacets)[number], string>> = {
  country: 'listed.user_country',
  kind: 'listed.user_kind',
  nuts: 'left(listed.user_nuts, 4)',
  population: sizeClassSql('listed.user_population'),
  status: 'listed.status',
  start: `to_char(listed.start_date, 'YYYY')`,
  method: `listed.content_json::json -> 'provenance' ->> 'method'`,
  assertedBy: `listed.content_json::json -> 'provenance' ->> 'assertedBy'`,
  observed: `to_char(listed.observed_on, 'YYYY')`,
};

/** The size classes in which towns are usually counted; the last one has no upper bound. */
function sizeClassSql(population: string): string {
  const bounds = [0, 5_000, 20_000, 50_000, 100_000];
  const classes = bounds.map((bound, index) => {
    const next = bounds[index + 1];
    return `WHEN ${population} >= ${bound} ${next === undefined ? '' : `AND ${population} < ${next}`}
      THEN '${bound}-${next === undefined ? '' : next - 1}'`;
  });
  return `CASE ${classes.join(' ')} END`;
}

/** Reads the adoptions on a day: every user that a source names, also one that is known only by name. */
export const createAdoptionRepository = (query: Query) => ({
  /** One page of the adoptions of all solutions, ordered by id. */
  findPage: (day: string, page: Page, selection: AdoptionSelection) => {
    const { sql, parameters } = listSql(day, page, selection, 'a.id, a.user_id AS "userId", a.content_json AS json');
    return query<StoredAdoption>(sql, parameters.values);
  },

  /** The position of such a page in the list: one row takes less time than the ids of a thousand. */
  findPageEnds: async (day: string, page: Page, selection: AdoptionSelection): Promise<PageEnds<StoredAdoption>> => {
    const { sql, parameters } = listSql(day, page, selection, 'a.id');
    const limit = `${parameters(page.limit)}::integer`;
    const [found] = await query<{ first: string | null; last: string | null; hasMore: boolean }>(
      `SELECT (array_agg(page.id))[1] AS first, (array_agg(page.id))[least(count(*)::integer, ${limit})] AS last,
        count(*) > ${limit} AS "hasMore" FROM (${sql}) page`,
      parameters.values,
    );
    const { first = null, last = null, hasMore = false } = found ?? {};
    // Of a page without rows, `first` is the row behind it.
    const ids = first === null || last === null ? [] : [first, last];
    return { ends: ids.map((id) => ({ id, userId: null, json: 'null' })), hasMore };
  },

  countAll: async (day: string, selection: AdoptionSelection) => {
    const parameters = createParameters();
    const asOf = `${parameters(day)}::date`;
    const conditions = filterSql(selection, parameters, asOf);
    const counted = `SELECT count(*) FROM adoption a WHERE ${conditions.join(' AND ')}`;
    const toSum = (): string => `SELECT coalesce(sum(adoptions), 0) FROM listed_change
      WHERE ${isUpTo(asOf)} ${inCountries(selection, 'used_in', parameters)}`;
    const [row] = await query<{ count: number }>(
      `SELECT ${countSql(selection, counted, toSum)}::int AS count`,
      parameters.values,
    );
    return row?.count ?? 0;
  },

  /** One page for each solution, ordered by the country and the name of the user. */
  findPages: async (parents: ParentBatch, { page, ...selection }: AdoptionSelection & { readonly page: Page }) => {
    const parameters = parametersFor(parents);
    const conditions = filterOfParent(selection, parameters);
    const order = { columns: ['a.user_country', 'a.user_name', 'a.id'], descending: false };
    const { conditions: pageConditions, orderAndLimit } = pageSql(page, order, parameters);
    const rows = await query<SelectedOfParent>(
      `SELECT found.* FROM ${parentsSql} CROSS JOIN LATERAL (
        SELECT a.id, a.user_id AS "userId", a.content_json::json AS content, a.user_country AS "userCountry", a.user_name AS "userName",
          parent.id AS "parentId", parent.day AS "parentDay"
        FROM adoption a WHERE ${[...conditions, ...pageConditions].join(' AND ')} ${orderAndLimit}
      ) found`,
      parameters.values,
    );
    return rows.map(({ content, ...others }) => Object.assign(content, others));
  },

  count: (parents: ParentBatch, selection: AdoptionSelection) => {
    const parameters = parametersFor(parents);
    const conditions = filterOfParent(selection, parameters);
    const counted = `SELECT count(*) FROM adoption a WHERE ${conditions.join(' AND ')}`;
    const toSum =
      (): string => `SELECT coalesce(sum(step.listed), 0) FROM solution_use u CROSS JOIN unnest(u.days, u.listed) AS step (day, listed)
      WHERE u.solution_id = parent.id AND step.day <= parent.day ${inCountries(selection, 'u.country', parameters)}`;
    return query<{ parentId: string; parentDay: string; count: number }>(
      `SELECT parent.id AS "parentId", parent.day AS "parentDay",
        ${countSql(selection, counted, toSum)}::int AS count
      FROM ${parentsSql}`,
      parameters.values,
    );
  },

  /** How many adoptions of each solution have each value. */
  countFacets: (parents: ParentBatch, selection: AdoptionSelection) => {
    const parameters = parametersFor(parents);
    const conditions = filterOfParent(selection, parameters);
    const values = Object.entries(facets).map(([field, value]) => `('${field}', ${value})`);
    return query<FacetRow & { readonly parentId: string; readonly parentDay: string }>(
      `SELECT parent.id AS "parentId", parent.day AS "parentDay", facet.field, facet.value, count(*)::int AS count
      FROM ${parentsSql} CROSS JOIN LATERAL (SELECT a.* FROM adoption a WHERE ${conditions.join(' AND ')}) listed
      CROSS JOIN LATERAL (VALUES ${values.join(', ')}) AS facet (field, value) GROUP BY 1, 2, 3, 4`,
      parameters.values,
    );
  },
});

/** SQL: one page of the adoptions of all solutions, ordered by id. */
function listSql(
  day: string,
  page: Page,
  selection: AdoptionSelection,
  columns: string,
): { readonly sql: string; readonly parameters: Parameters } {
  const parameters = createParameters();
  const conditions = filterSql(selection, parameters, `${parameters(day)}::date`, usersSql);
  const order = { columns: ['a.id'], descending: false };
  const { conditions: pageConditions, orderAndLimit } = pageSql(page, order, parameters);
  const where = [...conditions, ...pageConditions].join(' AND ');
  return { sql: `SELECT ${columns} FROM adoption a WHERE ${where} ${orderAndLimit}`, parameters };
}

/** An adoption whose content is not parsed. */
export interface StoredAdoption extends StoredRow {
  readonly id: string;
  readonly userId: string | null;
}

/** Its content is a row by itself: most of its fields are read as they are, without a resolver. */
interface Selected {
  readonly id: string;
  readonly userId: string | null;
  readonly content: Content<'ADOPTION'>;
}

interface SelectedOfParent extends Selected, Pick<ListedAdoption, 'userCountry' | 'userName'> {
  readonly parentId: string;
  readonly parentDay: string;
}

const parentsSql = `unnest(${keysSql}, ${keyArray('$2', 'date')}) AS parent (id, day)`;

function parametersFor({ ids, days }: ParentBatch): Parameters {
  const parameters = createParameters();
  parameters(ids);
  parameters(days);
  return parameters;
}

const filterOfParent = (selection: AdoptionSelection, parameter: Parameters): string[] => [
  'a.solution_id = parent.id',
  ...filterSql(selection, parameter, 'parent.day'),
];

/**
 * SQL: the number of a selection. Without a condition but on countries it is a sum that the index keeps, unless a country is being read
 * for the first time, of which the sum does not have everything.
 */
const countSql = ({ filter }: AdoptionSelection, counted: string, toSum: () => string): string =>
  Object.values(filter).every((value) => value == null)
    ? `(CASE WHEN ${isFillingAny} THEN (${counted}) ELSE (${toSum()}) END)`
    : `(${counted})`;

const inCountries = ({ countries }: AdoptionSelection, column: string, parameter: Parameters): string =>
  countries === null ? '' : `AND ${column} = ANY (${parameter(countries)}::text[])`;

/** SQL conditions: what is known of the user of an adoption `a` meets a filter. */
type UserConditions = (filter: AdoptionFilter, parameter: Parameters) => string[];

/** By the columns that an adoption has of its user, which an index of a solution's adoptions includes. */
const userColumnsSql: UserConditions = (filter, parameter) =>
  organisationSql(
    {
      kind: 'a.user_kind',
      nuts: 'a.user_nuts',
      country: 'a.user_country',
      population: 'a.user_population',
      hasAtLeast: (min) => `a.user_population >= ${min}`,
      hasAtMost: (max) => `a.user_population <= ${max}`,
    },
    filter,
    parameter,
  );

/** A user of whom only the country is known is in the area of the country, and in no other. */
const isCountry = (area: string): boolean => area.length <= 2;

/**
 * By the organisations that they are: if few meet the filter, PostgreSQL reads the adoptions of these instead of all adoptions in the
 * order of the list.
 */
const usersSql: UserConditions = (filter, parameter) => {
  if (filter.nuts != null && isCountry(filter.nuts)) return userColumnsSql(filter, parameter);
  const conditions = organisationSql(
    {
      kind: 'o.kind',
      nuts: 'o.nuts',
      country: 'o.country',
      population: 'o.population',
      // As the index of administrations by population has it.
      hasAtLeast: (min) => `coalesce(-o.population, 2147483647) <= -${min}::bigint`,
      hasAtMost: (max) => `coalesce(-o.population, 2147483647) >= -${max}::bigint`,
    },
    filter,
    parameter,
  );
  return conditions.length === 0
    ? []
    : [
        `a.user_id IN (SELECT o.id FROM organisation o WHERE o.type = 'ADMINISTRATION' AND ${conditions.join(' AND ')})`,
      ];
};

/** SQL of what is known of a user. */
interface UserColumns extends Readonly<Record<'kind' | 'nuts' | 'country' | 'population', string>> {
  readonly hasAtLeast: (min: string) => string;
  readonly hasAtMost: (max: string) => string;
}

const whenGiven =
  (parameter: Parameters) =>
  (value: unknown, condition: (placeholder: string) => string): string[] =>
    value == null ? [] : [condition(parameter(value))];

function organisationSql(
  column: UserColumns,
  { kinds, nuts, population }: AdoptionFilter,
  parameter: Parameters,
): string[] {
  const when = whenGiven(parameter);
  return [
    ...when(kinds, (given) => `${column.kind} = ANY (${given}::text[])`),
    ...when(nuts, (area) => inArea(column.nuts, area, column.country)),
    ...(population == null ? [] : [`${column.population} IS NOT NULL`]),
    ...when(population?.min, column.hasAtLeast),
    ...when(population?.max, column.hasAtMost),
  ];
}

/** The conditions of the adoptions that are listed on a day. */
function filterSql(
  { countries, filter }: AdoptionSelection,
  parameter: Parameters,
  day: string,
  userConditions: UserConditions = userColumnsSql,
): string[] {
  const { statuses, started, identified } = filter;
  const when = whenGiven(parameter);
  return [
    isListed('a'),
    countsOn('a', day),
    ...when(countries, (given) => `a.user_country = ANY (${given})`),
    ...userConditions(filter, parameter),
    ...when(statuses, (given) => `a.status = ANY (${given}::text[])`),
    ...(started == null ? [] : ['a.start_date IS NOT NULL']),
    ...when(started?.from, (from) => `a.start_date >= ${from}::date`),
    ...when(started?.to, (to) => `a.start_date <= ${to}::date`),
    ...(identified === true ? ['a.user_id IS NOT NULL'] : []),
    ...(identified === false ? ['a.user_id IS NULL AND a.written_name IS NOT NULL'] : []),
  ];
}
