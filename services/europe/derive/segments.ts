import type { Run } from './exclusive-transaction.js';
import { slotsSql, writeFacets } from './segment-facets.js';

// A solution of which a record, or a value that is merged from records, has changed is unsettled: searches read its rows. Once there
// are many of them, they get slots in a new segment, of which only the facets of use change. Small segments are merged into it, so
// that there are few.

/** The number of slots after which the next solution begins another segment. */
export const maxSlots = 16_384;

/** How many unsettled solutions a search reads. */
const maxUnsettled = 1_000;
/** While a country is filled, which changes its solutions again: building segments for them would be in vain. */
export const maxUnsettledWhileFilling = 16_000;

/** A segment is merged into a new one that is at least this part of it, so that a solution is settled again only a few times. */
const mergeRatio = 2;

/** Marks solutions as changed: searches no longer read them from segments. */
export async function unsettle(run: Run, solutions: readonly string[]): Promise<void> {
  if (solutions.length === 0) return;
  await run(
    `WITH gone AS (
      UPDATE slot SET is_current = false WHERE solution_id = ANY ($1) AND is_current RETURNING segment, slot
    ), marked AS (
      UPDATE segment SET removed = segment.removed || changed.slots
      FROM (SELECT segment, ${slotsSql('slot')} AS slots FROM gone GROUP BY segment) changed WHERE segment.id = changed.segment
    ), deleted AS (
      DELETE FROM unsettled_solution u WHERE u.solution_id = ANY ($1) AND NOT EXISTS (SELECT FROM solution s WHERE s.id = u.solution_id)
    )
    INSERT INTO unsettled_solution SELECT id FROM solution WHERE id = ANY ($1) ON CONFLICT DO NOTHING`,
    [solutions],
  );
}

/** Gives unsettled solutions slots, if there are many of them, until there are few. */
export async function settle(run: Run, max = maxUnsettled, slots = maxSlots): Promise<void> {
  const count = await countUnsettled(run);
  if (count <= max) return;
  await run(`SET LOCAL work_mem = '128MB'`);
  await replaceSmallSegments(run, count);
  for (const segment of await placeUnsettled(run, max, slots)) await buildSegment(run, segment);
  // A request takes far less time.
  const old = `SELECT id FROM segment WHERE replaced_at < now() - interval '1 minute'`;
  for (const table of ['slot', 'segment_word', 'segment_facet'])
    await run(`DELETE FROM ${table} WHERE segment IN (${old})`);
  await run(`DELETE FROM segment WHERE replaced_at < now() - interval '1 minute'`);
}

async function countUnsettled(run: Run): Promise<number> {
  const [{ count } = { count: 0 }] = await run<{ count: number }>(`SELECT count(*)::int FROM unsettled_solution`);
  return count;
}

/** Lets the solutions of segments that are not much larger than the new one be settled with it. */
async function replaceSmallSegments(run: Run, unsettled: number): Promise<void> {
  const segments = await run<{ id: number; live: number }>(
    `SELECT id, size - length(removed) / 2 AS live FROM segment WHERE replaced_at IS NULL ORDER BY live`,
  );
  const replaced: number[] = [];
  let size = unsettled;
  for (const { id, live } of segments) {
    if (live > maxSlots / 2 || live > size * mergeRatio) break;
    replaced.push(id);
    size += live;
  }
  if (replaced.length === 0) return;
  await run(
    `WITH moved AS (UPDATE slot SET is_current = false WHERE segment = ANY ($1) AND is_current RETURNING solution_id),
    replaced AS (UPDATE segment SET replaced_at = now() WHERE id = ANY ($1))
    INSERT INTO unsettled_solution SELECT DISTINCT solution_id FROM moved ON CONFLICT DO NOTHING`,
    [replaced],
  );
}

interface NewSegment {
  readonly id: number;
  readonly size: number;
}

/**
 * Gives unsettled solutions slots in as many new segments as they need, but for the last ones if they are few. All records of a
 * solution are in one segment, which so may have nearly twice as many slots; one with more records than that stays unsettled.
 */
async function placeUnsettled(run: Run, max: number, slots: number): Promise<NewSegment[]> {
  const segments = await run<NewSegment>(
    // By country, and within it in an order that no country determines: searches that rank some of their matches take the first ones.
    `WITH described AS (
      SELECT u.solution_id, min(r.country) AS country, count(*) AS records
      FROM unsettled_solution u JOIN catalogue_record r USING (solution_id) GROUP BY 1 HAVING count(*) <= $2
    ), listed AS (
      SELECT solution_id, row_number() OVER following AS place, count(*) OVER () AS solutions,
        (sum(records) OVER following - records)::int AS number
      FROM described WINDOW following AS (ORDER BY country, md5(solution_id), solution_id)
    ), placed AS MATERIALIZED (
      SELECT solution_id, (SELECT segments + 1 FROM index_state) + number / $2 AS segment,
        number - min(number) OVER same AS slot, solutions - min(place) OVER same + 1 AS left_from_here
      FROM listed WINDOW same AS (PARTITION BY number / $2)
    ), written AS (
      INSERT INTO slot (segment, slot, record_id, solution_id)
      SELECT segment, placed.slot + row_number() OVER (PARTITION BY solution_id ORDER BY r.id) - 1 AS slot, r.id, solution_id
      FROM placed JOIN catalogue_record r USING (solution_id) WHERE left_from_here > $1 ORDER BY 1, 2
      RETURNING segment
    ), forgotten AS (
      DELETE FROM unsettled_solution u USING placed WHERE u.solution_id = placed.solution_id AND left_from_here > $1
    )
    SELECT segment AS id, count(*)::int AS size FROM written GROUP BY segment ORDER BY segment`,
    [max, slots],
  );
  await run(`UPDATE index_state SET segments = greatest(segments, $1)`, [segments.at(-1)?.id ?? 0]);
  return segments;
}

/** Writes which of the records that have slots in a segment have which word, and which of the solutions which value of a facet. */
async function buildSegment(run: Run, { id, size }: NewSegment): Promise<void> {
  await run(
    `INSERT INTO segment (id, size, countries, first_slots, followers)
    SELECT $1, $2, countries, first_slots, followers FROM (
      SELECT ${slotsSql('slot', 'is_follower')} AS followers FROM (
        SELECT slot, lag(solution_id) OVER (ORDER BY slot) = solution_id AS is_follower FROM slot WHERE segment = $1
      ) placed
    ) following, (
      SELECT array_agg(country ORDER BY first_slot) AS countries, array_agg(first_slot ORDER BY first_slot) AS first_slots FROM (
        SELECT country, min(slot) AS first_slot FROM (
          SELECT s.slot, min(r.country) OVER (PARTITION BY s.solution_id) AS country
          FROM slot s JOIN catalogue_record r ON r.id = s.record_id WHERE s.segment = $1
        ) placed GROUP BY country
      ) ranges
    ) by_country`,
    [id, size],
  );
  const words = (array: string, inNames: boolean): string => `
    SELECT unnest(${array}) AS word, int2send(s.slot::int2) AS slot, ${inNames} AS in_names
    FROM slot s JOIN catalogue_record r ON r.id = s.record_id WHERE s.segment = $1`;
  await run(
    // In their order, so that the index is written from its beginning to its end.
    `INSERT INTO segment_word (segment, word, anywhere, in_names)
    SELECT $1, word, coalesce(string_agg(slot, '') FILTER (WHERE NOT in_names), ''), coalesce(string_agg(slot, '') FILTER (WHERE in_names), '')
    FROM (
      ${words('tsvector_to_array(r.vector)', false)}
      UNION ALL ${words(`tsvector_to_array(ts_filter(r.vector, '{a}'))`, true)}
      -- Whole names, by which searches find names that are or begin with what is searched for.
      UNION ALL SELECT left(word, 201), slot, false FROM (
        ${words(`string_to_array(regexp_replace(trim(both '| ' from r.search_text), '(^| \\| )', '\\1=', 'g'), ' | ')`, false)}
      ) name
    ) found
    GROUP BY word ORDER BY word COLLATE "C"`,
    [id],
  );
  await writeFacets(run, id, size);
}

/** SQL: the words of each segment, and in how many of the records they are that got slots in it. */
export const segmentWordsSql = `
  SELECT w.word, octet_length(w.anywhere) / 2 AS records FROM segment_word w
  JOIN segment s ON s.id = w.segment AND s.replaced_at IS NULL WHERE w.word NOT LIKE '=%'`;
