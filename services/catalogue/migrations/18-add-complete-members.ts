import type { MigrationInterface, QueryRunner } from 'typeorm';

/** For which days and kinds of member the list of members of a consortium is complete, if it is not complete ever since. */
export class AddCompleteMembers1765700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE organisation ADD COLUMN complete_members jsonb`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE organisation DROP COLUMN complete_members`);
  }
}
