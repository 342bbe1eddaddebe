import { keysSql } from '../../kit/database/sql-parameters.js';
import { sharesSolutions } from '../../shared/organisation-filter.js';
import type { Query } from '../index-database.js';
import type { Refusal, UnconfirmedStatement } from '../generated/resolver-types.js';
import type { CountsRow, DisputeRow, FiguresRow, OpenUserRow, StatusRow } from '../rows.js';
import { inUtc, isUnconfirmed } from '../sql-fragments.js';

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

  /** Separate from `find`, because counting takes longer. Entries are counted when a page is written; the others are few, and have indexes. */
  findCounts: (countries: readonly string[]) =>
    query<CountsRow>(
      `WITH refused AS MATERIALIZED (
        SELECT country, count(*)::int AS count FROM refusal WHERE country = ANY (${keysSql}) GROUP BY 1
      ), disputed AS MATERIALIZED (
        SELECT involved.country, count(DISTINCT d.address)::int AS count
        FROM dispute d CROSS JOIN LATERAL (VALUES (d.country), (d.owner_country)) AS involved (country) GROUP BY 1
      ), adopted AS MATERIALIZED (
        SELECT a.country, count(*)::int AS count FROM adoption a WHERE ${isUnconfirmed('a')} AND a.country = ANY (${keysSql}) GROUP BY 1
      ), joined AS MATERIALIZED (
        SELECT m.country, count(*)::int AS count FROM membership m
        WHERE m.country = ANY (${keysSql}) AND ${isUnconfirmedMembership('m')} GROUP BY 1
      ), named AS MATERIALIZED (
        SELECT a.country, count(*)::int AS count, count(a.user_id)::int AS matched FROM adoption a
        WHERE a.administration_id IS NULL AND a.written_name IS NOT NULL AND a.country = ANY (${keysSql}) GROUP BY 1
      )
      SELECT c.country, c.entries - coalesce(refused.count, 0) AS entries, coalesce(refused.count, 0) AS refused,
        coalesce(disputed.count, 0) AS "disputedAddresses", coalesce(adopted.count, 0) AS "unconfirmedAdoptions",
        coalesce(joined.count, 0) AS "unconfirmedMemberships", coalesce(named.count, 0) AS "usersNamed",
        coalesce(named.matched, 0) AS "usersMatched"
      FROM catalogue c LEFT JOIN refused USING (country) LEFT JOIN disputed USING (country) LEFT JOIN adopted USING (country)
        LEFT JOIN joined USING (country) LEFT JOIN named USING (country)
      WHERE c.country = ANY (${keysSql})`,
      [countries],
    ),

  /** How much there is of each country on a day. */
  findFigures: (countries: readonly string[], day: string) =>
    query<FiguresRow>(
      `WITH existing AS MATERIALIZED (
        SELECT country, sum(organisations) FILTER (WHERE type = 'ADMINISTRATION')::int AS administrations,
          sum(organisations) FILTER (WHERE type = 'CONSORTIUM')::int AS consortia
        FROM organisation_change WHERE country = ANY (${keysSql}) AND day <= $2::date GROUP BY 1
      ), sharing AS MATERIALIZED (
        SELECT o.country, count(*)::int AS consortia FROM organisation o
        WHERE o.type = 'CONSORTIUM' AND o.country = ANY (${keysSql}) AND exists_on(o.start_date, o.end_date, o.ended, $2::date)
          AND ${sharesSolutions} GROUP BY 1
      )
      SELECT c.country, coalesce(f.count, 0) AS solutions, coalesce(e.administrations, 0) AS administrations,
        coalesce(e.consortia, 0) AS consortia, coalesce(s.consortia, 0) AS "sharingConsortia",
        (SELECT count(*)::int FROM need n WHERE n.country = c.country) AS needs
      FROM unnest(${keysSql}) AS c (country) LEFT JOIN existing e USING (country) LEFT JOIN sharing s USING (country)
        LEFT JOIN solution_facet f ON f.field = 'publishedIn' AND f.value = c.country`,
      [countries, day],
    ),

  /** The latest rejected entries of each country. */
  findRefusals: (countries: readonly string[]) =>
    query<Refusal & { readonly parentId: string }>(
      `SELECT requested.country AS "parentId", latest.subject, latest.subject_id AS "subjectId", latest.reason,
        ${inUtc('latest.at')} AS at
      FROM unnest(${keysSql}) AS requested (country) CROSS JOIN LATERAL (
        SELECT * FROM refusal WHERE refusal.country = requested.country ORDER BY refusal.at DESC, subject_id LIMIT 20
      ) latest ORDER BY latest.at DESC, latest.subject_id`,
      [countries],
    ),

  /** The disputes about the addresses of each solution. */
  findDisputes: (solutions: readonly string[]) =>
    query<DisputeRow & { readonly parentId: string }>(
      `SELECT a.solution_id AS "parentId", ${disputeColumns}
      FROM solution_address a JOIN dispute d ON d.address = a.address
      WHERE a.solution_id = ANY (${keysSql}) ORDER BY d.address, d.record_id`,
      [solutions],
    ),

  /** The disputes that involve each country. */
  findDisputesOfCountries: (countries: readonly string[]) =>
    query<DisputeRow & { readonly parentId: string }>(
      `SELECT requested.country AS "parentId", ${disputeColumns}
      FROM unnest(${keysSql}) AS requested (country) CROSS JOIN LATERAL (
        SELECT * FROM dispute WHERE requested.country IN (dispute.country, dispute.owner_country)
        ORDER BY dispute.address, dispute.record_id LIMIT 20
      ) d ORDER BY d.address, d.record_id`,
      [countries],
    ),

  /** What each country states about organisations of other countries, and these do not. */
  findUnconfirmed: (countries: readonly string[]) =>
    query<UnconfirmedStatement & { readonly parentId: string }>(
      `SELECT requested.country AS "parentId", found.* FROM unnest(${keysSql}) AS requested (country) CROSS JOIN LATERAL (
        (SELECT 'ADOPTION' AS subject, a.id, a.id AS "statementId", a.user_id AS "organisationId", a.content_json::json #>> '{provenance,source}' AS source,
          a.observed_on AS "observedOn"
        FROM adoption a WHERE a.country = requested.country AND ${isUnconfirmed('a')} ORDER BY a.id LIMIT 20)
        UNION ALL
        (SELECT 'MEMBERSHIP', m.id, m.id, CASE WHEN upper(left(m.member_id, 2)) = m.country THEN m.consortium_id ELSE m.member_id END,
          m.source, m.observed_on
        FROM membership m WHERE m.country = requested.country AND ${isUnconfirmedMembership('m')} ORDER BY m.id LIMIT 20)
        ORDER BY id LIMIT 20
      ) found ORDER BY found.id`,
      [countries],
    ),

  /** The users of each country's adoptions that several organisations elsewhere may be. */
  findOpenUsers: (countries: readonly string[]) =>
    query<OpenUserRow & { readonly parentId: string }>(
      `SELECT requested.country AS "parentId", open.*
      FROM unnest(${keysSql}) AS requested (country) CROSS JOIN LATERAL (
        SELECT a.id AS "adoptionId", a.content_json::json ->> 'rawName' AS name, candidates.ids AS "candidateIds"
        FROM adoption a CROSS JOIN LATERAL (
          SELECT array_agg(o.id::text ORDER BY o.id) AS ids FROM (
            SELECT id FROM organisation WHERE a.written_name IS NOT NULL AND written_names && ARRAY[a.written_name, a.sort_name COLLATE "default"]
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
      `SELECT country, languages FROM catalogue WHERE country = ANY (${keysSql})`,
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

const disputeColumns = `d.address, d.owner_country AS owner, d.country AS "claimedBy", d.record_id AS "recordId"`;

/** Whether the other country states nothing of the same member and consortium. */
const isUnconfirmedMembership = (alias: string): string =>
  `left(${alias}.member_id, 2) <> left(${alias}.consortium_id, 2) AND NOT EXISTS (
    SELECT FROM membership other WHERE other.member_id = ${alias}.member_id AND other.consortium_id = ${alias}.consortium_id
      AND other.country <> ${alias}.country)`;

const stateSql = `CASE
  WHEN c.feed IS NULL THEN 'NEVER_SEEN'
  WHEN c.problem ->> 'code' IN ('GROWTH_LIMIT', 'NOT_ENDING', 'RESTARTING') THEN 'STALE'
  WHEN c.problem IS NOT NULL THEN 'UNREACHABLE'
  WHEN NOT c.swept OR c.read_at IS NULL OR c.read_at < now() - interval '${staleAfterSeconds} seconds' THEN 'STALE'
  ELSE 'OK' END`;
