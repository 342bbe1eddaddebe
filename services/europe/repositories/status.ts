import type { Query } from '../index-database.js';
import type { StatusRow } from '../rows.js';

/** A feed is read many times a minute; one that was not read to its end for so long is behind. */
const staleAfterSeconds = 60;

/** Reading how fresh the index is. */
export const createStatusRepository = (query: Query) => ({
  find: () =>
    query<StatusRow>(`
      SELECT c.country, ${state} AS state,
        to_char(c.read_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "indexedAt",
        extract(epoch FROM now() - c.read_at)::float AS "lagSeconds",
        (${counted.map((table) => `(SELECT count(*) FROM ${table} WHERE ${table}.country = c.country)`).join(' + ')})::int
          AS entries,
        (SELECT count(*)::int FROM refusal WHERE refusal.country = c.country) AS refused,
        coalesce((SELECT jsonb_agg(latest) FROM (
          SELECT subject, subject_id AS "subjectId", reason, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at
          FROM refusal WHERE refusal.country = c.country ORDER BY refusal.at DESC, subject_id LIMIT 20
        ) latest), '[]') AS refusals,
        named.count AS "usersNamed", named.matched AS "usersMatched"
      FROM catalogue c CROSS JOIN LATERAL (
        SELECT count(*)::int AS count, count(a.user_id)::int AS matched FROM adoption a
        WHERE a.country = c.country AND a.administration_id IS NULL AND a.written_name IS NOT NULL
      ) named
      ORDER BY c.country`),

  /** The countries of whose catalogues the index may not have the latest. */
  findStale: async (): Promise<string[]> => {
    const rows = await query<{ country: string }>(
      `SELECT country FROM catalogue c WHERE ${state} <> 'OK' ORDER BY country`,
    );
    return rows.map(({ country }) => country);
  },
});

const counted = ['organisation', 'membership', 'claim', 'catalogue_record', 'portfolio_entry', 'adoption'];

const state = `CASE
  WHEN c.feed IS NULL THEN 'NEVER_SEEN'
  WHEN c.failed_since IS NOT NULL THEN 'UNREACHABLE'
  WHEN NOT c.swept OR c.read_at IS NULL OR c.read_at < now() - interval '${staleAfterSeconds} seconds' THEN 'STALE'
  ELSE 'OK' END`;
