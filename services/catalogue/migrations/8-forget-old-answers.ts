import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Deletes old responses: each new one deletes some that are older than thirty days. */
export class ForgetOldAnswers1764700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX given_answer_by_age ON given_answer (at)`);
    // With the rights of the table's owner: a service cannot delete responses otherwise. Rows that another transaction is
    // deleting are skipped.
    await runner.query(`
      CREATE FUNCTION forget_old_answers() RETURNS trigger LANGUAGE plpgsql
      SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
      BEGIN
        DELETE FROM given_answer WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM given_answer WHERE at < now() - interval '30 days' ORDER BY at LIMIT 100 FOR UPDATE SKIP LOCKED));
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER forget_old_answers AFTER INSERT ON given_answer
      FOR EACH STATEMENT EXECUTE FUNCTION forget_old_answers()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TRIGGER forget_old_answers ON given_answer`);
    await runner.query(`DROP FUNCTION forget_old_answers`);
    await runner.query(`DROP INDEX given_answer_by_age`);
  }
}
