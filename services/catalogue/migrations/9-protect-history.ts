import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The change feed is written by its triggers alone: with the rights of the table's owner, so that the service needs none on it, and
 * can neither choose the number and the moment of an entry nor remove one. What the service may write of the audit trail, of
 * responses and of imports is in `schema-plan.ts`: never their ids and moments.
 */
export class ProtectHistory1764800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.alterFeedFunctions(runner, 'SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp');
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.alterFeedFunctions(runner, 'SECURITY INVOKER RESET search_path');
  }

  private async alterFeedFunctions(runner: QueryRunner, attributes: string): Promise<void> {
    const functions = (await runner.query(
      `SELECT proname AS name FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        AND (proname LIKE 'remember\\_%' OR proname = 'number_changes') ORDER BY proname`,
    )) as { name: string }[];
    for (const { name } of functions) await runner.query(`ALTER FUNCTION ${name}() ${attributes}`);
  }
}
