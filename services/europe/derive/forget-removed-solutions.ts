import type { Run } from './exclusive-transaction.js';

const defaultMinKept = 10_000;

/**
 * Bounds the feed of changed solutions, which keeps an entry for each solution that was removed, so that its readers learn of it.
 * If these are more than the present solutions, and more than `minKept`, they are deleted, and the feed restarts under another id:
 * a reader that has not read them all reads what there is from the start.
 */
export async function forgetRemovedSolutions(run: Run, minKept = defaultMinKept): Promise<void> {
  await run(
    `WITH removed AS MATERIALIZED (
      SELECT c.solution_id AS id FROM solution_change c WHERE NOT EXISTS (SELECT FROM solution s WHERE s.id = c.solution_id)
    ), forgotten AS (
      DELETE FROM solution_change WHERE solution_id IN (SELECT id FROM removed)
        AND (SELECT count(*) FROM removed) > greatest($1, (SELECT count(*) FROM solution))
      RETURNING 1
    )
    UPDATE index_state SET feed_id = gen_random_uuid() WHERE EXISTS (SELECT FROM forgotten)`,
    [minKept],
  );
}
