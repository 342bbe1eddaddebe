import type { ParentBatch } from '../../kit/graphql/loaders.js';
import type { Page } from '../../kit/graphql/pagination.js';
import { pageSql } from '../../kit/database/keyset.js';
import { createParameters, type Parameters } from '../../kit/database/sql-parameters.js';
import { countsOn } from '../../shared/validity.js';
import type { Query } from '../index-database.js';
import type { ListedAdoption } from '../list-keys.js';

/** Restricts a solution's list of adoptions. */
export interface AdoptionFilter {
  readonly countries: readonly string[] | null;
}

/** Reads the adoptions on a day: every user that a source names, also one that is known only by name. */
export const createAdoptionRepository = (query: Query) => ({
  /** One page for each solution, ordered by the country and the name of the user. */
  findPages: (parents: ParentBatch, { countries, page }: AdoptionFilter & { readonly page: Page }) => {
    const parameters = parametersFor(parents);
    const conditions = filterSql({ countries }, parameters);
    const order = { columns: ['a.user_country', 'a.user_name', 'a.id'], descending: false };
    const { conditions: pageConditions, orderAndLimit } = pageSql(page, order, parameters);
    return query<ListedAdoption & { readonly parentId: string; readonly parentDay: string }>(
      `SELECT found.* FROM ${parentsSql} CROSS JOIN LATERAL (
        SELECT a.id, a.user_id AS "userId", a.content, a.user_country AS "userCountry", a.user_name AS "userName",
          parent.id AS "parentId", parent.day AS "parentDay"
        FROM adoption a WHERE ${[...conditions, ...pageConditions].join(' AND ')} ${orderAndLimit}
      ) found`,
      parameters.values,
    );
  },

  count: (parents: ParentBatch, filter: AdoptionFilter) => {
    const parameters = parametersFor(parents);
    const conditions = filterSql(filter, parameters);
    return query<{ parentId: string; parentDay: string; count: number }>(
      `SELECT parent.id AS "parentId", parent.day AS "parentDay",
        (SELECT count(*)::int FROM adoption a WHERE ${conditions.join(' AND ')}) AS count
      FROM ${parentsSql}`,
      parameters.values,
    );
  },
});

const parentsSql = 'unnest($1::text[], $2::date[]) AS parent (id, day)';

function parametersFor({ ids, days }: ParentBatch): Parameters {
  const parameters = createParameters();
  parameters(ids);
  parameters(days);
  return parameters;
}

const filterSql = ({ countries }: AdoptionFilter, parameter: Parameters): string[] => [
  'a.solution_id = parent.id',
  'NOT a.user_is_unknown AND NOT a.is_superseded',
  countsOn('a', 'parent.day'),
  ...(countries === null ? [] : [`a.user_country = ANY (${parameter(countries)})`]),
];
