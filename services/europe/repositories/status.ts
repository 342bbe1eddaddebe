import type { Query } from '../index-database.js';
import type { Refusal } from '../generated/resolver-types.js';
import { sourceTables } from '../source-tables.js';
import { inUtc } from '../sql-fragments.js';
import type { CountsRow, OpenUserRow, StatusRow } from '../rows.js';

/** A feed is read many times a minute; one that was not read to its end for this long is stale. */
const staleAfterSeconds = 10;

/** Reads the state of the index for each country. */
export const createStatusRepository = (query: Query) => ({
  find: () =>
    query<StatusRow>(`
      SELECT c.country, ${stateSql} AS state, ${inUtc('c.read_at')} AS "indexedAt",
        extract(epoch FROM now() - c.read_at)::float AS "lagSeconds",
        -- The sweep of an earlier feed, and a new day, change the index without a new cursor.
        c.problem,
        c.feed || concat_ws(' ', '', c.cursor, c.swept, (SELECT day FROM index_state)) AS position
      FROM catalogue c ORDER BY c.country`),

  /** Separate from `find`, because counting takes longer. */
  findCounts: (countries: readonly string[]) =>
    query<CountsRow>(
      `SELECT requested.country,
        (${sourceTables.map((table) => `(SELECT count(*) FROM ${table} WHERE ${table}.country = requested.country)`).join(' + ')})::int
          AS entries,
        (SELECT count(*)::int FROM refusal WHERE refusal.country = requested.country) AS refused,
        named.count AS "usersNamed", named.matched AS "usersMatched"
      FROM unnest($1::text[]) AS requested (country) CROSS JOIN LATERAL (
        SELECT count(*)::int AS count, count(a.user_id)::int AS matched FROM adoption a
        WHERE a.country = requested.country AND a.administration_id IS NULL AND a.written_name IS NOT NULL
      ) named`,
      [countries],
    ),

  /** The latest rejected entries of each country. */
  findRefusals: (countries: readonly string[]) =>
    query<Refusal & { readonly parentId: string }>(
      `SELECT requested.country AS "parentId", latest.subject, latest.subject_id AS "subjectId", latest.reason,
        ${inUtc('latest.at')} AS at
      FROM unnest($1::text[]) AS requested (country) CROSS JOIN LATERAL (
        SELECT * FROM refusal WHERE refusal.country = requested.country ORDER BY refusal.at DESC, subject_id LIMIT 20
      ) latest ORDER BY latest.at DESC, latest.subject_id`,
      [countries],
    ),

  /** The users of each country's adoptions that several organisations elsewhere may be. */
  findOpenUsers: (countries: readonly string[]) =>
    query<OpenUserRow & { readonly parentId: string }>(
      `SELECT requested.country AS "parentId", open.*
      FROM unnest($1::text[]) AS requested (country) CROSS JOIN LATERAL (
        SELECT a.id AS "adoptionId", a.content ->> 'rawName' AS name, candidates.ids AS "candidateIds"
        FROM adoption a CROSS JOIN LATERAL (
          SELECT array_agg(o.id::text ORDER BY o.id) AS ids FROM (
            SELECT id FROM organisation WHERE written_names @> ARRAY[a.written_name]
              AND end_date IS NULL AND ended IS NOT TRUE AND country <> a.country ORDER BY id LIMIT 5
          ) o
        ) candidates
        WHERE a.country = requested.country AND a.administration_id IS NULL AND a.user_id IS NULL AND candidates.ids IS NOT NULL
        ORDER BY a.id LIMIT 20
      ) open ORDER BY open."adoptionId"`,
      [countries],
    ),

  /** The languages of the catalogues of these countries, in each catalogue's order. */
  findLanguages: (countries: readonly string[]) =>
    query<{ readonly country: string; readonly languages: readonly string[] }>(
      `SELECT country, languages FROM catalogue WHERE country = ANY ($1)`,
      [countries],
    ),

  /** The countries whose latest changes the index may lack. */
  findStale: async (): Promise<string[]> => {
    const rows = await query<{ country: string }>(
      `SELECT country FROM catalogue c WHERE ${stateSql} <> 'OK' ORDER BY country`,
    );
    return rows.map(({ country }) => country);
  },
});

const stateSql = `CASE
  WHEN c.feed IS NULL THEN 'NEVER_SEEN'
  WHEN c.problem ->> 'code' IN ('GROWTH_LIMIT', 'NOT_ENDING') THEN 'STALE'
  WHEN c.problem IS NOT NULL THEN 'UNREACHABLE'
  WHEN NOT c.swept OR c.read_at IS NULL OR c.read_at < now() - interval '${staleAfterSeconds} seconds' THEN 'STALE'
  ELSE 'OK' END`;
