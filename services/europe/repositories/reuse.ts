import type { ParentBatch } from '../../kit/graphql/loaders.js';
import type { Day } from '../../shared/dates.js';
import { countsOn } from '../../shared/validity.js';
import type { AdministrationKind, DatePrecision } from '../generated/resolver-types.js';
import type { Query } from '../index-database.js';
import { isCounted, isUnconfirmed } from '../sql-fragments.js';

/** How many administrations of a country use a solution on a day. */
export interface ReuseRow {
  readonly parentId: string;
  readonly parentDay: string;
  readonly country: string;
  readonly adopters: number;
  readonly dated: number;
  readonly observed: number;
  readonly complete: boolean;
  readonly knownSince: string;
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

const numberedParents = 'unnest($1::text[], $2::date[]) WITH ORDINALITY AS requested (id, day, n)';

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
        -- By numbers: sorting thousands of users by the texts of what is requested takes longer than all the rest.
        SELECT requested.n, a.user_country AS country,
          count(DISTINCT a.user_id)::int AS adopters,
          count(DISTINCT a.user_id) FILTER (WHERE a.start_date IS NOT NULL)::int AS dated,
          min(a.counts_from) AS "knownSince", min(a.start_date) AS start,
          min(a.counts_from) FILTER (WHERE a.start_date IS NULL) AS seen,
          (array_agg(a.start_precision ORDER BY a.start_date))[1] AS precision
        FROM ${numberedParents} JOIN adoption a ON a.solution_id = requested.id AND ${isCounted('a')}
          AND ${countsOn('a', 'requested.day')} ${kind === null ? '' : 'AND a.user_kind = $3'}
        GROUP BY 1, 2
      ) used JOIN ${numberedParents} USING (n) ORDER BY n, adopters DESC, country`,
      kind === null ? [ids, days] : [ids, days, kind],
    ),

  /** How many organisations of each country use each solution on a day as only the catalogue of another country states. */
  findUnconfirmedReuse: ({ ids, days }: ParentBatch) =>
    query<{ parentId: string; parentDay: string; country: string; assertedBy: string; adopters: number }>(
      `SELECT requested.id AS "parentId", requested.day AS "parentDay", a.user_country AS country, a.country AS "assertedBy",
        count(DISTINCT a.user_id)::int AS adopters
      FROM unnest($1::text[], $2::date[]) AS requested (id, day)
      JOIN adoption a ON a.solution_id = requested.id AND ${isUnconfirmed('a')} AND ${countsOn('a', 'requested.day')}
      GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, adopters DESC, country, "assertedBy"`,
      [ids, days],
    ),

  /** By how much the use of each solution changes in each country, and on which days. */
  findUseChanges: (ids: readonly string[]) =>
    query<UseChanges>(
      `SELECT solution_id AS "parentId", days::text[] AS days, adopters, used, dated
      FROM solution_use WHERE solution_id = ANY ($1)`,
      [ids],
    ),

  /** How use changed between two days, for each using country. */
  findChanges: (from: string, to: string) =>
    query<ReuseChangeRow>(
      `SELECT country, (count(*) FILTER (WHERE was_used))::int AS before, (count(*) FILTER (WHERE is_used))::int AS after,
        (count(*) FILTER (WHERE was_used AND is_used))::int AS continued,
        (count(*) FILTER (WHERE is_used AND NOT was_used AND is_dated))::int AS begun,
        (count(*) FILTER (WHERE is_used AND NOT was_used AND NOT is_dated))::int AS observed,
        (count(*) FILTER (WHERE was_used AND NOT is_used))::int AS ended,
        (count(*) FILTER (WHERE is_between AND NOT was_used AND NOT is_used))::int AS "between",
        (count(*) FILTER (WHERE is_undated))::int AS undated
      FROM (
        -- In the order of an index that has all of these columns.
        SELECT a.user_country AS country,
          coalesce(bool_or(${countsOn('a', '$1::date')}), false) AS was_used,
          coalesce(bool_or(${countsOn('a', '$2::date')}), false) AS is_used,
          bool_or(a.counts_from > $1 AND a.counts_from <= $2 AND a.counts_from < a.counts_until) AS is_between,
          min(a.counts_from) FILTER (WHERE a.start_date IS NOT NULL) IS NOT DISTINCT FROM min(a.counts_from) AS is_dated,
          min(a.counts_from) IS NULL AS is_undated
        FROM adoption a WHERE ${isCounted('a')} GROUP BY a.solution_id, a.user_country, a.user_id
      ) pair GROUP BY country ORDER BY country`,
      [from, to],
    ),

  /** How much is used on a day, for each pair of a publishing and a using country. */
  findMatrix: (day: string) =>
    query<{ publishedIn: string; usedIn: string; adoptions: number; solutions: number; dated: number }>(
      `SELECT published_in AS "publishedIn", used_in AS "usedIn", sum(adoptions)::int AS adoptions, sum(solutions)::int AS solutions,
        sum(dated)::int AS dated
      FROM reuse_change
      WHERE (grain = 'YEAR' AND day < date_trunc('year', $1::date))
        OR (grain = 'DAY' AND day BETWEEN date_trunc('year', $1::date) AND $1)
      GROUP BY 1, 2 HAVING sum(adoptions) > 0 ORDER BY sum(adoptions) DESC, 1, 2`,
      [day],
    ),
});
