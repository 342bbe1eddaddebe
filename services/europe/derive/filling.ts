import type { DataSource } from 'typeorm';

import { today } from '../../shared/dates.js';
import { deriveSupersessionOf } from './adoptions.js';
import { inExclusiveTransaction, type Run } from './exclusive-transaction.js';
import { completeAdoptions, endFirstReading, isFirstReadingSql } from './first-reading.js';
import { deriveOrganisationUse, deriveOrganisationUseOf } from './organisation-use.js';
import { recountForDay } from './recount-for-day.js';
import { deriveAllReuse, deriveReuse } from './reuse.js';
import { maxUnsettledWhileFilling, segmentWordsSql, settle } from './segments.js';
import { countUsage } from './solutions.js';

// A country is being filled until its feed was read to its end for the first time, and in the first round of feeds until all were.
// Meanwhile what pages change again and again waits: the counts of solutions and of words, and the notes of which solutions have
// changed. At the end each is derived once, for all of these countries. So a first reading takes a fraction of the time, and the
// result is the same.

/** Of which country a page is written that is being filled; null for one whose feed was read to its end before. */
export type Filling = {
  readonly country: string;
  /** Whether the whole index is read for the first time. */
  readonly isFirstReading: boolean;
} | null;

/** SQL expression: lets the triggers of a transaction leave out what `completeFilling` does: see `migrations/columns.ts`. */
export const beginFillingSql = `set_config('reuse_graph.filling', 'on', true)`;
export const endFillingSql = `set_config('reuse_graph.filling', 'off', true)`;

/**
 * SQL expression: a page finds what it concerns by keys. Until PostgreSQL has statistics of a table that grows by each page, it would read
 * all of it instead.
 */
export const byIndexesSql = `set_config('enable_seqscan', 'off', true)`;

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
      [filling.country, solutions],
    );
  }
}

/** How many solutions are counted in one statement. */
const batchSize = 20_000;

/** Completes the countries that were read to their end and waited for others. */
export const completeFirstRound = (dataSource: DataSource): Promise<void> =>
  inExclusiveTransaction(dataSource, async (run) => {
    const day = today();
    await recountForDay(run, day);
    const waiting = await run<{ country: string }>(
      `SELECT country, ${beginFillingSql} FROM catalogue WHERE is_filling AND read_at IS NOT NULL`,
    );
    await completeFilling(
      run,
      waiting.map(({ country }) => country),
      day,
    );
  });

/** Derives what waited while countries were filled. */
export async function completeFilling(run: Run, countries: readonly string[], day: string): Promise<void> {
  const [state] = await run<{ isFirstReading: boolean }>(`SELECT ${isFirstReadingSql} AS "isFirstReading"`);
  const isFirstReading = state?.isFirstReading === true;
  if (countries.length === 0 && !isFirstReading) return;
  await run(`SET LOCAL enable_seqscan = on`);
  const recomputed = isFirstReading ? await completeAdoptions(run) : null;
  await run(`UPDATE catalogue SET is_filling = false WHERE country = ANY ($1)`, [countries]);
  await run(`SET LOCAL work_mem = '128MB'`);
  // PostgreSQL does not know how few statements are about users abroad, and would read all.
  await run(`SELECT ${byIndexesSql}`);
  await deriveSupersessionOf(run, countries);
  await run(`SET LOCAL enable_seqscan = on`);
  await deriveOrganisationUseOf(run, countries);
  await deriveOrganisationUse(run, recomputed?.users ?? []);
  const uncounted = await run<{ id: string }>(
    `WITH counted AS (DELETE FROM uncounted_solution WHERE country = ANY ($1) RETURNING solution_id)
    SELECT DISTINCT solution_id AS id FROM counted ORDER BY 1`,
    [countries],
  );
  const ids = [...new Set([...uncounted.map(({ id }) => id), ...(recomputed?.solutions ?? [])])].sort();
  const batches: string[][] = [];
  for (let first = 0; first < ids.length; first += batchSize) batches.push(ids.slice(first, first + batchSize));
  for (const batch of batches) await countUsage(run, batch, day);
  if (isFirstReading) await deriveAllReuse(run, batches);
  else for (const batch of batches) await deriveReuse(run, batch);
  await run(
    `INSERT INTO solution_change (solution_id, number, at)
    SELECT id, (SELECT coalesce(max(number), 0) FROM solution_change) + row_number() OVER (ORDER BY id), now()
    FROM solution WHERE id = ANY ($1)
    ON CONFLICT (solution_id) DO UPDATE SET number = excluded.number, at = excluded.at`,
    [ids],
  );
  // Where others are still being filled, they change many of the same solutions.
  const [others] = await run(`SELECT FROM catalogue WHERE is_filling LIMIT 1`);
  await settle(run, others ? maxUnsettledWhileFilling : undefined);
  await countWords(run, countries, isFirstReading && !others);
  if (isFirstReading) await endFirstReading(run);
  // Until autovacuum has read the tables, PostgreSQL would plan requests as if they were empty, and some would take many seconds.
  await run(`SELECT analyze_index()`);
}

/** SQL: a row for each word of each record of the countries in `$1`. */
const lexemesSql = `SELECT lexeme COLLATE "C" AS word, 1 AS records
  FROM catalogue_record r CROSS JOIN unnest(tsvector_to_array(r.vector)) AS lexeme WHERE r.country = ANY ($1)`;

/**
 * Counts the words of the records of these countries.
 *
 * @param areAll whether these are all records of the index, each of which has just got a slot in a segment, or none.
 */
const countWords = (run: Run, countries: readonly string[], areAll: boolean): Promise<unknown> =>
  run(
    areAll
      ? // Segments have a tenth of the rows.
        `INSERT INTO search_word SELECT word, sum(records) FROM (${segmentWordsSql} UNION ALL ${lexemesSql}
          AND NOT EXISTS (SELECT FROM slot WHERE slot.record_id = r.id)) found GROUP BY word ORDER BY word`
      : // Not ON CONFLICT: most words are new, and inserting each only if it is takes longer.
        `WITH counted AS MATERIALIZED (SELECT word, sum(records) AS records FROM (${lexemesSql}) found GROUP BY word), known AS (
          UPDATE search_word w SET records = w.records + counted.records FROM counted WHERE w.word = counted.word RETURNING w.word
        )
        INSERT INTO search_word SELECT word, records FROM counted
        WHERE NOT EXISTS (SELECT FROM known WHERE known.word = counted.word) ORDER BY word`,
    [countries],
  );
