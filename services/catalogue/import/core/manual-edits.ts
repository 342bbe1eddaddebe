import type { EntityManager, EntitySchema } from 'typeorm';

/**
 * Finds the rows that an editor changed after an import last wrote them, and whether each of them still exists: an editor can
 * have withdrawn it.
 */
export async function findEditedRows<Row extends object>(
  manager: EntityManager,
  entity: EntitySchema<Row>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, boolean>> {
  const rows: { id: string; exists: boolean }[] = await manager.query(
    `SELECT edit.id, EXISTS (SELECT FROM ${entity.options.name} t WHERE t.id = edit.id) AS "exists"
    FROM (SELECT subject_id AS id, max(at) AS at FROM audit_entry WHERE subject_id = ANY ($1) GROUP BY subject_id) edit
    LEFT JOIN imported_row i ON i.id = edit.id LEFT JOIN import_run r ON r.id = i.run
    WHERE r.at IS NULL OR r.at < edit.at`,
    [ids],
  );
  return new Map(rows.map(({ id, exists }) => [id, exists]));
}
