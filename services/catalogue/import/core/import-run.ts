import type { EntityManager } from 'typeorm';

import type { UpsertResult } from './upsert-rows.js';

/** The kind of an import: of tables at a start, of tables by the command, or of publiccode.yml files. */
export type RunKind = 'START' | 'TABLES' | 'PUBLICCODE';

/** An import in progress, within its transaction. */
export interface ImportRun {
  /** Records that this run wrote these rows, or found them unchanged. */
  readonly recordRows: (rows: UpsertResult) => Promise<void>;
  /** Saves the report. */
  readonly finish: (report: object) => Promise<void>;
}

/** Waits for another import in progress, so that imports run one after the other. */
export const lockImports = (manager: EntityManager): Promise<unknown> =>
  manager.query(`SELECT pg_advisory_xact_lock(hashtext('reuse-graph import'))`);

/** The digest of the last import at a start. */
export async function findLastDigest(manager: EntityManager): Promise<string | undefined> {
  const [last]: { digest: string }[] = await manager.query(
    `SELECT digest FROM import_run WHERE kind = 'START' ORDER BY id DESC LIMIT 1`,
  );
  return last?.digest;
}

/** Starts a run. `digest` identifies the content of its files. */
export async function startRun(manager: EntityManager, kind: RunKind, digest: string): Promise<ImportRun> {
  const [{ id } = { id: 0 }]: { id: number }[] = await manager.query(
    `INSERT INTO import_run (kind, digest, report) VALUES ($1, $2, '{}') RETURNING id`,
    [kind, digest],
  );
  const recordIds = (ids: readonly string[], onConflict: string): Promise<unknown> =>
    manager.query(
      `INSERT INTO imported_row (id, run) SELECT id, $2 FROM unnest($1::text[]) AS row (id)
      ON CONFLICT (id) DO ${onConflict}`,
      [ids, id],
    );
  return {
    recordRows: async ({ created, changed, unchanged }) => {
      await recordIds([...created, ...changed.map(({ key }) => key)], 'UPDATE SET run = excluded.run');
      await recordIds(unchanged, 'NOTHING');
    },
    finish: async (report) => {
      await manager.query('UPDATE import_run SET report = $2 WHERE id = $1', [id, report]);
    },
  };
}
