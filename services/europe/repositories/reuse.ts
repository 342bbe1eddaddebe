import { keyArray, keysSql } from '../../kit/database/sql-parameters.js';
import type { ParentBatch } from '../../kit/graphql/loaders.js';
import type { Day } from '../../shared/dates.js';
import { countsOn } from '../../shared/validity.js';
import type { AdministrationKind, DatePrecision } from '../generated/resolver-types.js';
import type { Query } from '../index-database.js';
import { isCounted, isFillingAny, isUnconfirmed, isUpTo } from '../sql-fragments.js';

/** How many administrations of a country use a solution on a day. */
export interface ReuseRow {
  readonly parentId: string;
  readonly parentDay: string;
  readonly country: string;
  readonly adopters: number;
  readonly dated: number;
  readonly observed: number;
  readonly complete: boolean;
  /** Null also if only numbers were read. */
  readonly knownSince: string | null;
  readonly firstAdopted: string | null;
  readonly firstAdoptedPrecision: DatePrecision | null;
}

interface ReuseChangeRow {
  readonly country: string;
  readonly before: number;
  readonly after: number;
  readonly continued: number;
  readonly begun: number;
  readonly observed: number;
  readonly ended: number;
  readonly between: number;
  readonly undated: number;
}

/** The changes of use in a country, in the order of their days. */
interface UseChanges {
  readonly parentId: string;
  readonly days: readonly Day[];
  /** By how much the users change, those with a recorded start, and whether the solution is used at all. */
  readonly adopters: readonly number[];
  readonly dated: readonly number[];
  readonly used: readonly number[];
}

const precisions = `ARRAY['DAY', 'MONTH', 'SEASON', 'YEAR']`;
const numberedParents = `unnest(${keysSql}, ${keyArray('$2', 'date')}) WITH ORDINALITY AS requested (id, day, n)`;

/** Counts the users of solutions. */
export const createReuseRepository = (query: Query) => ({
  /** How many organisations of each country use each solution on a day; all, or those of a kind. */
  findReuse: ({ ids, days }: ParentBatch, kind: AdministrationKind | null) =>
    query<ReuseRow>(
      `SELECT requested.id AS "parentId", requested.day AS "parentDay", used.*, used.adopters - used.dated AS observed,
        -- No catalogue states that it knows all users of a solution.
        false AS complete,
        -- A use that was observed before the first recorded start began at an unknown time before.
        CASE WHEN used.start <= coalesce(used.seen, used.start) THEN used.start END AS "firstAdopted",
        CASE WHEN used.start <= coalesce(used.seen, used.start) THEN used.precision END AS "firstAdoptedPrecision"
      FROM (
        -- By numbers: comparing the texts of what is requested thousands of times takes longer than all the rest.
        SELECT n, country, count(*)::int AS adopters, (count(*) FILTER (WHERE start IS NOT NULL))::int AS dated,
          min(since) AS "knownSince", min(start) AS start, min(seen) AS seen,
          (${precisions})[min(precise_start) & 7] AS precision
        FROM (
          SELECT requested.n, a.user_country AS country, min(a.counts_from) AS since, min(a.start_date) AS start,
            min(a.counts_from) FILTER (WHERE a.start_date IS NULL) AS seen,
            -- As a number, which is compared fastest: the day, then its precision.
            min((a.start_date - '1970-01-01'::date) * 8 + coalesce(array_position(${precisions}, a.start_precision), 0)) AS precise_start
          FROM ${numberedParents} JOIN adoption a ON a.solution_id = requested.id AND ${isCounted('a')}
            AND ${countsOn('a', 'requested.day')} ${kind === null ? '' : 'AND a.user_kind = $3'}
          GROUP BY 1, 2, a.user_id
        ) used_by GROUP BY 1, 2
      ) used JOIN ${numberedParents} USING (n) ORDER BY n, adopters DESC, country`,
      kind === null ? [ids, days] : [ids, days, kind],
    ),

  /** The numbers alone, without since when: sums that the index keeps, unless a country is being read for the first time. */
  findReuseNumbers: ({ ids, days }: ParentBatch) =>
    query<ReuseRow>(
      `SELECT requested.id AS "parentId", requested.day AS "parentDay", counted.country, counted.adopters, counted.dated,
        counted.adopters - counted.dated AS observed, false AS complete, NULL AS "knownSince", NULL AS "firstAdopted", NULL AS "firstAdoptedPrecision"
      FROM unnest(${keysSql}, ${keyArray('$2', 'date')}) AS requested (id, day) CROSS JOIN LATERAL (
        SELECT u.country, sum(step.adopters)::int AS adopters, sum(step.dated)::int AS dated
        FROM solution_use u CROSS JOIN unnest(u.days, u.adopters, u.dated) AS step (day, adopters, dated)
        WHERE u.solution_id = requested.id AND step.day <= requested.day AND NOT ${isFillingAny}
        GROUP BY 1 HAVING sum(step.adopters) > 0
        UNION ALL
        SELECT a.user_country, count(DISTINCT a.user_id)::int, count(DISTINCT a.user_id) FILTER (WHERE a.start_date IS NOT NULL)::int
        FROM adoption a WHERE ${isFillingAny} AND a.solution_id = requested.id AND ${isCounted('a')} AND ${countsOn('a', 'requested.day')}
        GROUP BY 1
      ) counted ORDER BY 1, 2, adopters DESC, country`,
      [ids, days],
    ),

  /** How many organisations of each country use each solution on a day as only the catalogue of another country states. */
  findUnconfirmedReuse: ({ ids, days }: ParentBatch) =>
    query<{ parentId: string; parentDay: string; country: string; assertedBy: string; adopters: number }>(
      `SELECT requested.id AS "parentId", requested.day AS "parentDay", a.user_country AS country, a.country AS "assertedBy",
        count(DISTINCT a.user_id)::int AS adopters
      FROM unnest(${keysSql}, ${keyArray('$2', 'date')}) AS requested (id, day)
      JOIN adoption a ON a.solution_id = requested.id AND ${isUnconfirmed('a')} AND ${countsOn('a', 'requested.day')}
      GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, adopters DESC, country, "assertedBy"`,
      [ids, days],
    ),

  /** By how much the use of each solution changes in each country, and on which days. */
  findUseChanges: (ids: readonly string[]) =>
    query<UseChanges>(
      `SELECT solution_id AS "parentId", days::text[] AS days, adopters, used, dated
      FROM solution_use WHERE solution_id = ANY (${keysSql})`,
      [ids],
    ),

  /** How use changed between two days, for each using country. */
  findChanges: (from: string, to: string) =>
    query<ReuseChangeRow>(
      `WITH total AS (
        SELECT used_in AS country, sum(users) FILTER (WHERE is_before) AS before, sum(begun) FILTER (WHERE is_before) AS begun_before,
          sum(users) FILTER (WHERE NOT is_before) AS after, sum(begun) FILTER (WHERE NOT is_before) AS begun_after
        FROM (VALUES ($1::date, true), ($2::date, false)) AS at (day, is_before) CROSS JOIN LATERAL (
          SELECT * FROM use_change WHERE grain = 'YEAR' AND day < date_trunc('year', at.day)
          UNION ALL SELECT * FROM use_change WHERE grain = 'DAY' AND day BETWEEN date_trunc('year', at.day) AND at.day
        ) change GROUP BY 1
      ), period AS (
        SELECT country, is_begun, counts_from <= $1 AS was_used, false AS is_used, counts_from > $1 AS is_between
        FROM use_period WHERE NOT is_interrupted AND counts_until > $1 AND counts_until <= $2
        UNION ALL
        SELECT country, bool_and(is_begun), bool_or(counts_from <= $1 AND counts_until > $1),
          bool_or(counts_from <= $2 AND counts_until > $2), bool_or(counts_from > $1 AND counts_until <= $2)
        FROM use_period WHERE is_interrupted GROUP BY solution_id, country, user_id
      ), ended AS (
        SELECT country, count(*) FILTER (WHERE was_used AND NOT is_used) AS users,
          count(*) FILTER (WHERE was_used AND NOT is_used AND is_begun) AS begun,
          count(*) FILTER (WHERE is_between AND NOT was_used AND NOT is_used) AS "between"
        FROM period GROUP BY 1
      ), undated AS (
        SELECT country, count(*) AS users FROM use_period
        WHERE NOT is_interrupted AND counts_until = 'infinity' AND counts_from IS NULL GROUP BY 1
      ), used AS (
        SELECT DISTINCT used_in AS country FROM use_change WHERE grain = 'YEAR'
      ), counted AS (
        SELECT country, coalesce(total.before, 0) AS before, coalesce(total.after, 0) AS after, coalesce(ended.users, 0) AS ended,
          coalesce(total.begun_after, 0) - coalesce(total.begun_before, 0) + coalesce(ended.begun, 0) AS begun,
          coalesce(ended."between", 0) AS "between", coalesce(undated.users, 0) AS undated
        FROM used FULL JOIN total USING (country) FULL JOIN ended USING (country) FULL JOIN undated USING (country)
      )
      SELECT country, before::int, after::int, (before - ended)::int AS continued, begun::int,
        (after - before + ended - begun)::int AS observed, ended::int, "between"::int, undated::int
      FROM counted ORDER BY country`,
      [from, to],
    ),

  /** How much is used on a day, for each pair of a publishing and a using country. */
  findMatrix: (day: string) =>
    query<{ publishedIn: string; usedIn: string; adoptions: number; solutions: number; dated: number }>(
      `SELECT published_in AS "publishedIn", used_in AS "usedIn", sum(adoptions)::int AS adoptions, sum(solutions)::int AS solutions,
        sum(dated)::int AS dated
      FROM reuse_change
      WHERE ${isUpTo('$1::date')} GROUP BY 1, 2 HAVING sum(adoptions) > 0 ORDER BY sum(adoptions) DESC, 1, 2`,
      [day],
    ),
});
