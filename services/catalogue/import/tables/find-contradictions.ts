import type { EntityManager } from 'typeorm';

import { contradictions } from './contradictions.js';
import type { Problem } from '../core/problem.js';
import type { Table } from './table-definitions.js';

/**
 * Finds rows of an import that contradict other rows of it or of the catalogue, by the same checks as `npm run quality`.
 *
 * @param linesOf the lines of a table's rows by their keys; undefined if the import has no such table.
 */
export async function findContradictions(
  manager: EntityManager,
  linesOf: (table: Table) => ReadonlyMap<string, number> | undefined,
): Promise<Problem[]> {
  const found: Problem[] = [];
  for (const { table, select, remedy } of contradictions) {
    const lines = linesOf(table);
    if (lines === undefined || lines.size === 0) continue;
    const rows: { key: string; column: string | null; detail: string }[] = await manager.query(
      `SELECT key, "column", detail FROM (${select}) found WHERE key = ANY ($1)`,
      [[...lines.keys()]],
    );
    found.push(
      ...rows
        .map(({ key, column, detail }) => ({
          file: table.file,
          line: lines.get(key) ?? 1,
          column,
          message: `${detail}: ${remedy}`,
        }))
        .sort((left, right) => left.line - right.line),
    );
  }
  return found;
}
