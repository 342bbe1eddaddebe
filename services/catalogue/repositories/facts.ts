import type { Database } from '../../kit/database/database.js';
import type { ParentBatch } from '../../kit/graphql/loaders.js';
import { completeness, identifier, population, selectRow } from '../model/entities.js';
import type { CompletenessRow, IdentifierRow, PopulationRow } from '../model/rows.js';
import { type Asked, asked, askedColumns } from './sql-fragments.js';

/** Reading what is known of a body beside its own row. */
export const createFactRepository = ({ query }: Pick<Database, 'query'>) => ({
  /** The codes each body held on a day. */
  findIdentifiers: ({ ids, days }: ParentBatch) =>
    query<IdentifierRow & Asked>(
      `SELECT ${selectRow(identifier, 'i')}, ${askedColumns}
      FROM ${asked} JOIN identifier i ON i.organisation_id = asked.id
        AND exists_on(i.start_date, i.end_date, i.ended, asked.day)
      ORDER BY i.scheme, i.notation`,
      [ids, days],
    ),

  /** The number of inhabitants that counts on a day: see `undated` in rows.ts. */
  findPopulations: ({ ids, days }: ParentBatch) =>
    query<PopulationRow & Asked>(
      `SELECT found.*, ${askedColumns}
      FROM ${asked} CROSS JOIN LATERAL (
        SELECT ${selectRow(population, 'p')} FROM population p
        WHERE p.organisation_id = asked.id AND p.on_date <= asked.day
        ORDER BY p.on_date DESC LIMIT 1
      ) found`,
      [ids, days],
    ),

  findCompleteness: () =>
    query<CompletenessRow>(`SELECT ${selectRow(completeness, 'c')} FROM completeness c ORDER BY c.kind, c.nuts`),
});
