import { countUsage, deriveSolutions } from './solutions.js';
import type { Run } from './exclusive-transaction.js';
import { markUsersSince } from './organisation-use.js';
import { forgetRemovedSolutions } from './forget-removed-solutions.js';

/**
 * Updates what depends on the day: recounts the solutions of which an adoption or a portfolio entry begins or ends between the day
 * counted so far and this one, and merges those again whose records have a date in between, since dates in the future do not
 * count. So the index stays a function of the feeds, the claims and the day.
 * Removed solutions are forgotten here too, because it happens once a day.
 */
export async function recountForDay(run: Run, day: string): Promise<void> {
  const [state] = await run<{ day: string }>(`SELECT day::text FROM index_state`);
  if (!state || state.day === day) return;
  const between = (column: string): string => `${column} > least($1::date, $2) AND ${column} <= greatest($1::date, $2)`;
  const changed = await run<{ solution: string }>(
    `SELECT solution_id AS solution FROM adoption WHERE ${between('counts_from')}
    UNION SELECT solution_id FROM adoption WHERE ${between('counts_until')}
    UNION SELECT solution_id FROM portfolio_entry
      WHERE ${['start_date', 'end_date', 'observed_on'].map((column) => `(${between(column)})`).join(' OR ')}
    UNION SELECT p.solution_id FROM organisation o JOIN portfolio_entry p ON p.consortium_id = o.id
      WHERE o.type = 'CONSORTIUM' AND ((${between('o.start_date')}) OR (${between('o.end_date')}))`,
    [state.day, day],
  );
  const dated = await run<{ solution: string }>(
    `SELECT DISTINCT solution_id AS solution FROM catalogue_record
    WHERE solution_id IS NOT NULL AND ((${between('observed_on')}) OR (${between('release_date')}))`,
    [state.day, day],
  );
  await deriveSolutions(
    run,
    dated.map(({ solution }) => solution),
    day,
  );
  await countUsage(
    run,
    changed.map(({ solution }) => solution),
    day,
  );
  await forgetRemovedSolutions(run);
  await run(`UPDATE index_state SET day = $1`, [day]);
  await markUsersSince(run, state.day);
}
