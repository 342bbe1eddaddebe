import type { EntityManager, EntitySchema, EntitySchemaColumnOptions } from 'typeorm';

import { getColumns } from '../../model/row-sql.js';
import { diffRows, type RowChange, type StoredRow } from './row-diff.js';

/** Numbers of rows by what was done with them. */
export interface RowCounts {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
}

/** What was done with the rows of a table, by their keys; the parts of a key are separated by a space. */
export interface UpsertResult {
  readonly created: readonly string[];
  readonly changed: readonly RowChange[];
  readonly unchanged: readonly string[];
  /** Rows that an editor changed after the last import, which are left as they are. */
  readonly edited: readonly string[];
}

/** Finds the edited ones of these rows, and whether they still exist. */
export type FindEdited = (ids: readonly string[]) => Promise<ReadonlyMap<string, boolean>>;

export interface UpsertOptions {
  /**
   * Finds the edited ones of these rows, which no import overwrites, and whether they still exist. Called while the rows that
   * would change are locked.
   */
  readonly findEdited?: FindEdited;
  /** The column with the id of the owner, if edits concern the owner of a row: an organisation owns its codes. */
  readonly owner?: string | undefined;
  /** @param of null while rows are being read. */
  readonly onProgress?: (done: number, of: number | null) => void;
}

export const toCounts = ({ created, changed, unchanged }: UpsertResult): RowCounts => ({
  created: created.length,
  changed: changed.length,
  unchanged: unchanged.length,
});

const batchSize = 5000;

/** Fewer new rows do not change how PostgreSQL reads a table. */
const minAnalyzedRows = 1000;

/**
 * Updates the statistics of a table that got this many new rows. Without, PostgreSQL plans the following statements as if the table
 * were empty, as it was after an import that was killed, and compares each row with each other.
 */
export const analyzeAfter = async (manager: EntityManager, created: number, table: string): Promise<void> => {
  if (created >= minAnalyzedRows) await analyzeTables(manager, [table]);
};

/** Updates the statistics of tables now; autovacuum would do so some time later. */
export const analyzeTables = (manager: EntityManager, tables: readonly string[]): Promise<unknown> =>
  manager.query('SELECT analyze_tables($1)', [tables]);

/** Rows that are written in batches, while further rows are being read. */
export interface Upsert<Row extends object> {
  /** Writes a batch when there is one among these rows, all that were read so far. Resolves when no batch is written but this one. */
  readonly advance: (rows: readonly Row[]) => Promise<void>;
  /** Writes what remains of these rows, and returns what was done with all of them. */
  readonly finish: (rows: readonly Row[]) => Promise<UpsertResult>;
  /** Resolves when no batch is being written, whether or not it could be. */
  readonly settle: () => Promise<void>;
}

/**
 * Inserts new rows, updates rows that differ from those with the same key, and does not touch equal ones, so that writing the
 * same rows again changes nothing. Rows are read while others are written.
 */
export function startUpsert<Row extends object>(
  manager: EntityManager,
  entity: EntitySchema<Row>,
  { onProgress, ...edits }: UpsertOptions = {},
): Upsert<Row> {
  const table = describeTable(entity);
  const outcomes: UpsertResult[] = [];
  // An initial import compares no rows. A row that an editor adds meanwhile is not overwritten, see `upsertBatch`.
  let isEmpty: boolean | undefined;
  let begun = 0;
  let writing = Promise.resolve();
  const writeBatch = async (rows: readonly Row[], from: number): Promise<void> => {
    isEmpty ??= await isTableEmpty(manager, table.name);
    const records = rows.slice(from, from + batchSize).map((row) => toRecord(table, row));
    const outcome = await upsertBatch(manager, table, records, { ...edits, isEmpty });
    outcomes.push(outcome);
    // The statistics of the first batch suffice until the import is done and updates those of all tables.
    if (from === 0) await analyzeAfter(manager, outcome.created.length, table.name);
  };
  const begin = (rows: readonly Row[], of: number | null): void => {
    onProgress?.(begun, of);
    writing = writeBatch(rows, begun);
    // What waits for it next gets the error.
    writing.catch(() => undefined);
    begun += batchSize;
  };
  return {
    advance: async (rows) => {
      if (rows.length - begun < batchSize) return;
      await writing;
      begin(rows, null);
    },
    finish: async (rows) => {
      await writing;
      while (begun < rows.length) {
        begin(rows, rows.length);
        await writing;
      }
      return {
        created: outcomes.flatMap(({ created }) => created),
        changed: outcomes.flatMap(({ changed }) => changed),
        unchanged: outcomes.flatMap(({ unchanged }) => unchanged),
        edited: outcomes.flatMap(({ edited }) => edited),
      };
    },
    settle: () => writing.catch(() => undefined),
  };
}

/** Writes rows of which all are known: see `startUpsert`. */
export const upsertRows = <Row extends object>(
  manager: EntityManager,
  entity: EntitySchema<Row>,
  rows: readonly Row[],
  options: UpsertOptions = {},
): Promise<UpsertResult> => startUpsert(manager, entity, options).finish(rows);

/** The values of a row by column, without nulls, which PostgreSQL would only have to parse. */
function toRecord({ columns }: TableDescription, row: object): StoredRow {
  const record: Record<string, unknown> = {};
  for (const [property, column] of columns) {
    const value = (row as StoredRow)[property];
    if (value !== null) record[column] = value;
  }
  return record;
}

async function isTableEmpty(manager: EntityManager, table: string): Promise<boolean> {
  const rows: unknown[] = await manager.query(`SELECT FROM ${table} LIMIT 1`);
  return rows.length === 0;
}

/**
 * Rows that differ are locked before they are judged, and no other existing row is overwritten, so that a concurrent edit is not
 * lost.
 */
async function upsertBatch(
  manager: EntityManager,
  table: TableDescription,
  records: readonly StoredRow[],
  { findEdited, owner, isEmpty }: Pick<UpsertOptions, 'findEdited' | 'owner'> & { readonly isEmpty: boolean },
): Promise<UpsertResult> {
  const stored: StoredRow[] = isEmpty
    ? []
    : await manager.query(table.stored, [JSON.stringify(records.map(table.toKey))]);
  const isStored = toKeyTest(table, stored);
  const known = records.filter(isStored);
  const differing: { before: StoredRow; after: StoredRow }[] =
    known.length === 0 ? [] : await manager.query(table.differing, [JSON.stringify(known)]);
  const editedIdOf = (record: StoredRow): string => (owner === undefined ? table.keyOf(record) : String(record[owner]));
  const edited = (await findEdited?.([...new Set(records.map(editedIdOf))])) ?? new Map<string, boolean>();
  const differs = toKeyTest(
    table,
    differing.map(({ after }) => after),
  );
  const isEdited = (record: StoredRow): boolean => {
    const exists = edited.get(editedIdOf(record));
    return exists !== undefined && (!exists || differs(record));
  };
  const [skipped, writable] = partition(records, isEdited);
  const changed = differing.filter(({ after }) => !isEdited(after));
  const sent = writable.filter((record) => !isStored(record) || differs(record));
  const created: StoredRow[] =
    sent.length === 0
      ? []
      : await manager.query(table.upsert, [JSON.stringify(sent), JSON.stringify(changed.map(({ after }) => after))]);
  const isWritten = toKeyTest(table, [...created, ...changed.map(({ after }) => after)]);
  return {
    created: created.map(table.keyOf),
    changed: changed.map(({ before, after }) =>
      diffRows(
        table.keyOf(after),
        before,
        after,
        table.columns.map(([, column]) => column),
      ),
    ),
    unchanged: writable.filter((record) => !isWritten(record)).map(table.keyOf),
    edited: skipped.map(table.keyOf),
  };
}

/** Whether a row has the same key as one of these. */
function toKeyTest({ keyOf }: TableDescription, rows: readonly StoredRow[]): (row: StoredRow) => boolean {
  const keys = new Set(rows.map(keyOf));
  return (row) => keys.has(keyOf(row));
}

/** The items that belong, and the others. */
export function partition<Item>(items: readonly Item[], belongs: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(belongs), items.filter((item) => !belongs(item))];
}

/**
 * Removes rows that a table no longer contains: those with the same `parent` as one of these rows, and a key that none of them
 * has.
 *
 * @returns their keys.
 */
export async function removeUnlisted<Row extends object>(
  manager: EntityManager,
  entity: EntitySchema<Row>,
  parent: keyof Row & string,
  rows: readonly Row[],
): Promise<string[]> {
  const { name, columns, key, keyOf } = describeTable(entity);
  const parentColumn = columns.find(([property]) => property === parent)?.[1] ?? parent;
  const records = rows.map((row) =>
    Object.fromEntries(
      columns
        .filter(([, column]) => key.includes(column) || column === parentColumn)
        .map(([property, column]) => [column, row[property as keyof Row]]),
    ),
  );
  const keys = key.join(', ');
  const [removed]: [StoredRow[], number] = await manager.query(
    `WITH listed AS MATERIALIZED (SELECT * FROM jsonb_populate_recordset(NULL::${name}, $1::jsonb))
    DELETE FROM ${name} old WHERE old.${parentColumn} IN (SELECT ${parentColumn} FROM listed)
      AND (${key.map((column) => `old.${column}`).join(', ')}) NOT IN (SELECT ${keys} FROM listed)
    RETURNING ${keys}`,
    [JSON.stringify(records)],
  );
  return removed.map(keyOf);
}

/** A table and the statements that write it. */
interface TableDescription {
  readonly name: string;
  readonly columns: readonly [property: string, column: string][];
  /** The columns of its key. */
  readonly key: readonly string[];
  readonly keyOf: (record: StoredRow) => string;
  readonly toKey: (record: StoredRow) => StoredRow;
  /** Finds which keys exist. PostgreSQL reads a key much faster than a whole row, and most imports create rows or repeat them. */
  readonly stored: string;
  readonly differing: string;
  readonly upsert: string;
}

function describeTable<Row extends object>(entity: EntitySchema<Row>): TableDescription {
  const { name } = entity.options;
  const columns = getColumns(entity);
  const options: Readonly<Record<string, EntitySchemaColumnOptions | undefined>> = entity.options.columns;
  const key = columns.filter(([property]) => options[property]?.primary).map(([, column]) => column);
  const others = columns.map(([, column]) => column).filter((column) => !key.includes(column));
  return {
    name,
    columns,
    key,
    keyOf: (record) => key.map((column) => String(record[column])).join(' '),
    toKey: (record) => Object.fromEntries(key.map((column) => [column, record[column]])),
    stored: storedSql(name, key),
    differing: differingSql(name, key, others),
    upsert: upsertSql(name, key, others),
  };
}

const rowOf = (alias: string, columns: readonly string[]): string =>
  `ROW(${columns.map((column) => `${alias}.${column}`).join(', ')})`;

const storedSql = (table: string, key: readonly string[]): string =>
  `SELECT ${key.join(', ')} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb) incoming JOIN ${table} stored USING (${key.join(', ')})`;

const differingSql = (table: string, key: readonly string[], others: readonly string[]): string =>
  `SELECT to_jsonb(stored) AS before, to_jsonb(incoming) AS after
  FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb) incoming JOIN ${table} stored USING (${key.join(', ')})
  WHERE ${others.length === 0 ? 'false' : `${rowOf('stored', others)} IS DISTINCT FROM ${rowOf('incoming', others)}`}
  FOR UPDATE OF stored`;

function upsertSql(table: string, key: readonly string[], others: readonly string[]): string {
  const names = [...key, ...others].join(', ');
  const keys = key.join(', ');
  const onConflict =
    others.length === 0
      ? 'DO NOTHING'
      : `DO UPDATE SET (${others.join(', ')}) = ${rowOf('excluded', others)}
        WHERE (${key.map((column) => `${table}.${column}`).join(', ')}) IN (SELECT ${keys} FROM changed)`;
  // xmax is zero in a row that this statement inserted.
  return `WITH changed AS MATERIALIZED (SELECT ${keys} FROM jsonb_populate_recordset(NULL::${table}, $2::jsonb)),
  written AS (
    INSERT INTO ${table} (${names})
    SELECT ${names} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)
    ON CONFLICT (${keys}) ${onConflict} RETURNING ${keys}, xmax = 0 AS created
  )
  SELECT ${keys} FROM written WHERE created`;
}
