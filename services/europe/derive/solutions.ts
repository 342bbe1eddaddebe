import { isCounted, isInPortfolio } from '../sql-fragments.js';
import { countsOn } from '../../shared/validity.js';
import { mergeRecords, type MergedSolution, type SolutionRecord } from './merge-records.js';
import type { Run } from './exclusive-transaction.js';

/** Writes what the records of these solutions say of them; a solution without a record is none any more. */
export async function deriveSolutions(run: Run, ids: readonly string[]): Promise<void> {
  const records = await run<SolutionRecord & { readonly solution_id: string }>(
    `SELECT r.id, r.country, r.address, r.sort_name, r.content, r.solution_id,
      -- A body that its country does not know publishes nothing; of a country that is not followed nobody can tell.
      CASE WHEN o.id IS NOT NULL OR NOT EXISTS (SELECT FROM catalogue c WHERE c.country = upper(left(r.publisher_id, 2)))
        THEN r.publisher_id END AS publisher_id
    FROM catalogue_record r LEFT JOIN organisation o ON o.id = r.publisher_id WHERE r.solution_id = ANY ($1)
    ORDER BY r.solution_id, r.own DESC, r.observed_on DESC, r.id`,
    [ids],
  );
  const places = await run<{ readonly solution_id: string; readonly addresses: string[] }>(
    `SELECT solution_id, array_agg(address ORDER BY address) AS addresses FROM solution_address WHERE solution_id = ANY ($1) GROUP BY 1`,
    [ids],
  );
  const addressesOf = new Map(places.map(({ solution_id, addresses }) => [solution_id, addresses]));
  const recordsOf = new Map<string, [SolutionRecord, ...SolutionRecord[]]>();
  for (const record of records) {
    const others = recordsOf.get(record.solution_id);
    if (others) others.push(record);
    else recordsOf.set(record.solution_id, [record]);
  }
  const described = [...recordsOf].map(([id, found]) => mergeRecords(id, addressesOf.get(id) ?? [], found));
  await run(`DELETE FROM solution WHERE id = ANY ($1)`, [ids.filter((id) => !recordsOf.has(id))]);
  await writeSolutions(run, described);
}

const columns = [
  ...['id', 'address', 'kind', 'licence_family', 'development_status', 'software_type', 'categories'],
  ...['release_date', 'published_in', 'publisher_ids', 'sort_name'],
];
const list = (prefix: string): string => columns.map((column) => prefix + column).join(', ');

async function writeSolutions(run: Run, described: readonly MergedSolution[]): Promise<void> {
  if (described.length === 0) return;
  await run(
    `INSERT INTO solution (${list('')})
    SELECT ${list('')} FROM jsonb_populate_recordset(NULL::solution, $1::jsonb)
    ON CONFLICT (id) DO UPDATE SET (${list('')}) = ROW (${list('excluded.')})
    WHERE (${list('solution.')}) IS DISTINCT FROM (${list('excluded.')})`,
    [JSON.stringify(described.map(({ row }) => row))],
  );
  await run(
    `INSERT INTO solution_content (solution_id, content)
    SELECT solution_id, content FROM jsonb_populate_recordset(NULL::solution_content, $1::jsonb)
    ON CONFLICT (solution_id) DO UPDATE SET content = excluded.content WHERE solution_content.content <> excluded.content`,
    [JSON.stringify(described.map(({ row, content }) => ({ solution_id: row.id, content })))],
  );
  const bases = described.flatMap(({ row, bases: addresses }) =>
    addresses.map((address) => ({ solution_id: row.id, address })),
  );
  await run(
    `WITH wanted AS (SELECT * FROM jsonb_populate_recordset(NULL::solution_basis, $2::jsonb)),
    gone AS (
      DELETE FROM solution_basis WHERE solution_id = ANY ($1) AND NOT EXISTS (
        SELECT FROM wanted WHERE wanted.solution_id = solution_basis.solution_id AND wanted.address = solution_basis.address)
    )
    INSERT INTO solution_basis SELECT * FROM wanted ON CONFLICT DO NOTHING`,
    [described.map(({ row }) => row.id), JSON.stringify(bases)],
  );
}

/** Counts who uses these solutions on a day, and who has them in a portfolio. */
export const countUsage = (run: Run, ids: readonly string[], day: string): Promise<unknown> =>
  run(
    `UPDATE solution SET adopters = found.adopters, countries = found.countries, used_in = found.used_in,
      maintainer_ids = found.maintainer_ids
    FROM (
      SELECT asked.id, used.adopters, coalesce(cardinality(used.used_in), 0) AS countries,
        coalesce(used.used_in, '{}') AS used_in, coalesce(kept.maintainer_ids, '{}') AS maintainer_ids
      FROM (SELECT DISTINCT unnest($1::text[]) AS id) asked
      CROSS JOIN LATERAL (
        SELECT count(DISTINCT a.user_id)::int AS adopters, array_agg(DISTINCT a.user_country ORDER BY a.user_country) AS used_in
        FROM adoption a
        WHERE a.solution_id = asked.id AND ${isCounted('a')} AND ${countsOn('a', '$2::date')}
      ) used
      CROSS JOIN LATERAL (
        SELECT array_agg(DISTINCT p.consortium_id::text ORDER BY p.consortium_id::text) AS maintainer_ids
        FROM portfolio_entry p JOIN organisation o ON o.id = p.consortium_id
        WHERE p.solution_id = asked.id AND ${isInPortfolio('p', 'o', '$2::date')}
      ) kept
    ) found
    WHERE solution.id = found.id
      AND (solution.adopters, solution.countries, solution.used_in, solution.maintainer_ids)
        IS DISTINCT FROM (found.adopters, found.countries, found.used_in, found.maintainer_ids)`,
    [ids, day],
  );
