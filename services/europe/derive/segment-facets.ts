import { toMembers } from '../search/slot-sets.js';
import { facetValuesSql } from '../solution-facets.js';
import type { Run } from './exclusive-transaction.js';

/** SQL: two bytes for each slot. */
export const slotsSql = (slot: string, condition = 'true'): string =>
  `coalesce(string_agg(int2send((${slot})::int2), '') FILTER (WHERE ${condition}), '')`;

/** Writes which solutions of a new segment have which value of a facet. */
export async function writeFacets(run: Run, id: number, size: number): Promise<void> {
  const facets = await run<{ field: string; value: string | null; slots: Buffer }>(
    `SELECT found.field, found.value, ${slotsSql('placed.slot')} AS slots
    FROM (SELECT solution_id, min(slot) AS slot FROM slot WHERE segment = $1 GROUP BY solution_id) placed
    JOIN solution s ON s.id = placed.solution_id
    CROSS JOIN LATERAL (${facetValuesSql('s')}) AS found (field, value) GROUP BY 1, 2`,
    [id],
  );
  await run(
    `INSERT INTO segment_facet SELECT $1, field, value, ('x' || members)::bit varying
    FROM unnest($2::text[], $3::text[], $4::text[]) AS found (field, value, members)`,
    [
      id,
      facets.map(({ field }) => field),
      facets.map(({ value }) => value),
      facets.map(({ slots }) => toMembers(slots, size)),
    ],
  );
}

/** The solutions of a segment, by their first slots, that have gained or lost a value of a facet. */
export interface FacetChange {
  readonly segment: number;
  /** The number of slots of the segment. */
  readonly size: number;
  readonly field: string;
  readonly value: string | null;
  readonly added: Buffer;
  readonly removed: Buffer;
}

/**
 * Changes facets of segments in place: how solutions are used changes far more often than what describes them, and their words do
 * not have to be written again.
 */
export async function changeFacets(run: Run, changes: readonly FacetChange[]): Promise<void> {
  if (changes.length === 0) return;
  await run(
    `WITH change AS MATERIALIZED (
      SELECT segment, field, value, ('x' || added)::bit varying AS added, ('x' || removed)::bit varying AS removed
      FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[]) AS given (segment, field, value, added, removed)
    ), changed AS (
      UPDATE segment_facet f SET members = (f.members | c.added) & ~c.removed FROM change c
      WHERE f.segment = c.segment AND f.field = c.field AND f.value IS NOT DISTINCT FROM c.value
      RETURNING f.segment, f.field, f.value
    )
    INSERT INTO segment_facet (segment, field, value, members)
    SELECT segment, field, value, added FROM change c WHERE NOT EXISTS (
      SELECT FROM changed WHERE changed.segment = c.segment AND changed.field = c.field AND changed.value IS NOT DISTINCT FROM c.value)`,
    [
      changes.map(({ segment }) => segment),
      changes.map(({ field }) => field),
      changes.map(({ value }) => value),
      changes.map(({ added, size }) => toMembers(added, size)),
      changes.map(({ removed, size }) => toMembers(removed, size)),
    ],
  );
}
