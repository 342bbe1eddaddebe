import type { EntityManager, EntitySchema, EntitySchemaColumnOptions } from 'typeorm';

import { columnsOf } from '../entities.js';

/** What became of the rows of a table. */
export interface Written {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
}

const rowsAtOnce = 5000;

/**
 * Writes rows of a table: new ones are inserted, those whose key is known are changed where they differ, and equal ones are
 * not touched, so that writing the same rows again does nothing.
 */
export async function writeRows<Row extends object>(
  manager: EntityManager,
  entity: EntitySchema<Row>,
  rows: readonly Row[],
): Promise<Written> {
  const columns = columnsOf(entity as never);
  const statement = upsertSql(entity as EntitySchema<never>, columns);
  let [created, changed] = [0, 0];
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const records = rows
      .slice(from, from + rowsAtOnce)
      .map((row) => Object.fromEntries(columns.map(([property, column]) => [column, row[property as keyof Row]])));
    const outcome: { created: boolean }[] = await manager.query(statement, [JSON.stringify(records)]);
    created += outcome.filter((row) => row.created).length;
    changed += outcome.filter((row) => !row.created).length;
  }
  return { created, changed, unchanged: rows.length - created - changed };
}

/**
 * Takes away what a table no longer says of the bodies it speaks of: rows with the same `parent` as one of these, and another
 * key than all of them.
 */
export async function removeOthers<Row extends object>(
  manager: EntityManager,
  entity: EntitySchema<Row>,
  parent: keyof Row & string,
  rows: readonly Row[],
): Promise<void> {
  const columns = columnsOf(entity as never);
  const key = keyOf(entity as never);
  const { name: table } = entity.options;
  const parentColumn = columns.find(([property]) => property === parent)?.[1] ?? parent;
  const records = rows.map((row) =>
    Object.fromEntries(key.map(([property, column]) => [column, row[property as keyof Row]])),
  );
  await manager.query(
    `WITH kept AS MATERIALIZED (SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb))
    DELETE FROM ${table} old WHERE old.${parentColumn} IN (SELECT ${parentColumn} FROM kept)
      AND (${key.map(([, column]) => `old.${column}`).join(', ')}) NOT IN (SELECT ${key.map(([, column]) => column).join(', ')} FROM kept)`,
    [JSON.stringify(records)],
  );
}

const keyOf = (entity: EntitySchema<never>): [property: string, column: string][] => {
  const options = entity.options.columns as Record<string, EntitySchemaColumnOptions | undefined>;
  return columnsOf(entity).filter(([property]) => options[property]?.primary);
};

function upsertSql(entity: EntitySchema<never>, columns: readonly [string, string][]): string {
  const table = entity.options.name;
  const key = keyOf(entity).map(([, column]) => column);
  const others = columns.map(([, column]) => column).filter((column) => !key.includes(column));
  const names = columns.map(([, column]) => column).join(', ');
  const row = (of: string): string => `ROW(${others.map((column) => `${of}.${column}`).join(', ')})`;
  const onConflict =
    others.length === 0
      ? 'DO NOTHING'
      : `DO UPDATE SET (${others.join(', ')}) = ${row('excluded')} WHERE ${row(table)} IS DISTINCT FROM ${row('excluded')}`;
  // xmax is zero in a row that this statement inserted.
  return `INSERT INTO ${table} (${names})
    SELECT ${names} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)
    ON CONFLICT (${key.join(', ')}) ${onConflict} RETURNING xmax = 0 AS created`;
}
