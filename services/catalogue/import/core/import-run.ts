import type { EntityManager } from 'typeorm';

import { analyzeAfter, type UpsertResult } from './upsert-rows.js';

/** The kind of an import: of tables at a start, of tables by the command, or of publiccode.yml files. */
export type RunKind = 'START' | 'TABLES' | 'PUBLICCODE';

/** Where a row was read: absolute paths. */
export interface FileOfRow {
  readonly file: string;
  /** The list that names the file. Null if the file, or a folder of it, was named. */
  readonly list: string | null;
}

/** An import in progress, within its transaction. */
export interface ImportRun {
  /** Records that this run wrote these rows, or found them unchanged, and the files that they were read from. */
  readonly recordRows: (rows: UpsertResult, files?: ReadonlyMap<string, FileOfRow>) => Promise<void>;
  /** Saves the report. */
  readonly finish: (report: object) => Promise<void>;
}

/** The digest of the last import at a start. */
export async function findLastDigest(manager: Pick<EntityManager, 'query'>): Promise<string | undefined> {
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
  const recordIds = async (
    ids: readonly string[],
    onConflict: string,
    files: ReadonlyMap<string, FileOfRow> = new Map(),
  ): Promise<void> => {
    if (ids.length === 0) return;
    await manager.query(
      `INSERT INTO imported_row AS stored (id, run, file, list)
      SELECT id, $2, file, list FROM unnest($1::text[], $3::text[], $4::text[]) AS row (id, file, list)
      ON CONFLICT (id) DO UPDATE SET ${onConflict}`,
      [ids, id, ids.map((rowId) => files.get(rowId)?.file), ids.map((rowId) => files.get(rowId)?.list)],
    );
  };
  const sameFile = '(stored.file, stored.list) IS NOT DISTINCT FROM (excluded.file, excluded.list)';
  return {
    recordRows: async ({ created, changed, unchanged }, files) => {
      const written = [...created, ...changed.map(({ key }) => key)];
      await recordIds(written, 'run = excluded.run, file = excluded.file, list = excluded.list', files);
      const onConflict = files
        ? `file = excluded.file, list = excluded.list WHERE NOT ${sameFile}`
        : 'run = stored.run WHERE false';
      await recordIds(unchanged, onConflict, files);
      await analyzeAfter(manager, created.length, 'imported_row');
    },
    finish: async (report) => {
      await manager.query('UPDATE import_run SET report = $2 WHERE id = $1', [id, report]);
    },
  };
}
