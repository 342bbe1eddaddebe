import type { Query } from '../index-database.js';
import type { Refusal, UnconfirmedStatement } from '../generated/resolver-types.js';
import type { CountsRow, DisputeRow, OpenUserRow, StatusRow } from '../rows.js';
import { sourceTables } from '../source-tables.js';
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

  /** Separate from `find`, because counting takes longer. */
  findCounts: (countries: readonly string[]) =>
    query<CountsRow>(
      `SELECT requested.country,
        (${sourceTables.map((table) => `(SELECT count(*) FROM ${table} WHERE ${table}.country = requested.country)`).join(' + ')})::int
          AS entries,
        (SELECT count(*)::int FROM refusal WHERE refusal.country = requested.country) AS refused,
        (SELECT count(DISTINCT d.address)::int FROM dispute d WHERE requested.country IN (d.country, d.owner_country))
          AS "disputedAddresses",
        (SELECT count(*)::int FROM adoption a WHERE a.country = requested.country AND ${isUnconfirmed('a')})
          AS "unconfirmedAdoptions",
        (SELECT count(*)::int FROM membership m WHERE m.country = requested.country AND ${isUnconfirmedMembership('m')})
          AS "unconfirmedMemberships",
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

  /** The disputes about the addresses of each solution. */
  findDisputes: (solutions: readonly string[]) =>
    query<DisputeRow & { readonly parentId: string }>(
      `SELECT a.solution_id AS "parentId", ${disputeColumns}
      FROM solution_address a JOIN dispute d ON d.address = a.address ${disputedRecord}
      WHERE a.solution_id = ANY ($1) ORDER BY d.address, d.record_id`,
      [solutions],
    ),

  /** The disputes that involve each country. */
  findDisputesOfCountries: (countries: readonly string[]) =>
    query<DisputeRow & { readonly parentId: string }>(
      `SELECT requested.country AS "parentId", ${disputeColumns}
      FROM unnest($1::text[]) AS requested (country) CROSS JOIN LATERAL (
        SELECT * FROM dispute WHERE requested.country IN (dispute.country, dispute.owner_country)
        ORDER BY dispute.address, dispute.record_id LIMIT 20
      ) d ${disputedRecord} ORDER BY d.address, d.record_id`,
      [countries],
    ),

  /** What each country states about organisations of other countries, and these do not. */
  findUnconfirmed: (countries: readonly string[]) =>
    query<UnconfirmedStatement & { readonly parentId: string }>(
      `SELECT requested.country AS "parentId", found.* FROM unnest($1::text[]) AS requested (country) CROSS JOIN LATERAL (
        (SELECT 'ADOPTION' AS subject, a.id, a.id AS "statementId", a.user_id AS "organisationId", a.content #>> '{provenance,source}' AS source,
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
      FROM unnest($1::text[]) AS requested (country) CROSS JOIN LATERAL (
        SELECT a.id AS "adoptionId", a.content ->> 'rawName' AS name, candidates.ids AS "candidateIds"
        FROM adoption a CROSS JOIN LATERAL (
          SELECT array_agg(o.id::text ORDER BY o.id) AS ids FROM (
            SELECT id FROM organisation WHERE a.written_name IS NOT NULL AND written_names && ARRAY[a.written_name, a.sort_name]
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

const disputeColumns = `d.address, d.owner_country AS owner, d.country AS "claimedBy", d.record_id AS "recordId", r.content, c.languages`;
const disputedRecord = 'JOIN catalogue_record r ON r.id = d.record_id JOIN catalogue c ON c.country = r.country';

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
