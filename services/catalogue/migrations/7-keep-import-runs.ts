import type { MigrationInterface, QueryRunner } from 'typeorm';

import { id } from './columns.js';

/** Which import wrote a row last: this identifies rows that are missing from their table, and rows that were edited since. */
export class KeepImportRuns1764600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE import_run
        ADD COLUMN kind text NOT NULL DEFAULT 'START' CHECK (kind IN ('START', 'TABLES', 'PUBLICCODE'))`);
    // An id belongs to one kind of row: `dk:membership:os2-0820`.
    await runner.query(`
      CREATE TABLE imported_row (
        id ${id} PRIMARY KEY,
        run integer NOT NULL REFERENCES import_run
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE imported_row`);
    await runner.query(`ALTER TABLE import_run DROP COLUMN kind`);
  }
}
