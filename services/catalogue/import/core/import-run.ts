import type { EntityManager } from 'typeorm';

import type { UpsertResult } from './upsert-rows.js';

/** What an import was: of tables at a start, of tables by the command, of publiccode.yml files. */
export type RunKind = 'START' | 'TABLES' | 'PUBLICCODE';

/** An import while it runs, within its transaction. */
export interface ImportRun {
  /** Remembers that this run wrote these rows last, or found them as they are in its tables. */
  readonly recordRows: (rows: UpsertResult) => Promise<void>;
  /** Keeps its report. */
  readonly finish: (report: object) => Promise<void>;
}

/** The lock of imports: of two at once, one waits for the other. */
export const lockImports = (manager: EntityManager): Promise<unknown> =>
  manager.query(`SELECT pg_advisory_xact_lock(hashtext('reuse-graph import'))`);

/** The digest of what was last imported at a start. */
export async function findLastDigest(manager: EntityManager): Promise<string | undefined> {
  const [last]: { digest: string }[] = await manager.query(
    `SELECT digest FROM import_run WHERE kind = 'START' ORDER BY id DESC LIMIT 1`,
  );
  return last?.digest;
}

/** Begins a run. `digest` tells what it imports from anything else. */
export async function startRun(manager: EntityManager, kind: RunKind, digest: string): Promise<ImportRun> {
  const [{ id } = { id: 0 }]: { id: number }[] = await manager.query(
    `INSERT INTO import_run (kind, digest, report) VALUES ($1, $2, '{}') RETURNING id`,
    [kind, digest],
  );
  const remember = (ids: readonly string[], onConflict: string): Promise<unknown> =>
    manager.query(
      `INSERT INTO imported_row (id, run) SELECT id, $2 FROM unnest($1::text[]) AS given (id)
      ON CONFLICT (id) DO ${onConflict}`,
      [ids, id],
    );
  return {
    recordRows: async ({ created, changed, unchanged }) => {
      await remember([...created, ...changed.map(({ key }) => key)], 'UPDATE SET run = excluded.run');
      await remember(unchanged, 'NOTHING');
    },
    finish: async (report) => {
      await manager.query('UPDATE import_run SET report = $2 WHERE id = $1', [id, report]);
    },
  };
}
