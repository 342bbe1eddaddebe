import type { Database } from '../../kit/database/database.js';
import type { ParentBatch } from '../../kit/graphql/loaders.js';
import { completeness, identifier } from '../model/entities.js';
import { selectRow } from '../model/row-sql.js';
import type { CompletenessRow, IdentifierRow } from '../model/rows.js';
import { type FigureRow, figureSql, withProvenance } from './population.js';
import { type ParentColumns, requestedParents, parentColumns } from './sql-fragments.js';

/** Reads an organisation's data outside its own row. */
export const createFactRepository = ({ query }: Pick<Database, 'query'>) => ({
  /** The codes that each organisation held on a day. */
  findIdentifiers: ({ ids, days }: ParentBatch) =>
    query<IdentifierRow & ParentColumns>(
      `SELECT ${selectRow(identifier, 'i')}, ${parentColumns}
      FROM ${requestedParents} JOIN identifier i ON i.organisation_id = parent.id
        AND exists_on(i.start_date, i.end_date, i.ended, parent.day)
      ORDER BY i.scheme, i.notation`,
      [ids, days],
    ),

  /** The number of inhabitants that counts on a day: see `undated` in rows.ts. */
  findPopulations: async ({ ids, days }: ParentBatch) =>
    (
      await query<FigureRow & ParentColumns>(
        `SELECT parent.id AS "organisationId", found.count, found.on_date AS "onDate", found.provenance, found.summands,
          ${parentColumns}
        FROM ${requestedParents} CROSS JOIN LATERAL (${figureSql('parent.id', 'parent.day')}) found`,
        [ids, days],
      )
    ).map(withProvenance),

  findCompleteness: () =>
    query<CompletenessRow>(`SELECT ${selectRow(completeness, 'c')} FROM completeness c ORDER BY c.kind, c.nuts`),
});
