import type { MigrationInterface, QueryRunner } from 'typeorm';

import { id } from './columns.js';

/** Which import wrote a row last: what tells a row that vanished from its table, and one that somebody edited since. */
export class KeepImportRuns1764600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE import_run
        ADD COLUMN kind text NOT NULL DEFAULT 'START' CHECK (kind IN ('START', 'TABLES', 'PUBLICCODE'))`);
    // Ids of one kind of thing are no other's: `dk:membership:os2-0820`.
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
