import type { Query } from '../index-database.js';

/** Every row of every table of an index, as text. */
export type IndexRows = ReadonlyMap<string, readonly string[]>;

/** When and up to where a feed was read: what two indexes of the same feeds may have differently. */
const readState = ['cursor', 'read_at', 'failed_since'];

/** Reads a whole index, all columns of all tables, to hold it against another. For tests: it takes as much memory as it is large. */
export async function readIndex(query: Query): Promise<IndexRows> {
  const tables = await query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> 'migrations' ORDER BY 1`,
  );
  const rows = new Map<string, readonly string[]>();
  for (const { name } of tables) {
    const found = await query<{ row: string }>(
      `SELECT row FROM (SELECT (to_jsonb(t) - $1::text[])::text AS row FROM "${name}" t) written ORDER BY row COLLATE "C"`,
      [name === 'catalogue' ? readState : []],
    );
    rows.set(
      name,
      found.map(({ row }) => row),
    );
  }
  return rows;
}

/** Names the rows that only one of two indexes has: `solution: only followed: {…}`. Nothing where they are the same. */
export function differencesBetween(followed: IndexRows, rebuilt: IndexRows): string[] {
  const tables = [...new Set([...followed.keys(), ...rebuilt.keys()])].sort();
  return tables.flatMap((table) => {
    const [one, other] = [followed.get(table) ?? [], rebuilt.get(table) ?? []];
    return [
      ...rowsMissingFrom(one, other).map((row) => `${table}: only followed: ${row}`),
      ...rowsMissingFrom(other, one).map((row) => `${table}: only rebuilt: ${row}`),
    ];
  });
}

/** Each row as often as the one list has it more often than the other. */
function rowsMissingFrom(rows: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const row of others) left.set(row, (left.get(row) ?? 0) + 1);
  return rows.filter((row) => {
    const count = left.get(row) ?? 0;
    left.set(row, count - 1);
    return count <= 0;
  });
}
