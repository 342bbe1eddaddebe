import { keysSql } from '../../kit/database/sql-parameters.js';
import type { Database } from '../../kit/database/database.js';
import type { Day } from '../../shared/dates.js';
import type { ParentBatch } from '../../kit/graphql/loaders.js';
import { inArea } from '../../shared/nuts.js';
import { knowsMembers } from '../../shared/organisation-filter.js';
import type { CountedValues } from '../../shared/count-on-days.js';
import { claim } from '../model/entities.js';
import { selectRow } from '../model/row-sql.js';
import type { AdministrationKind } from '../generated/resolver-types.js';
import type { ClaimRow } from '../model/rows.js';
import { type ParentColumns, requestedParents, parentColumns } from './sql-fragments.js';

/** What the members of one consortium are compared with, for a kind and a day. */
export interface CoverageRow extends ParentColumns {
  readonly eligible: number | null;
  readonly complete: boolean;
  readonly closestClaim: ClaimRow | null;
}

/** Members that count on some days; a value is the id of a member. */
export interface CountedMembersRow extends CountedValues {
  readonly parentId: string;
  /** Null: they are no administrations, or of another country. */
  readonly kind: AdministrationKind | null;
  /** Whether they are in an area to which the consortium is open. */
  readonly isInOpenArea: boolean;
  /** Whether they are of another country than the consortium. */
  readonly isAbroad: boolean;
  /** Whether the start of the membership is recorded. */
  readonly isDated: boolean;
}

const claimRow = selectRow(claim, 'claim');

/** How many administrations of a kind existed on a day in an area; null unless the catalogue's list of them is complete. */
const completeCount = (kind: string, area: string, day: string, country: string): string => `
  CASE WHEN EXISTS (SELECT FROM completeness c WHERE c.kind = ${kind} AND starts_with(${area}, c.nuts) AND c.since <= ${day})
  THEN (
    SELECT count(*)::int FROM organisation o
    WHERE o.type = 'ADMINISTRATION' AND o.kind = ${kind} AND ${inArea('o.nuts', area, country)}
      AND exists_on(o.start_date, o.end_date, o.ended, ${day})
  ) END`;

/**
 * Counts members and eligible administrations. A share or a denominator is null unless the catalogue's list is complete.
 *
 * @param country the NUTS code of the whole country.
 */
export const createCoverageRepository = ({ query }: Pick<Database, 'query'>, country: string) => ({
  countAdministrations: async (kind: AdministrationKind, nuts: string, day: Day) => {
    const [row] = await query<{ count: number | null }>(
      `SELECT ${completeCount('$1::text', '$2::text', '$3::date', '$4::text')} AS count`,
      [kind, nuts, day, country],
    );
    return row?.count ?? null;
  },

  /** Areas that contain one another would count twice, so the import ensures that `open_to_nuts` contains none of those. */
  findCoverage: ({ ids, days }: ParentBatch, { kind }: { readonly kind: AdministrationKind }) =>
    query<CoverageRow>(
      `SELECT ${parentColumns}, eligible.count AS eligible, complete.is AS complete, to_jsonb(closest) AS "closestClaim"
      FROM ${requestedParents}
      JOIN organisation consortium ON consortium.id = parent.id
      CROSS JOIN LATERAL (SELECT ${knowsMembers('consortium', '$3', 'parent.day')} AS is) complete
      CROSS JOIN LATERAL (
        SELECT CASE WHEN bool_and(in_area.count IS NOT NULL) THEN sum(in_area.count)::int END AS count
        FROM unnest(consortium.open_to_nuts) area
        CROSS JOIN LATERAL (SELECT ${completeCount('$3', 'area', 'parent.day', '$4::text')} AS count) in_area
        WHERE $3 = ANY (consortium.open_to_kinds)
      ) eligible
      LEFT JOIN LATERAL (
        SELECT ${claimRow} FROM claim
        WHERE claim.consortium_id = parent.id AND claim.address IS NULL AND claim.kind = $3
          AND claim.relation IN ('MEMBERS', 'SERVED', 'USERS') AND coalesce(claim.as_of, claim.published_on) IS NOT NULL
        ORDER BY abs(coalesce(claim.as_of, claim.published_on) - parent.day),
          array_position(ARRAY['MEMBERS', 'SERVED', 'USERS'], claim.relation), claim.id
        LIMIT 1
      ) closest ON true`,
      [ids, days, kind, country],
    ),

  /** The claims made up to a day, the latest first. An undated page counts from the day it was read. */
  findClaims: ({ ids, days }: ParentBatch) =>
    query<ClaimRow & ParentColumns>(
      `SELECT ${claimRow}, ${parentColumns}
      FROM ${requestedParents} JOIN claim ON claim.consortium_id = parent.id
        AND coalesce(claim.published_on, claim.as_of, (claim.provenance ->> 'retrievedAt')::date, parent.day) <= parent.day
      ORDER BY coalesce(claim.as_of, claim.published_on) DESC NULLS LAST, claim.id`,
      [ids, days],
    ),

  /**
   * Since when and until when the members of each consortium count. Those with one membership, nearly all, are counted by their span:
   * a consortium may have thousands of members, and few different spans. Coverage and growth are counted from the same rows.
   */
  findCountedMembers: (ids: readonly string[]) =>
    query<CountedMembersRow>(
      `WITH repeated AS MATERIALIZED (
        SELECT consortium_id, member_id FROM membership WHERE consortium_id = ANY (${keysSql})
        GROUP BY consortium_id, member_id HAVING count(*) > 1
      )
      SELECT m.consortium_id AS "parentId", repeated.member_id AS value, count(*)::int AS values,
        m.member_kind AS kind, consortium.open_to_nuts IS NOT NULL AND EXISTS (
          SELECT FROM unnest(consortium.open_to_nuts) area WHERE ${inArea('m.member_nuts', 'area', '$2')}
        ) AS "isInOpenArea",
        left(m.member_id, 2) <> left(m.consortium_id, 2) AS "isAbroad", m.start_date IS NOT NULL AS "isDated",
        m.counts_from AS "from", m.counts_until AS until
      FROM counted_membership m
      JOIN organisation consortium ON consortium.id = m.consortium_id
      LEFT JOIN repeated ON repeated.consortium_id = m.consortium_id AND repeated.member_id = m.member_id
      WHERE m.consortium_id = ANY (${keysSql}) AND m.is_member AND m.counts_from IS NOT NULL
      GROUP BY m.consortium_id, repeated.member_id, m.member_kind, "isInOpenArea", "isAbroad", "isDated", m.counts_from, m.counts_until`,
      [ids, country],
    ),
});
