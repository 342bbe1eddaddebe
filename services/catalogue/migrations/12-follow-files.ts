import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which publiccode.yml file a record was read from, so that files that disappeared or name another address are noticed, and
 * whether the file was valid by the standard. Null for what tables and editors wrote, or an earlier release imported.
 */
export class FollowFiles1765100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE imported_row ADD COLUMN file text, ADD COLUMN list text`);
    await runner.query(`ALTER TABLE catalogue_record ADD COLUMN valid_by_standard boolean`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE catalogue_record DROP COLUMN valid_by_standard`);
    await runner.query(`ALTER TABLE imported_row DROP COLUMN list, DROP COLUMN file`);
  }
}
