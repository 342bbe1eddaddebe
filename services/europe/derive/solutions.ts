import { countsOn } from '../../shared/validity.js';
import { usageValuesSql } from '../solution-facets.js';
import { givenColumns, givenRowsSql } from '../given-rows.js';
import { columnList, isCounted, isInPortfolio, precedence, updateIfChanged } from '../sql-fragments.js';
import { mergeRecords, type MergedSolution, type SolutionRecord } from './merge-records.js';
import type { Run } from './exclusive-transaction.js';
import { type FacetChange, changeFacets, slotsSql } from './segment-facets.js';
import { unsettle } from './segments.js';

/** Merges the records of these solutions on a day and writes the result; a solution without a record is deleted. */
export async function deriveSolutions(run: Run, ids: readonly string[], day: string): Promise<void> {
  if (ids.length === 0) return;
  const rows = await run<SolutionRecord & { readonly solution_id: string; readonly release_date: string | null }>(
    `SELECT r.id, r.country, r.address, r.sort_name, r.content, r.solution_id,
      -- Only its own country can state that an organisation publishes something, if it knows the organisation.
      CASE WHEN r.own THEN o.id END AS publisher_id,
      -- What has not happened yet is not known.
      CASE WHEN r.release_date <= $2 THEN r.release_date END AS release_date
    FROM catalogue_record r LEFT JOIN organisation o ON o.id = r.publisher_id WHERE r.solution_id = ANY ($1)
    ORDER BY r.solution_id, ${precedence('r', '$2')}`,
    [ids, day],
  );
  const records = rows.map((row) => ({ ...row, content: { ...row.content, releaseDate: row.release_date } }));
  const addresses = await run<{ readonly solution_id: string; readonly addresses: string[] }>(
    `SELECT solution_id, array_agg(address ORDER BY address) AS addresses
    FROM solution_address WHERE solution_id = ANY ($1) GROUP BY 1`,
    [ids],
  );
  const addressesById = new Map(addresses.map((row) => [row.solution_id, row.addresses]));
  const recordsById = new Map<string, [SolutionRecord, ...SolutionRecord[]]>();
  for (const record of records) {
    const others = recordsById.get(record.solution_id);
    if (others) others.push(record);
    else recordsById.set(record.solution_id, [record]);
  }
  const merged = [...recordsById].map(([id, group]) => mergeRecords(id, addressesById.get(id) ?? [], group));
  const gone = ids.filter((id) => !recordsById.has(id));
  if (gone.length > 0) await run(`DELETE FROM solution WHERE id = ANY ($1)`, [gone]);
  await writeSolutions(run, merged);
  await unsettle(run, ids);
}

const columns = [
  'id',
  'address',
  'kind',
  'licence',
  'licence_family',
  'development_status',
  'software_type',
  'maintenance',
  'categories',
  'release_date',
  'published_in',
  'publisher_ids',
  'part_of',
  'suite',
  'sort_name',
];

const contentColumns = ['solution_id', 'content'];

async function writeSolutions(run: Run, solutions: readonly MergedSolution[]): Promise<void> {
  if (solutions.length === 0) return;
  await run(
    `INSERT INTO solution (${columnList(columns)}) ${givenRowsSql(columns)} ${updateIfChanged('solution', columns)}`,
    givenColumns(
      columns,
      solutions.map(({ row }) => row),
    ),
  );
  await run(
    `INSERT INTO solution_content (${columnList(contentColumns)}) ${givenRowsSql(contentColumns)}
    ON CONFLICT (solution_id) DO UPDATE SET content = excluded.content WHERE solution_content.content <> excluded.content`,
    givenColumns(
      contentColumns,
      solutions.map(({ row, content }) => ({ solution_id: row.id, content })),
    ),
  );
  const bases = solutions.flatMap(({ row, bases: addresses }) =>
    addresses.map((address) => ({ solution_id: row.id, address })),
  );
  await run(
    `WITH current AS (SELECT * FROM jsonb_populate_recordset(NULL::solution_basis, $2::jsonb)),
    removed AS (
      DELETE FROM solution_basis b WHERE b.solution_id = ANY ($1) AND NOT EXISTS (
        SELECT FROM current WHERE current.solution_id = b.solution_id AND current.address = b.address)
    )
    INSERT INTO solution_basis SELECT * FROM current ON CONFLICT DO NOTHING`,
    [solutions.map(({ row }) => row.id), JSON.stringify(bases)],
  );
}

/** What follows from the uses of a solution, and from portfolios. */
const usageColumns = [
  'adopters',
  'countries',
  'used_in',
  'used_by_kinds',
  'smallest_user',
  'largest_user',
  'maintainer_ids',
];

/** Counts the users of these solutions on a day, and finds the consortia that have them in a portfolio. */
export async function countUsage(run: Run, ids: readonly string[], day: string): Promise<void> {
  if (ids.length === 0) return;
  const changes = await run<FacetChange>(
    `WITH found AS MATERIALIZED (
      SELECT requested.id, usage.adopters, coalesce(cardinality(usage.used_in), 0) AS countries,
        coalesce(usage.used_in, '{}') AS used_in, coalesce(usage.used_by_kinds, '{}') AS used_by_kinds,
        usage.smallest_user, usage.largest_user, coalesce(portfolio.maintainer_ids, '{}') AS maintainer_ids
      FROM (SELECT DISTINCT unnest($1::text[]) AS id) requested
      CROSS JOIN LATERAL (
        SELECT count(DISTINCT a.user_id)::int AS adopters, array_agg(DISTINCT a.user_country ORDER BY a.user_country) AS used_in,
          array_agg(DISTINCT a.user_kind ORDER BY a.user_kind) FILTER (WHERE a.user_kind IS NOT NULL) AS used_by_kinds,
          min(a.user_population) AS smallest_user, max(a.user_population) AS largest_user
        FROM adoption a
        WHERE a.solution_id = requested.id AND ${isCounted('a')} AND ${countsOn('a', '$2::date')}
      ) usage
      CROSS JOIN LATERAL (
        SELECT array_agg(DISTINCT p.consortium_id::text ORDER BY p.consortium_id::text) AS maintainer_ids
        FROM portfolio_entry p JOIN organisation o ON o.id = p.consortium_id
        WHERE p.solution_id = requested.id AND ${isInPortfolio('p', 'o', '$2::date')}
      ) portfolio
    ), counted AS (
      UPDATE solution SET (${columnList(usageColumns)}) = ROW (${columnList(usageColumns, 'found')}) FROM found
      WHERE solution.id = found.id
        AND (${columnList(usageColumns, 'solution')}) IS DISTINCT FROM (${columnList(usageColumns, 'found')})
      RETURNING solution.id
    )
    -- The facets of those that are in a segment. A statement reads the solutions as they were.
    SELECT segment.id AS segment, segment.size, field, value, ${slotsSql('placed.slot', 'is_new')} AS added,
      ${slotsSql('placed.slot', 'NOT is_new')} AS removed
    FROM counted JOIN solution before USING (id) JOIN found USING (id)
    JOIN LATERAL (
      SELECT segment, min(slot) AS slot FROM slot WHERE solution_id = counted.id AND is_current GROUP BY segment
    ) placed ON (before.used_in, before.used_by_kinds) <> (found.used_in, found.used_by_kinds)
    JOIN segment ON segment.id = placed.segment
    CROSS JOIN LATERAL (
      SELECT field, value, bool_or(is_new) AS is_new FROM (
        SELECT field, value, true AS is_new FROM (${usageValuesSql('found')}) AS after (field, value)
        UNION ALL SELECT field, value, false FROM (${usageValuesSql('before')}) AS earlier (field, value)
      ) either GROUP BY field, value HAVING count(*) = 1
    ) change GROUP BY segment.id, field, value`,
    [ids, day],
  );
  await changeFacets(run, changes);
}
