/** A row of the database: values by column. */
export type StoredRow = Readonly<Record<string, unknown>>;

/** The change of a row: the old and new value by column; in a JSON column, by field, such as `provenance.note`. */
export interface RowChange {
  readonly key: string;
  readonly columns: Readonly<Record<string, readonly [from: unknown, to: unknown]>>;
}

/** Columns that follow from others. */
const derivedColumns = new Set(['sort_name', 'search_text']);

/** Compares two versions of a row by these columns. */
export const diffRows = (key: string, before: StoredRow, after: StoredRow, columns: readonly string[]): RowChange => ({
  key,
  columns: Object.fromEntries(
    columns
      .filter((column) => !derivedColumns.has(column))
      .flatMap((column) => differences(column, before[column] ?? null, after[column] ?? null)),
  ),
});

function differences(name: string, from: unknown, to: unknown): [string, readonly [unknown, unknown]][] {
  // PostgreSQL prints equal JSON values as equal texts.
  if (JSON.stringify(from) === JSON.stringify(to)) return [];
  if (!isObject(from) || !isObject(to)) return [[name, [from, to]]];
  const fields = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return fields.flatMap((field) => differences(`${name}.${field}`, from[field] ?? null, to[field] ?? null));
}

const isObject = (value: unknown): value is StoredRow =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
