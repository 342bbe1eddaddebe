import type { ParentBatch } from '../../kit/graphql/loaders.js';
import { countsOn } from '../../shared/validity.js';
import type { Query } from '../index-database.js';
import type { CandidateFacts, CandidateRow, CheckedAdministration, SearchedCodes } from '../reuse-check/reuse-check.js';
import type { SearchedTopic } from '../reuse-check/search-topics.js';
import type { JoiningFacts } from '../reuse-check/may-join.js';
import type { RecordContent, TermsContent } from '../rows.js';
import { slotsOf } from '../search/slot-sets.js';
import { isCounted, isInPortfolio } from '../sql-fragments.js';
import { findMatches, nameQueries } from './matches.js';
import { isOfSimilarSize } from './peers.js';
import { atPlace } from './solution-search.js';
import { solutionColumns } from './solutions.js';

/** What a term counts in a name, in a short description, among features and categories, and elsewhere. */
const fieldWeights = [0.3, 0.3, 0.3, 0.1] as const;
/** What a code counts that means the same as the need, or nearly the same. */
const sameCode = 0.7;
const closeCode = 0.4;
/** Software that its record calls obsolete counts half. */
const obsolete = 0.5;
/** How much many users count, and a licence that allows reuse, beside the terms. */
const userWeight = 0.15;
const openLicence = 0.15;
/** The natural logarithm of a large number of users. */
const manyUsers = 6;
/** In each round of candidates at most this many are published in one country, of those that fit half as well as the best one. */
const roundSize = 2;

/** At most this many sources of a candidate. */
const maxEvidence = 20;

/** What is known of a consortium that maintains a solution on a day. */
interface StatedJoiningFacts extends Omit<JoiningFacts, 'terms'> {
  readonly parentId: string;
  readonly parentDay: string;
  readonly terms: readonly TermsContent[];
}

export const createReuseCheckRepository = (query: Query) => ({
  findAdministrations: (ids: readonly string[]) =>
    query<CheckedAdministration>(
      `SELECT id, country, kind, nuts, population, languages FROM organisation WHERE id = ANY ($1) AND type = 'ADMINISTRATION'`,
      [ids],
    ),

  /** The described solutions that have the topics or codes, the best first: of those catalogued by a day, and after another one. */
  findCandidates: async (
    topics: readonly SearchedTopic[],
    codes: SearchedCodes,
    {
      cataloguedBy,
      cataloguedAfter,
      limit,
    }: { readonly cataloguedBy: string; readonly cataloguedAfter: string | null; readonly limit: number },
  ) => {
    const found = await findTopicPlaces(query, topics);
    return query<CandidateRow>(
      `WITH needed AS MATERIALIZED (
        SELECT * FROM unnest($1::text[], $2::float[], $3::text[], $4::text[], $5::text[], $6::text[])
          WITH ORDINALITY AS needed (topic, weight, a, b, c, d, place)
      ), candidate AS MATERIALIZED (
        SELECT placed.place, slot.solution_id FROM unnest($12::int[], $13::int[], $14::int[]) AS placed (place, segment, slot) ${atPlace}
        UNION ALL SELECT needed.place, unsettled.id FROM needed CROSS JOIN unnest($15::text[]) AS unsettled (id)
      ), fitting AS MATERIALIZED (
        -- A code states what the topics state too: it does not count beside them.
        SELECT solution_id AS id, greatest(sum(fit) FILTER (WHERE topic IS NOT NULL), max(fit) FILTER (WHERE topic IS NULL)) AS fit, array_remove(array_agg(topic ORDER BY place), NULL) AS topics,
          bool_or(same) AS same, bool_or(close) AS close FROM (
          SELECT r.solution_id, needed.topic, needed.place, max(needed.weight * (${fieldWeights
            .map(
              (weight, field) => `${weight} * (r.vector @@ needed.${['a', 'b', 'c', 'd'][field] ?? ''}::tsquery)::int`,
            )
            .join(' + ')})) AS fit, false AS same, false AS close
          FROM needed JOIN (
            -- Unpacks a vector once, not for every condition: changing the weights of no word is the cheapest copy of it.
            SELECT candidate.place, r.solution_id, setweight(r.vector, 'A', '{}'::text[]) AS vector
            FROM candidate CROSS JOIN LATERAL (
              SELECT * FROM catalogue_record WHERE catalogue_record.solution_id = candidate.solution_id OFFSET 0
            ) r OFFSET 0
          ) r ON r.place = needed.place AND r.vector @@ needed.d::tsquery GROUP BY 1, 2, 3
          UNION ALL
          SELECT r.solution_id, NULL, NULL, CASE WHEN bool_or(r.codes && $10::text[]) THEN ${sameCode} ELSE ${closeCode} END,
            bool_or(r.codes && $10::text[]), bool_or(r.codes && $11::text[])
          FROM catalogue_record r
          WHERE r.solution_id IS NOT NULL AND (r.codes && $10::text[] OR r.codes && $11::text[]) GROUP BY 1
        ) found GROUP BY solution_id
      ), scored AS (
        SELECT fitting.*, s.published_in[1] AS home,
          fitting.fit * CASE WHEN s.development_status = 'OBSOLETE' THEN ${obsolete} ELSE 1 END
            + ${userWeight} * least(1, ln(1 + s.adopters) / ${manyUsers})
            + ${openLicence} * coalesce(s.licence_family <> 'OTHER', false)::int AS score
        FROM fitting JOIN solution s ON s.id = fitting.id
        WHERE EXISTS (SELECT FROM catalogue_record r WHERE r.solution_id = s.id AND r.issued::date <= $7::date)
          AND ($8::date IS NULL OR NOT EXISTS (SELECT FROM catalogue_record r WHERE r.solution_id = s.id AND r.issued::date <= $8::date))
      ), placed AS (
        SELECT *, CASE WHEN score >= max(score) OVER () / 2
          THEN (row_number() OVER (PARTITION BY home ORDER BY score DESC, id) - 1) / ${roundSize} END AS round FROM scored
      )
      SELECT ${solutionColumns}, d.content, placed.topics, placed.same AS "hasSameCode", placed.close AS "hasCloseCode"
      FROM placed JOIN solution s ON s.id = placed.id JOIN solution_content d ON d.solution_id = s.id
      ORDER BY placed.round NULLS LAST, placed.score DESC, s.id LIMIT $9`,
      [
        topics.map(({ topic }) => topic),
        topics.map(({ weight }) => weight),
        ...[0, 1, 2, 3].map((field) => topics.map(({ queries }) => queries[field])),
        cataloguedBy,
        cataloguedAfter,
        limit,
        codes.same,
        codes.close,
        found.places,
        found.segments,
        found.slots,
        found.unsettled,
      ],
    );
  },

  /** What is known of candidates on a day, for an administration. */
  findFacts: (ids: readonly string[], day: string, administration: string | null) =>
    query<CandidateFacts>(
      `WITH peer AS MATERIALIZED (
        SELECT o.id FROM organisation me JOIN organisation o ON o.type = 'ADMINISTRATION' AND o.id <> me.id AND ${isOfSimilarSize}
        WHERE me.id = $3 AND exists_on(o.start_date, o.end_date, o.ended, $2::date)
      ), sample AS (
        SELECT (SELECT count(*)::int FROM peer) AS size FROM organisation me WHERE me.id = $3 AND me.population IS NOT NULL
      )
      SELECT requested.id, coalesce(used.users, 0) AS users, sample.size AS peers,
        CASE WHEN sample.size IS NOT NULL THEN coalesce(used.peers, 0) END AS "peerUsers",
        ARRAY (SELECT DISTINCT lower(split_part(language, '-', 1)) FROM catalogue_record r
          CROSS JOIN jsonb_array_elements_text(r.content -> 'availableLanguages') AS language
          WHERE r.solution_id = requested.id) AS languages
      FROM unnest($1::text[]) AS requested (id) LEFT JOIN sample ON true LEFT JOIN LATERAL (
        SELECT count(DISTINCT a.user_id)::int AS users, count(DISTINCT peer.id)::int AS peers
        FROM adoption a LEFT JOIN peer ON peer.id = a.user_id
        WHERE a.solution_id = requested.id AND ${isCounted('a')} AND ${countsOn('a', '$2::date')}
      ) used ON true`,
      [ids, day, administration],
    ),

  /** The consortia that maintain each solution on a day with their terms, and whether an administration is a member. */
  findJoiningFacts: ({ ids, days }: ParentBatch, administration: string | null) =>
    query<StatedJoiningFacts>(
      `SELECT DISTINCT ON (p.solution_id, requested.day, c.id) p.solution_id AS "parentId", requested.day AS "parentDay",
        c.id AS "consortiumId", c.status,
        c.open_to_kinds AS "openToKinds", c.open_to_nuts AS "openToNuts", c.source, c.observed_on AS "observedOn",
        counted.member_id IS NOT NULL AS "isMember", m.source AS "membershipSource", m.observed_on AS "memberObservedOn",
        coalesce(stated.terms, '[]') AS terms
      FROM unnest($1::text[], $2::date[]) AS requested (id, day)
      JOIN portfolio_entry p ON p.solution_id = requested.id JOIN organisation c ON c.id = p.consortium_id
      LEFT JOIN LATERAL (
        SELECT jsonb_agg(t.content ORDER BY t.address IS NOT NULL, t.id) AS terms FROM terms t
        WHERE t.consortium_id = c.id AND (t.address IS NULL OR t.address = p.solution_id
          OR EXISTS (SELECT FROM solution_address a WHERE a.address = t.address AND a.solution_id = p.solution_id))
      ) stated ON true
      LEFT JOIN counted_membership counted ON counted.consortium_id = c.id AND counted.member_id = $3 AND counted.is_member
        AND ${countsOn('counted', 'requested.day')}
      LEFT JOIN membership m ON m.consortium_id = c.id AND m.member_id = counted.member_id
      WHERE ${isInPortfolio('p', 'c', 'requested.day')}
      ORDER BY p.solution_id, requested.day, c.id, m.source NULLS LAST, m.id`,
      [ids, days, administration],
    ),

  /** The sources of the records of each candidate, then of its use on a day by administrations that are similar to one. */
  findEvidence: ({ ids, days }: ParentBatch, administration: string | null) =>
    query<{ readonly parentId: string; readonly parentDay: string; readonly provenance: RecordContent['provenance'] }>(
      `WITH peer AS MATERIALIZED (
        SELECT o.id FROM organisation me JOIN organisation o ON o.type = 'ADMINISTRATION' AND o.id <> me.id AND ${isOfSimilarSize}
        WHERE me.id = $3
      )
      SELECT requested.id AS "parentId", requested.day AS "parentDay", found.provenance
      FROM unnest($1::text[], $2::date[]) AS requested (id, day) CROSS JOIN LATERAL (
        SELECT min(place) AS place, provenance FROM (
          SELECT 1 AS place, r.content -> 'provenance' AS provenance FROM catalogue_record r WHERE r.solution_id = requested.id
          UNION ALL
          SELECT 2, a.content_json::jsonb -> 'provenance' FROM adoption a JOIN peer ON peer.id = a.user_id
          WHERE a.solution_id = requested.id AND ${isCounted('a')} AND ${countsOn('a', 'requested.day')}
        ) stated GROUP BY provenance ORDER BY 1, 2 LIMIT ${maxEvidence}
      ) found ORDER BY 1, 2, found.place, found.provenance`,
      [ids, days, administration],
    ),

  /** How far each feed was read. */
  findPositions: () =>
    query<{ readonly country: string; readonly position: string | null }>(
      `SELECT country, feed || concat(' ', cursor) AS position FROM catalogue ORDER BY country`,
    ),
});

/** The places of solutions that may have each topic, with the number of the topic, and the solutions that are in no segment. */
async function findTopicPlaces(query: Query, topics: readonly SearchedTopic[]) {
  const anywhere = topics.map(({ queries }) => queries[3]);
  // A topic without terms is found by codes only.
  const any = anywhere.filter((terms) => terms !== '').join(' | ');
  const { segments, unsettled } =
    any === '' ? { segments: [], unsettled: [] } : await findMatches(query, { names: [], queries: [...anywhere, any] });
  const found = segments.flatMap(({ segment, tiers }) =>
    topics.flatMap((_topic, index) => {
      const set = tiers[nameQueries + index];
      return set === undefined ? [] : slotsOf(set).map((slot) => ({ place: index + 1, segment, slot }));
    }),
  );
  return {
    places: found.map(({ place }) => place),
    segments: found.map(({ segment }) => segment),
    slots: found.map(({ slot }) => slot),
    unsettled,
  };
}
