/** A row as the database has it: values by column. */
export type StoredRow = Readonly<Record<string, unknown>>;

/** A row that is written over: by column what it said and what it says. Within a JSON column, by its fields. */
export interface RowChange {
  readonly key: string;
  readonly columns: Readonly<Record<string, readonly [from: unknown, to: unknown]>>;
}

/** What follows from other columns. */
const derivedColumns = new Set(['sort_name', 'search_text']);

/** By which of these columns two versions of a row differ. */
export const diffRows = (key: string, before: StoredRow, after: StoredRow, columns: readonly string[]): RowChange => ({
  key,
  columns: Object.fromEntries(
    columns
      .filter((column) => !derivedColumns.has(column))
      .flatMap((column) => differences(column, before[column] ?? null, after[column] ?? null)),
  ),
});

function differences(name: string, from: unknown, to: unknown): [string, readonly [unknown, unknown]][] {
  // PostgreSQL writes equal JSON alike.
  if (JSON.stringify(from) === JSON.stringify(to)) return [];
  if (!isObject(from) || !isObject(to)) return [[name, [from, to]]];
  const fields = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return fields.flatMap((field) => differences(`${name}.${field}`, from[field] ?? null, to[field] ?? null));
}

const isObject = (value: unknown): value is StoredRow =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
