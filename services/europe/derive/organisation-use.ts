import { isCounted } from '../sql-fragments.js';
import type { Run } from './exclusive-transaction.js';

/** Derives the days on which these organisations use any solution. */
export async function deriveOrganisationUse(run: Run, organisations: readonly string[]): Promise<void> {
  if (organisations.length === 0) return;
  await derive(run, { ofAdoption: 'a.user_id', ofRow: 'u.user_id' }, organisations);
  await markUsers(run, 'o.id', organisations);
}

/** The same for all organisations of these countries, once they are filled. */
export async function deriveOrganisationUseOf(run: Run, countries: readonly string[]): Promise<void> {
  await derive(run, { ofAdoption: 'a.user_country', ofRow: 'u.country' }, countries);
  await markUsers(run, 'o.country', countries);
}

/** Marks the organisations that use any solution on the day of the index, after it has changed from another day. */
export async function markUsersSince(run: Run, day: string): Promise<void> {
  const changed = await run<{ id: string }>(
    `SELECT user_id AS id FROM organisation_use, index_state WHERE (used @> $1::date) <> (used @> index_state.day)`,
    [day],
  );
  await markUsers(
    run,
    'o.id',
    changed.map(({ id }) => id),
  );
}

/** The same for these organisations, or those of these countries. */
const markUsers = (run: Run, column: 'o.id' | 'o.country', values: readonly string[]): Promise<unknown> =>
  run(
    `UPDATE organisation o SET uses_any = NOT o.uses_any
    WHERE ${column} = ANY ($1) AND o.uses_any <> EXISTS (
      SELECT FROM organisation_use u WHERE u.user_id = o.id AND u.used @> (SELECT day FROM index_state))`,
    [values],
  );

const derive = async (
  run: Run,
  column: { readonly ofAdoption: string; readonly ofRow: string },
  values: readonly string[],
): Promise<void> => {
  await run(
    `WITH current AS MATERIALIZED (
      SELECT a.user_id, a.user_country AS country, range_agg(daterange(a.counts_from, a.counts_until)) AS used
      FROM adoption a
      WHERE ${column.ofAdoption} = ANY ($1) AND ${isCounted('a')} AND a.counts_from < coalesce(a.counts_until, 'infinity') GROUP BY 1, 2
    ), removed AS (
      DELETE FROM organisation_use u WHERE ${column.ofRow} = ANY ($1)
        AND NOT EXISTS (SELECT FROM current WHERE current.user_id = u.user_id)
    )
    INSERT INTO organisation_use SELECT user_id, country, used FROM current
    ON CONFLICT (user_id) DO UPDATE SET used = excluded.used WHERE organisation_use.used <> excluded.used`,
    [values],
  );
};
