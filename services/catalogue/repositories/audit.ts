import type { Database } from '../../kit/database/database.js';
import type { Page } from '../../kit/graphql/pagination.js';
import { pageSql } from '../../kit/database/keyset.js';
import { createParameters, type Parameters } from '../../kit/database/sql-parameters.js';
import type { AuditRow } from '../model/rows.js';
import { inUtc } from './sql-fragments.js';

/** Which entries of the audit trail are listed. */
export interface AuditSelection {
  /** Entries that concern any of these organisations; null: all entries. */
  readonly scope: readonly string[] | null;
  readonly subjectId: string | null;
}

/** What a statement selects of the audit trail, as `e`. */
export const auditColumns = `e.id, ${inUtc('e.at')} AS at, e.issuer, e.editor, e.mutation, e.subject, e.subject_id AS "subjectId",
  e.before, e.after, e.reason`;

/** Reads the audit trail. */
export const createAuditRepository = ({ query }: Pick<Database, 'query'>) => ({
  /** The latest first. */
  findPage: (selection: AuditSelection, page: Page) => {
    const parameters = createParameters();
    const conditions = conditionsOf(selection, parameters);
    const cut = pageSql(page, { columns: ['e.id'], descending: true }, parameters);
    return query<AuditRow>(
      `SELECT ${auditColumns} FROM audit_entry e ${where([...conditions, ...cut.conditions])} ${cut.orderAndLimit}`,
      parameters.values,
    );
  },

  count: async (selection: AuditSelection) => {
    const parameters = createParameters();
    const [row] = await query<{ count: number }>(
      `SELECT count(*)::int AS count FROM audit_entry e ${where(conditionsOf(selection, parameters))}`,
      parameters.values,
    );
    return row?.count ?? 0;
  },
});

const where = (conditions: readonly string[]): string =>
  conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';

const conditionsOf = ({ scope, subjectId }: AuditSelection, parameter: Parameters): string[] => [
  ...(scope === null ? [] : [`e.concerns && ${parameter(scope)}::text[]`]),
  ...(subjectId === null ? [] : [`e.concerns @> ARRAY[${parameter(subjectId)}::text]`]),
];
