import type { Database } from '../../kit/database/database.js';
import type { ChangeRow } from '../model/rows.js';
import { inUtc } from './sql-fragments.js';

/** Reading the change feed: see migrations/3-add-change-feed.ts. */
export const createChangeRepository = ({ query }: Pick<Database, 'query'>) => ({
  /** So many entries after a number, oldest first, and the feed they are of; all in one statement, so of one moment. */
  findAfter: async (number: string, limit: number): Promise<{ feedId: string; changes: ChangeRow[] }> => {
    const rows = await query<{ feedId: string } & { [Column in keyof ChangeRow]: ChangeRow[Column] | null }>(
      `SELECT feed.id AS "feedId", c.number::text, c.kind, c.subject, c.subject_id AS "subjectId",
        ${inUtc('c.at')} AS at
      FROM feed LEFT JOIN LATERAL (
        SELECT * FROM change WHERE number > $1 ORDER BY number LIMIT $2
      ) c ON true ORDER BY c.number`,
      [number, limit],
    );
    return {
      feedId: rows[0]?.feedId ?? '',
      changes: rows.filter((row): row is ChangeRow & { feedId: string } => row.number !== null),
    };
  },
});
