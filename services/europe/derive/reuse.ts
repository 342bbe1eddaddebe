import { isCounted, isListed } from '../sql-fragments.js';
import type { Run } from './exclusive-transaction.js';

const figures = ['adopters', 'dated', 'used', 'begun', 'listed'] as const;

/** The changes of one figure, at the ends of spans of days. */
const changesSql = (figure: (typeof figures)[number], from: string, spans: string, condition = 'true'): string => `
  SELECT ${from}.solution_id, ${from}.country, changes.day, ${figures.map((one) => (one === figure ? 'changes.change' : '0')).join(', ')}
  FROM ${from} CROSS JOIN LATERAL changes_of(${spans}) changes WHERE ${condition}`;

/** The changes of what is listed, and with them those by users of one statement, who are most. */
const changesOfStatementsSql = `
  SELECT solution_id, country, counts_from AS day, is_only, is_only * is_dated, 0, is_only * is_dated, 1 FROM statement WHERE has_days
  UNION ALL SELECT solution_id, country, counts_until, -is_only, -is_only * is_dated, 0, -is_only * is_dated, -1 FROM statement
  WHERE has_days AND counts_until IS NOT NULL`;

/** The rows of `use_period` for the solutions of a statement's first value. */
const periodsSql = `
  SELECT solution_id, country, user_id, counts_from, coalesce(counts_until, 'infinity') AS counts_until, is_dated = 1 AS is_begun,
    false AS is_interrupted
  FROM statement WHERE is_only = 1 AND (counts_from IS NULL OR has_days AND counts_until IS NOT NULL)
  UNION ALL SELECT solution_id, country, user_id, lower(span), coalesce(upper(span), 'infinity'), is_begun, used.spans > 1
  FROM user_of_solution CROSS JOIN LATERAL unnest(used) AS span
    CROSS JOIN LATERAL (SELECT count(*) AS spans FROM unnest(used)) used
  WHERE used.spans > 1 OR NOT upper_inf(span)
  UNION ALL SELECT solution_id, country, user_id, NULL, 'infinity', is_begun, false FROM user_of_solution WHERE is_unknown`;

/** The rows of `solution_use` for the solutions of a statement's first value. */
const currentSql = `
  SELECT daily.solution_id, daily.country, coalesce(s.published_in, '{}') AS published_in, array_agg(daily.day ORDER BY daily.day) AS days,
    ${figures.map((figure) => `array_agg(daily.${figure} ORDER BY daily.day) AS ${figure}`).join(', ')}
  FROM (
    SELECT solution_id, country, day, ${figures.map((figure) => `sum(${figure})::int AS ${figure}`).join(', ')}
    FROM (
      ${changesOfStatementsSql}
      UNION ALL ${changesSql('adopters', 'user_of_solution', 'user_of_solution.used')}
      UNION ALL ${changesSql('dated', 'user_of_solution', 'user_of_solution.dated')}
      UNION ALL ${changesSql('begun', 'user_of_solution', 'user_of_solution.used', 'user_of_solution.is_begun')}
      UNION ALL ${changesSql('used', 'country_of_solution', 'country_of_solution.used')}
    ) AS changed (solution_id, country, day, ${figures.join(', ')})
    GROUP BY 1, 2, 3 HAVING ${figures.map((figure) => `sum(${figure}) <> 0`).join(' OR ')}
  ) daily LEFT JOIN solution s ON s.id = daily.solution_id GROUP BY 1, 2, 3`;

/** A row for each day, and one for each year. */
const grains = `unnest('{DAY,YEAR}'::text[]) AS grained (grain)`;
const startOf = `CASE grained.grain WHEN 'DAY' THEN day ELSE date_trunc('year', day)::date END`;

/** CTEs: who uses the solutions of a statement's first value, and `current`, the rows of `solution_use` that follow from it. */
const usesSql = `
    listed AS (
      SELECT a.solution_id, a.user_country AS country, a.user_id, a.counts_from, a.counts_until, (a.start_date IS NOT NULL)::int AS is_dated,
        coalesce(a.counts_from < coalesce(a.counts_until, 'infinity'), false) AS has_days,
        ${isCounted('a')} AS is_counted,
        count(*) FILTER (WHERE ${isCounted('a')}) OVER (PARTITION BY a.solution_id, a.user_country, a.user_id) AS statements
      FROM adoption a WHERE a.solution_id = ANY ($1) AND ${isListed('a')}
    ), statement AS MATERIALIZED (
      -- Whether it is the only one of its user.
      SELECT *, (is_counted AND statements = 1)::int AS is_only FROM listed
    ), user_of_solution AS MATERIALIZED (
      SELECT solution_id, country, user_id, range_agg(daterange(counts_from, counts_until)) FILTER (WHERE has_days) AS used,
        range_agg(daterange(counts_from, counts_until)) FILTER (WHERE has_days AND is_dated = 1) AS dated,
        min(counts_from) IS NULL AS is_unknown,
        min(counts_from) FILTER (WHERE is_dated = 1) IS NOT DISTINCT FROM min(counts_from) AS is_begun
      FROM statement WHERE is_counted AND statements > 1 GROUP BY solution_id, country, user_id
    ), country_of_solution AS MATERIALIZED (
      -- Of the spans that are open, which are most, only the first one matters.
      SELECT solution_id, country, coalesce(range_agg(daterange(counts_from, counts_until)) FILTER (WHERE counts_until IS NOT NULL), '{}')
        + CASE WHEN bool_or(counts_until IS NULL)
          THEN datemultirange(daterange(min(counts_from) FILTER (WHERE counts_until IS NULL), NULL)) ELSE '{}' END AS used
      FROM statement WHERE is_counted AND has_days GROUP BY 1, 2
    ), current AS MATERIALIZED (${currentSql})`;

/** CTEs and the end of a statement: adds the rows of `solution_use` in `changed`, with the factor `sign`, to the sums by country. */
const addToSumsSql = `
    by_country AS MATERIALIZED (
      SELECT grained.grain, ${startOf} AS day, country, sum(users) AS users, sum(begun) AS begun, sum(listed) AS listed FROM (
        SELECT step.day, c.country, sum(c.sign * step.users) AS users, sum(c.sign * step.begun) AS begun, sum(c.sign * step.listed) AS listed
        FROM changed c CROSS JOIN unnest(c.days, c.adopters, c.begun, c.listed) AS step (day, users, begun, listed) GROUP BY 1, 2
      ) daily CROSS JOIN ${grains} GROUP BY 1, 2, 3
    ), listed_by_country AS (
      INSERT INTO listed_change SELECT grain, day, country, listed FROM by_country WHERE listed <> 0 ORDER BY 1, 2, 3
      ON CONFLICT (grain, day, used_in) DO UPDATE SET adoptions = listed_change.adoptions + excluded.adoptions
    ), used_by_country AS (
      INSERT INTO use_change
      SELECT grain, day, country, users, begun FROM by_country WHERE users <> 0 OR begun <> 0 ORDER BY 1, 2, 3
      ON CONFLICT (grain, day, used_in) DO UPDATE SET users = use_change.users + excluded.users, begun = use_change.begun + excluded.begun
    ), daily AS (
      SELECT step.day, published.country AS published_in, c.country AS used_in, sum(c.sign * step.adopters) AS adoptions,
        sum(c.sign * step.used) AS solutions, sum(c.sign * step.dated) AS dated
      FROM changed c CROSS JOIN unnest(c.published_in) AS published (country)
      CROSS JOIN unnest(c.days, c.adopters, c.dated, c.used) AS step (day, adopters, dated, used)
      GROUP BY 1, 2, 3
    )
    INSERT INTO reuse_change
    SELECT grained.grain, ${startOf}, published_in, used_in, sum(adoptions), sum(solutions), sum(dated)
    FROM daily CROSS JOIN ${grains} GROUP BY 1, 2, 3, 4
    HAVING sum(adoptions) <> 0 OR sum(solutions) <> 0 OR sum(dated) <> 0
    ORDER BY 1, 2, 3, 4
    ON CONFLICT (grain, day, published_in, used_in) DO UPDATE SET adoptions = reuse_change.adoptions + excluded.adoptions,
      solutions = reuse_change.solutions + excluded.solutions, dated = reuse_change.dated + excluded.dated`;

/**
 * Derives how the use of these solutions changes from day to day, and with it how that of each pair of a publishing and a using
 * country does. A user of several statements uses a solution once, on the days of any of them.
 */
export async function deriveReuse(run: Run, solutions: readonly string[]): Promise<void> {
  if (solutions.length === 0) return;
  await run(
    `WITH ${usesSql},
    changed AS MATERIALIZED (
      SELECT 1 AS sign, fresh.* FROM (SELECT * FROM current EXCEPT ALL SELECT * FROM solution_use WHERE solution_id = ANY ($1)) fresh
      UNION ALL
      SELECT -1, stale.* FROM (SELECT * FROM solution_use WHERE solution_id = ANY ($1) EXCEPT ALL SELECT * FROM current) stale
    ), removed AS (
      DELETE FROM solution_use u USING changed c WHERE c.sign = -1 AND u.solution_id = c.solution_id AND u.country = c.country
        AND NOT EXISTS (SELECT FROM current WHERE current.solution_id = u.solution_id AND current.country = u.country)
    ), written AS (
      INSERT INTO solution_use SELECT solution_id, country, published_in, days, ${figures.join(', ')} FROM changed WHERE sign = 1
      ON CONFLICT (solution_id, country) DO UPDATE SET (published_in, days, ${figures.join(', ')})
        = ROW (excluded.published_in, excluded.days, ${figures.map((figure) => `excluded.${figure}`).join(', ')})
    ), period AS MATERIALIZED (${periodsSql}
    ), gone AS (
      DELETE FROM use_period u WHERE u.solution_id = ANY ($1)
    ), periods AS (
      INSERT INTO use_period SELECT * FROM period
    ), ${addToSumsSql}`,
    [[...new Set(solutions)]],
  );
  await removeChangesWithoutEffect(run);
}

/** The same for all solutions that are used, in parts: the sums are those of all, and written once. */
export async function deriveAllReuse(run: Run, parts: readonly (readonly string[])[]): Promise<void> {
  for (const table of ['solution_use', 'use_period', 'reuse_change', 'use_change', 'listed_change'])
    await run(`DELETE FROM ${table}`);
  for (const solutions of parts)
    await run(
      `WITH ${usesSql}, periods AS (INSERT INTO use_period ${periodsSql}) INSERT INTO solution_use SELECT * FROM current`,
      [solutions],
    );
  await run(`WITH changed AS (SELECT 1 AS sign, u.* FROM solution_use u), ${addToSumsSql}`);
  await removeChangesWithoutEffect(run);
}

async function removeChangesWithoutEffect(run: Run): Promise<void> {
  await run(`DELETE FROM reuse_change WHERE adoptions = 0 AND solutions = 0 AND dated = 0`);
  await run(`DELETE FROM use_change WHERE users = 0 AND begun = 0`);
  await run(`DELETE FROM listed_change WHERE adoptions = 0`);
}
