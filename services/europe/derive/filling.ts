import { deriveSupersessionOf } from './adoptions.js';
import type { Run } from './exclusive-transaction.js';
import { deriveReuse } from './reuse.js';
import { maxUnsettledWhileFilling, settle } from './segments.js';
import { countUsage } from './solutions.js';

// A country is being filled until its feed was read to its end for the first time. Meanwhile what its pages change again and again
// waits: the counts of its solutions and of its words, and the notes of which solutions have changed. At the end each is derived
// once. So a first reading takes a fraction of the time, and the result is the same.

/** Of which country a page is written that is being filled; null for one whose feed was read to its end before. */
export type Filling = string | null;

/** Lets the triggers of a transaction leave out what `completeFilling` does: see `migrations/columns.ts`. */
export const beginFilling = (run: Run): Promise<unknown> => run(`SET LOCAL reuse_graph.filling = 'on'`);

/** Counts the uses of these solutions, now or once the country is filled. */
export async function deriveUsage(
  run: Run,
  solutions: readonly string[],
  day: string,
  filling: Filling = null,
): Promise<void> {
  if (filling === null) {
    await countUsage(run, solutions, day);
    await deriveReuse(run, solutions);
  } else if (solutions.length > 0) {
    await run(
      `INSERT INTO uncounted_solution (country, solution_id) SELECT DISTINCT $1, unnest($2::text[]) ON CONFLICT DO NOTHING`,
      [filling, solutions],
    );
  }
}

/** How many solutions are counted in one statement. */
const batchSize = 20_000;

/** Derives what waited while a country was filled. */
export async function completeFilling(run: Run, country: string, day: string): Promise<void> {
  await run(`UPDATE catalogue SET is_filling = false WHERE country = $1`, [country]);
  await run(
    `INSERT INTO search_word
    SELECT lexeme, count(*) FROM catalogue_record r CROSS JOIN unnest(tsvector_to_array(r.vector)) AS lexeme
    WHERE r.country = $1 GROUP BY lexeme ORDER BY lexeme
    ON CONFLICT (word) DO UPDATE SET records = search_word.records + excluded.records`,
    [country],
  );
  await deriveSupersessionOf(run, country);
  const uncounted = await run<{ id: string }>(
    `WITH counted AS (DELETE FROM uncounted_solution WHERE country = $1 RETURNING solution_id)
    SELECT solution_id AS id FROM counted ORDER BY 1`,
    [country],
  );
  const ids = uncounted.map(({ id }) => id);
  for (let first = 0; first < ids.length; first += batchSize)
    await deriveUsage(run, ids.slice(first, first + batchSize), day);
  await run(
    `INSERT INTO solution_change (solution_id, number, at)
    SELECT id, (SELECT coalesce(max(number), 0) FROM solution_change) + row_number() OVER (ORDER BY id), now()
    FROM solution WHERE id IN (
      SELECT solution_id FROM catalogue_record WHERE country = $1 UNION SELECT solution_id FROM adoption WHERE country = $1)
    ON CONFLICT (solution_id) DO UPDATE SET number = excluded.number, at = excluded.at`,
    [country],
  );
  // Where others are still being filled, they change many of the same solutions.
  const [others] = await run(`SELECT FROM catalogue WHERE is_filling LIMIT 1`);
  await settle(run, others ? maxUnsettledWhileFilling : undefined);
}
