import type { MigrationInterface, QueryRunner } from 'typeorm';

import { id } from './columns.js';

/** Whether a consortium is active or in dissolution, with the source; and of which solution another one is a part. */
export class AddStatusAndParts1765400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE organisation
        ADD COLUMN status text CHECK (status IN ('ACTIVE', 'IN_DISSOLUTION')),
        ADD COLUMN status_provenance jsonb,
        ADD CHECK ((status IS NULL) = (status_provenance IS NULL))`);
    await runner.query(`ALTER TABLE catalogue_record ADD COLUMN part_of ${id}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE catalogue_record DROP COLUMN part_of`);
    await runner.query(`ALTER TABLE organisation DROP COLUMN status, DROP COLUMN status_provenance`);
  }
}
