import type { Database } from '../../kit/database/database.js';
import { pageSql } from '../../kit/database/keyset.js';
import { createParameters, type Parameters } from '../../kit/database/sql-parameters.js';
import type { Page } from '../../kit/graphql/pagination.js';
import type { Day } from '../../shared/dates.js';
import type { AdministrationKind } from '../generated/resolver-types.js';
import type { DatedSuccession } from '../model/rows.js';

/** Which successions a list has. */
export interface SuccessionSelection {
  readonly from: Day | null;
  readonly to: Day | null;
  readonly kind: AdministrationKind | null;
}

/** Reads the successions of administrations of which the day is known. */
export const createSuccessionRepository = ({ query }: Pick<Database, 'query'>) => ({
  findPage: (selection: SuccessionSelection, page: Page) => {
    const parameters = createParameters();
    const listed = listedSql(selection, parameters);
    const order = { columns: ['"on"', '"predecessorId"', '"successorId"'], descending: false };
    const { conditions, orderAndLimit } = pageSql(page, order, parameters);
    return query<DatedSuccession>(
      `SELECT * FROM (${listed}) listed ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''} ${orderAndLimit}`,
      parameters.values,
    );
  },

  count: async (selection: SuccessionSelection): Promise<number> => {
    const parameters = createParameters();
    const [found] = await query<{ count: number }>(
      `SELECT count(*)::int AS count FROM (${listedSql(selection, parameters)}) listed`,
      parameters.values,
    );
    return found?.count ?? 0;
  },
});

function listedSql({ from, to, kind }: SuccessionSelection, parameter: Parameters): string {
  const day = 'coalesce(p.end_date, s.start_date)';
  const conditions = [
    `${day} IS NOT NULL`,
    ...(from === null ? [] : [`${day} >= ${parameter(from)}::date`]),
    ...(to === null ? [] : [`${day} <= ${parameter(to)}::date`]),
    ...(kind === null ? [] : [`p.kind = ${parameter(kind)}`]),
  ];
  return `
    SELECT to_char(${day}, 'YYYY-MM-DD') COLLATE "C" AS "on",
      CASE WHEN p.end_date IS NULL THEN s.start_precision ELSE p.end_precision END AS precision,
      p.id AS "predecessorId", s.id AS "successorId"
    FROM succession JOIN organisation p ON p.id = succession.predecessor_id JOIN organisation s ON s.id = succession.successor_id
    WHERE ${conditions.join(' AND ')}`;
}
