import type { EntityManager, EntitySchema } from 'typeorm';

/**
 * Which of these rows somebody edited after an import last wrote them, and whether such a row is still there: an editor may
 * have taken it away.
 */
export async function findEditedRows<Row extends object>(
  manager: EntityManager,
  entity: EntitySchema<Row>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, boolean>> {
  const rows: { id: string; isThere: boolean }[] = await manager.query(
    `SELECT edit.id, EXISTS (SELECT FROM ${entity.options.name} t WHERE t.id = edit.id) AS "isThere"
    FROM (SELECT subject_id AS id, max(at) AS at FROM audit_entry WHERE subject_id = ANY ($1) GROUP BY subject_id) edit
    LEFT JOIN imported_row i ON i.id = edit.id LEFT JOIN import_run r ON r.id = i.run
    WHERE r.at IS NULL OR r.at < edit.at`,
    [ids],
  );
  return new Map(rows.map(({ id, isThere }) => [id, isThere]));
}
