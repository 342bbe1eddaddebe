import type { ParentBatch } from '../../kit/graphql/loaders.js';
import type { Page } from '../../kit/graphql/pagination.js';
import { pageSql } from '../../kit/database/keyset.js';
import { createParameters, type Parameters } from '../../kit/database/sql-parameters.js';
import { countsOn } from '../../shared/validity.js';
import type { Query } from '../index-database.js';
import type { AdoptionRow } from '../rows.js';

/** Which adoptions a solution's list has. */
export interface AdoptionFilter {
  readonly countries: readonly string[] | null;
}

/** An adoption in a solution's list, with what it is ordered by. */
export interface ListedAdoption extends AdoptionRow {
  readonly parentId: string;
  readonly parentDay: string;
  readonly userCountry: string;
  readonly userName: string;
}

/** Reading who uses what, on a day: everybody whom a source names, known by name or not. */
export const createAdoptionRepository = (query: Query) => ({
  /** Of each solution one page, by country and name of the user. */
  findPages: (parents: ParentBatch, { countries, page }: AdoptionFilter & { readonly page: Page }) => {
    const parameters = startWith(parents);
    const conditions = filterSql({ countries }, parameters);
    const order = { columns: ['a.user_country', 'a.user_name', 'a.id'], descending: false };
    const cut = pageSql(page, order, parameters);
    return query<ListedAdoption>(
      `SELECT found.* FROM ${asked} CROSS JOIN LATERAL (
        SELECT a.id, a.user_id AS "userId", a.content, a.user_country AS "userCountry", a.user_name AS "userName",
          asked.id AS "parentId", asked.day AS "parentDay"
        FROM adoption a WHERE ${[...conditions, ...cut.conditions].join(' AND ')} ${cut.orderAndLimit}
      ) found`,
      parameters.values,
    );
  },

  count: (parents: ParentBatch, filter: AdoptionFilter) => {
    const parameters = startWith(parents);
    const conditions = filterSql(filter, parameters);
    return query<{ parentId: string; parentDay: string; count: number }>(
      `SELECT asked.id AS "parentId", asked.day AS "parentDay",
        (SELECT count(*)::int FROM adoption a WHERE ${conditions.join(' AND ')}) AS count
      FROM ${asked}`,
      parameters.values,
    );
  },
});

const asked = 'unnest($1::text[], $2::date[]) AS asked (id, day)';

function startWith({ ids, days }: ParentBatch): Parameters {
  const parameters = createParameters();
  parameters(ids);
  parameters(days);
  return parameters;
}

const filterSql = ({ countries }: AdoptionFilter, parameter: Parameters): string[] => [
  'a.solution_id = asked.id',
  'NOT a.user_is_unknown AND NOT a.is_superseded',
  countsOn('a', 'asked.day'),
  ...(countries === null ? [] : [`a.user_country = ANY (${parameter(countries)})`]),
];
