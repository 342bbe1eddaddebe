import type { PopulationRow, Provenance } from '../model/rows.js';
import { undated } from '../model/rows.js';

/** A number of inhabitants: recorded, or the sum of recorded ones. */
export type FigureRow = Omit<PopulationRow, 'provenance'> & {
  readonly provenance: Provenance;
  /** The figures of which it is the sum, or null. */
  readonly summands: readonly Summand[] | null;
};

/** The figure of one of the organisations of which a sum consists. */
interface Summand {
  readonly id: string;
  readonly count: number;
  readonly onDate: string;
  readonly source: string | null;
  readonly licence: string | null;
}

/** SQL: the recorded figure that counts on a day: the latest of that day or before, else an undated one, which is the oldest. */
const recorded = (organisation: string, day: string): string =>
  `SELECT count, on_date, provenance FROM population
  WHERE organisation_id = ${organisation} AND on_date <= ${day} ORDER BY on_date DESC LIMIT 1`;

/** A chain of mergers is not longer. It also ends a cycle. */
const maxMergers = 10;

/**
 * SQL of a row with the columns `count`, `on_date`, `provenance` and `summands`, or of none: the figure of an organisation that
 * counts on a day. If others have been merged into it since its recorded figure, or since always, it is the sum with theirs, as far as
 * every one is known. An organisation that was divided is in no sum, because its parts are not known.
 *
 * @param organisation SQL of its id, which does not use the names `root`, `part` and `p`.
 */
export const figureSql = (organisation: string, day: string): string => `
  SELECT count, on_date, provenance, NULL::jsonb AS summands FROM (${recorded(organisation, day)}) own
  WHERE NOT EXISTS (SELECT FROM succession WHERE successor_id = ${organisation})
  UNION ALL
  SELECT CASE WHEN total.is_complete THEN total.count ELSE own.count END,
    CASE WHEN total.is_complete THEN total.on_date ELSE own.on_date END, own.provenance,
    CASE WHEN total.is_complete AND total.has_parts THEN total.summands END
  FROM (
    WITH RECURSIVE part AS (
      SELECT root.id, NULL::text COLLATE "C" AS parent, root.start_date, f.count, f.on_date, f.provenance, true AS is_whole, 0 AS depth
      FROM organisation root LEFT JOIN LATERAL (${recorded('root.id', day)}) f ON true WHERE root.id = ${organisation}
      UNION ALL
      SELECT p.id, part.id, p.start_date, f.count, f.on_date, f.provenance,
        p.end_date IS NOT NULL AND NOT EXISTS (
          SELECT FROM succession other WHERE other.predecessor_id = p.id AND other.successor_id <> part.id),
        part.depth + 1
      FROM part JOIN succession s ON s.successor_id = part.id JOIN organisation p ON p.id = s.predecessor_id
      LEFT JOIN LATERAL (${recorded('p.id', day)}) f ON true
      WHERE part.depth < ${maxMergers} AND CASE
        -- Founded by the merger, so that it consists of its predecessors.
        WHEN part.count IS NULL THEN coalesce(p.end_date <= greatest(part.start_date, ${day}), true) AND EXISTS (
          SELECT FROM succession founding JOIN organisation first ON first.id = founding.predecessor_id
          WHERE founding.successor_id = part.id AND first.end_date <= part.start_date)
        -- Whether an undated figure is older than the merger is not known.
        ELSE part.on_date > '-infinity' AND p.end_date > part.on_date AND p.end_date <= ${day} END
    )
    SELECT sum(count)::int AS count, CASE WHEN min(on_date) = max(on_date) THEN max(on_date) ELSE '-infinity' END AS on_date,
      bool_and(is_whole AND (count IS NOT NULL OR EXISTS (SELECT FROM part child WHERE child.parent = part.id))) AS is_complete,
      bool_or(depth > 0) AS has_parts,
      jsonb_agg(jsonb_build_object('id', id, 'count', count, 'onDate', on_date, 'source', provenance -> 'source',
        'licence', provenance -> 'licence') ORDER BY id) FILTER (WHERE count IS NOT NULL) AS summands
    FROM part
  ) total LEFT JOIN (${recorded(organisation, day)}) own ON true
  WHERE EXISTS (SELECT FROM succession WHERE successor_id = ${organisation})
    AND (own.count IS NOT NULL OR total.is_complete)`;

/** The figure with its provenance: a sum is inferred. */
export function withProvenance<Row extends FigureRow>(row: Row): Row {
  const { summands } = row;
  if (summands === null) return row;
  const shared = <Field extends 'source' | 'licence'>(field: Field): Summand[Field] | null => {
    const values = new Set(summands.map((summand) => summand[field]));
    return values.size === 1 ? (summands[0]?.[field] ?? null) : null;
  };
  const written = summands.map(({ id, count, onDate }) => `${id} ${count}${onDate === undated ? '' : ` (${onDate})`}`);
  const provenance: Provenance = {
    source: shared('source'),
    retrievedAt: null,
    observedOn: null,
    assertedBy: null,
    method: 'INFERRED',
    licence: shared('licence'),
    note: `The sum of the latest figures of what was merged: ${written.join(' + ')}.`,
  };
  return { ...row, provenance };
}
