import { isCounted } from '../sql-fragments.js';
import type { Run } from './exclusive-transaction.js';

/** Derives the days on which these organisations use any solution. */
export async function deriveOrganisationUse(run: Run, organisations: readonly string[]): Promise<void> {
  if (organisations.length > 0) await derive(run, { ofAdoption: 'a.user_id', ofRow: 'u.user_id' }, organisations);
}

/** The same for all organisations of these countries, once they are filled. */
export const deriveOrganisationUseOf = (run: Run, countries: readonly string[]): Promise<void> =>
  derive(run, { ofAdoption: 'a.user_country', ofRow: 'u.country' }, countries);

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
