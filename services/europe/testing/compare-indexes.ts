import type { Query } from '../index-database.js';

/** Every row of every table of an index, as text. */
export type IndexRows = ReadonlyMap<string, readonly string[]>;

/** The feed of changed solutions depends on how often a feed was read, and so do segments, which `model.test.ts` compares by searching. */
const comparedTables = `table_name NOT IN (
  'migrations', 'solution_change', 'segment', 'slot', 'segment_word', 'segment_facet', 'unsettled_solution')`;

/** Columns of which the values depend on how a feed was read, so two indexes of the same feeds may differ in them. */
const readState = ['cursor', 'read_at', 'problem', 'entries_before', 'statements_before', 'counted_at'];

/** Reads all columns of all tables of an index, to compare it with another one. For small indexes: it is read into memory. */
export async function readIndex(query: Query): Promise<IndexRows> {
  const tables = await query<{ name: string }>(
    `SELECT table_name AS name FROM (SELECT relname AS table_name FROM pg_class
      WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace) tables
    WHERE ${comparedTables} ORDER BY 1`,
  );
  // In one statement: there are many tables, most of them with few rows.
  const selections = tables.map(({ name }) => {
    const ignored = { catalogue: '$1::text[]', index_state: '$2::text[]' }[name];
    const content = ignored === undefined ? 'to_jsonb(t)' : `to_jsonb(t) - ${ignored}`;
    return `SELECT '${name}' AS name,
      array(SELECT row FROM (SELECT (${content})::text AS row FROM "${name}" t) compared ORDER BY row COLLATE "C") AS rows`;
  });
  const found = await query<{ name: string; rows: string[] }>(selections.join(' UNION ALL '), [
    readState,
    ['feed_id', 'segments'],
  ]);
  return new Map(found.map(({ name, rows }) => [name, rows]));
}

/** The rows that only one of two indexes has: `solution: only followed: {…}`. Empty if they are equal. */
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

/** The rows that `rows` has and `others` lacks, each as often as the difference. */
function rowsMissingFrom(rows: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const row of others) left.set(row, (left.get(row) ?? 0) + 1);
  return rows.filter((row) => {
    const count = left.get(row) ?? 0;
    left.set(row, count - 1);
    return count <= 0;
  });
}

/** Replaces what an index has observed of claims by what another one has: the two were not always read at the same moments. */
export async function copyClaims(from: Query, to: Query): Promise<void> {
  for (const table of ['claiming_country', 'address_claim']) {
    const [{ rows } = { rows: [] }] = await from<{ rows: unknown }>(
      `SELECT coalesce(jsonb_agg(to_jsonb(t)), '[]') AS rows FROM ${table} t`,
    );
    await to(`DELETE FROM ${table}`);
    await to(`INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`, [
      JSON.stringify(rows),
    ]);
  }
}
