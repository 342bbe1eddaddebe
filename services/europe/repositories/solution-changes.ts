import type { Query } from '../index-database.js';
import type { SolutionChangeRow } from '../rows.js';
import { inUtc } from '../sql-fragments.js';

/** Reading the feed of changed solutions, which triggers of the index write: see `migrations/note-solution-changes.ts`. */
export const createSolutionChangeRepository = (query: Query) => ({
  /** At most `limit` entries after a number, oldest first, and the feed they are of; in one statement, so of one moment. */
  findAfter: async (
    number: string,
    limit: number,
  ): Promise<{ readonly feedId: string; readonly changes: SolutionChangeRow[] }> => {
    const rows = await query<
      { readonly feedId: string } & { readonly [Column in keyof SolutionChangeRow]: SolutionChangeRow[Column] | null }
    >(
      `SELECT state.feed_id AS "feedId", c.number::text, c.solution_id AS "solutionId", ${inUtc('c.at')} AS at
      FROM index_state state LEFT JOIN LATERAL (
        SELECT * FROM solution_change WHERE number > $1 ORDER BY number LIMIT $2
      ) c ON true ORDER BY c.number`,
      [number, limit],
    );
    return {
      feedId: rows[0]?.feedId ?? '',
      changes: rows.filter((row): row is SolutionChangeRow & { feedId: string } => row.number !== null),
    };
  },
});
