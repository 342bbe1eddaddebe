import type { Page } from '../../kit/graphql/pagination.js';
import { pageSql } from '../../kit/database/keyset.js';
import { createParameters, type Parameters } from '../../kit/database/sql-parameters.js';
import type { PeerCriterion } from '../generated/resolver-types.js';
import type { Query } from '../index-database.js';
import type { ListedPeer } from '../list-keys.js';

/** Which administrations are compared with one, and by what. */
export interface PeerSelection {
  readonly of: string;
  readonly by: readonly PeerCriterion[];
  readonly countries: readonly string[] | null;
  readonly day: string;
}

/** A criterion in SQL about the administrations `me` and `o`. */
interface CriterionSql {
  /** From 0 to 100; null if a value is not known. */
  readonly points: string;
  /** From how many points on it is met. */
  readonly met: number;
}

const criteria: Readonly<Record<PeerCriterion, CriterionSql>> = {
  KIND: { points: '100 * (o.kind = me.kind)::int', met: 100 },
  POPULATION: {
    // `least` and `greatest` ignore null.
    points: `CASE WHEN o.population IS NOT NULL AND me.population IS NOT NULL
      THEN (100 * least(o.population, me.population)::bigint / greatest(o.population, me.population, 1))::int END`,
    met: 50,
  },
  LANGUAGE: {
    points: `CASE WHEN o.languages <> '{}' AND me.languages <> '{}' THEN 100 * (o.languages && me.languages)::int END`,
    met: 100,
  },
  AREA: {
    // A region has the code of the country (2) and up to three digits for the levels of NUTS.
    points: `CASE WHEN o.country <> me.country THEN 0 WHEN o.nuts IS NOT NULL AND me.nuts IS NOT NULL THEN
      CASE WHEN left(o.nuts, 5) = left(me.nuts, 5) THEN 100 WHEN left(o.nuts, 4) = left(me.nuts, 4) THEN 75
        WHEN left(o.nuts, 3) = left(me.nuts, 3) THEN 50 ELSE 25 END END`,
    met: 75,
  },
};

/** SQL: whether the administrations `me` and `o` are of the same kind and of similar size; null if a size is not known. */
export const isOfSimilarSize = `(${criteria.KIND.points} >= ${criteria.KIND.met} AND ${criteria.POPULATION.points} >= ${criteria.POPULATION.met})`;

/** Finds the administrations that are similar to one. */
export const createPeerRepository = (query: Query) => ({
  /** One more row than the page has, if there is one. */
  findPage: (selection: PeerSelection, page: Page) => {
    const parameters = createParameters();
    const { tables, conditions: from, isListed, points } = comparisonSql(selection, parameters);
    const score = `((${points.map(({ sql }) => `coalesce(${sql}, 0)`).join(' + ')}) / ${points.length})`;
    const { conditions, orderAndLimit } = pageSql(
      page,
      { columns: [`(-${score})`, 'o.sort_name', 'o.id'], descending: false },
      parameters,
    );
    const criteriaWhere = (condition: (sql: string, met: number) => string): string =>
      `array_remove(ARRAY[${points.map(({ by, sql, met }) => `CASE WHEN ${condition(sql, met)} THEN '${by}' END`).join(', ')}], NULL)`;
    return query<ListedPeer>(
      `SELECT o.id, o.sort_name AS "sortName", -${score} AS "orderKey",
        ${criteriaWhere((sql, met) => `${sql} >= ${met}`)} AS reasons, ${criteriaWhere((sql) => `${sql} IS NULL`)} AS unknown
      FROM ${tables} WHERE ${[...from, isListed, ...conditions].join(' AND ')} ${orderAndLimit}`,
      parameters.values,
    );
  },

  count: (selection: PeerSelection): Promise<number> => countWhere(query, selection, (isListed) => isListed),

  /** How many administrations are not listed only because a value is not known. */
  countUnknown: (selection: PeerSelection): Promise<number> =>
    countWhere(query, selection, (isListed) => `(${isListed}) IS NULL`),
});

async function countWhere(
  query: Query,
  selection: PeerSelection,
  condition: (isListed: string) => string,
): Promise<number> {
  const parameters = createParameters();
  const { tables, conditions, isListed } = comparisonSql(selection, parameters);
  const [found] = await query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${tables} WHERE ${[...conditions, condition(isListed)].join(' AND ')}`,
    parameters.values,
  );
  return found?.count ?? 0;
}

function comparisonSql({ of, by, countries, day }: PeerSelection, parameter: Parameters) {
  const points = by.map((criterion) => ({
    by: criterion,
    sql: criteria[criterion].points,
    met: criteria[criterion].met,
  }));
  const others = points.filter((one) => one.by !== 'KIND');
  return {
    tables: `organisation me JOIN organisation o ON o.type = 'ADMINISTRATION' AND o.id <> me.id`,
    conditions: [
      `me.id = ${parameter(of)} AND exists_on(o.start_date, o.end_date, o.ended, ${parameter(day)}::date)`,
      ...(countries === null ? [] : [`o.country = ANY (${parameter(countries)})`]),
      ...(by.includes('KIND') ? ['o.kind = me.kind'] : []),
    ],
    // Null if none is met and one is not known.
    isListed: others.length === 0 ? 'true' : `(${others.map(({ sql, met }) => `${sql} >= ${met}`).join(' OR ')})`,
    points,
  };
}
