import type { Database } from '../../kit/database/database.js';
import type { ParentBatch } from '../../kit/graphql/loaders.js';
import { completeness, identifier, population, selectRow } from '../model/entities.js';
import type { CompletenessRow, IdentifierRow, PopulationRow } from '../model/rows.js';
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
  findPopulations: ({ ids, days }: ParentBatch) =>
    query<PopulationRow & ParentColumns>(
      `SELECT found.*, ${parentColumns}
      FROM ${requestedParents} CROSS JOIN LATERAL (
        SELECT ${selectRow(population, 'p')} FROM population p
        WHERE p.organisation_id = parent.id AND p.on_date <= parent.day
        ORDER BY p.on_date DESC LIMIT 1
      ) found`,
      [ids, days],
    ),

  findCompleteness: () =>
    query<CompletenessRow>(`SELECT ${selectRow(completeness, 'c')} FROM completeness c ORDER BY c.kind, c.nuts`),
});
