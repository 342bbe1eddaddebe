import { columnList } from '../sql-fragments.js';
import type { Run } from './exclusive-transaction.js';

const supplyColumns = [
  'statement_id',
  'name_key',
  'country',
  'identifier',
  'address',
  'client_id',
  'supplier',
  'provenance',
];

/** What contracts and records state about suppliers. */
const statementsSql = `
  SELECT c.id AS statement_id, c.supplier ->> 'key' AS name_key, c.country, c.identifier, c.address, c.client_id, c.supplier,
    c.content -> 'provenance' AS provenance
  FROM contract c WHERE c.supplier IS NOT NULL AND c.id = ANY ($1)
  UNION ALL SELECT r.id, supplier ->> 'key', r.country, NULL, r.address, NULL, supplier, r.content -> 'provenance'
  FROM catalogue_record r CROSS JOIN LATERAL jsonb_array_elements(r.content -> 'suppliers') AS supplier WHERE r.id = ANY ($1)`;

/**
 * Derives the suppliers that these contracts and records name, or named before. Statements with the same code are about one
 * supplier. A statement without a code is about the supplier of the only code that other statements give this name, else about
 * the supplier of that name.
 */
export async function deriveSuppliers(run: Run, statementIds: readonly string[]): Promise<void> {
  if (statementIds.length === 0) return;
  const find = (): Promise<{ name: string; supplier: string }[]> =>
    run(`SELECT DISTINCT name_key AS name, supplier_id AS supplier FROM supply WHERE statement_id = ANY ($1)`, [
      statementIds,
    ]);
  const before = await find();
  await run(
    `WITH stated AS MATERIALIZED (${statementsSql})
    DELETE FROM supply WHERE statement_id = ANY ($1) AND (statement_id, name_key) NOT IN (SELECT statement_id, name_key FROM stated)`,
    [statementIds],
  );
  await run(
    `INSERT INTO supply (${columnList(supplyColumns)}, supplier_id)
    SELECT ${columnList(supplyColumns)}, 'supplier:' || coalesce(identifier, name_key) FROM (${statementsSql}) stated
    ON CONFLICT (statement_id, name_key)
    DO UPDATE SET (${columnList(supplyColumns)}) = ROW (${columnList(supplyColumns, 'excluded')})
    WHERE (${columnList(supplyColumns, 'supply')}) IS DISTINCT FROM (${columnList(supplyColumns, 'excluded')})`,
    [statementIds],
  );
  const after = await find();
  const names = [...new Set([...before, ...after].map(({ name }) => name))];
  if (names.length === 0) return;
  const identified = await identifySuppliers(run, names);
  await writeSuppliers(run, [...new Set([...before, ...after].map(({ supplier }) => supplier).concat(identified))]);
}

/** Finds out which supplier the statements with these names are about. Returns the suppliers that gained or lost one. */
async function identifySuppliers(run: Run, names: readonly string[]): Promise<string[]> {
  const changed = await run<{ before: string; after: string }>(
    `WITH known AS (
      SELECT name_key, min(identifier) AS identifier FROM supply
      WHERE name_key = ANY ($1) AND identifier IS NOT NULL GROUP BY name_key HAVING count(DISTINCT identifier) = 1
    ), identified AS MATERIALIZED (
      SELECT s.statement_id, s.name_key, s.supplier_id AS before,
        'supplier:' || coalesce(s.identifier, known.identifier, s.name_key) AS after
      FROM supply s LEFT JOIN known USING (name_key) WHERE s.name_key = ANY ($1)
    ), written AS (
      UPDATE supply s SET supplier_id = i.after FROM identified i
      WHERE s.statement_id = i.statement_id AND s.name_key = i.name_key AND i.before <> i.after
    )
    SELECT before, after FROM identified WHERE before <> after`,
    [names],
  );
  return changed.flatMap(({ before, after }) => [before, after]);
}

const supplierColumns = ['name', 'names', 'identifiers', 'countries', 'sort_name', 'search_text'];

/** Writes these suppliers as their statements are; one without a statement is deleted. */
async function writeSuppliers(run: Run, ids: readonly string[]): Promise<void> {
  await run(
    `DELETE FROM supplier WHERE id = ANY ($1) AND NOT EXISTS (SELECT FROM supply s WHERE s.supplier_id = supplier.id)`,
    [ids],
  );
  await run(
    `INSERT INTO supplier (id, ${columnList(supplierColumns)})
    SELECT requested.id, chosen.name, stated.*, chosen.sort_name, stated_texts.search_text
    FROM unnest($1::text[]) AS requested (id)
    CROSS JOIN LATERAL (
      SELECT (s.supplier ->> 'name') COLLATE "C" AS name, min(s.supplier ->> 'sortName') AS sort_name FROM supply s
      WHERE s.supplier_id = requested.id GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1
    ) chosen
    CROSS JOIN LATERAL (
      SELECT array_agg(DISTINCT (s.supplier ->> 'name') COLLATE "C" ORDER BY (s.supplier ->> 'name') COLLATE "C") AS names,
        coalesce(array_agg(DISTINCT s.identifier ORDER BY s.identifier) FILTER (WHERE s.identifier IS NOT NULL), '{}') AS identifiers,
        array_agg(DISTINCT s.country ORDER BY s.country) AS countries
      FROM supply s WHERE s.supplier_id = requested.id
    ) stated
    CROSS JOIN LATERAL (
      SELECT string_agg(texts.search_text, ' ' ORDER BY texts.search_text COLLATE "C") AS search_text
      FROM (SELECT DISTINCT s.supplier ->> 'searchText' AS search_text FROM supply s WHERE s.supplier_id = requested.id) texts
    ) stated_texts
    ON CONFLICT (id) DO UPDATE SET (${columnList(supplierColumns)}) = ROW (${columnList(supplierColumns, 'excluded')})
    WHERE (${columnList(supplierColumns, 'supplier')}) IS DISTINCT FROM (${columnList(supplierColumns, 'excluded')})`,
    [ids],
  );
}
