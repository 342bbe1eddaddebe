import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Other addresses of a record's solution, and since when the catalogue lists it. */
export class AddAliases1764300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE catalogue_record
        ADD COLUMN aliases text[] NOT NULL DEFAULT '{}',
        ADD COLUMN issued timestamptz NOT NULL DEFAULT now()`);
    // The day on which an existing record was first listed was not recorded; its feed entry shows that it was listed by then.
    await runner.query(`
      UPDATE catalogue_record r SET issued = c.at FROM change c WHERE c.subject = 'RECORD' AND c.subject_id = r.id`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE catalogue_record DROP COLUMN aliases, DROP COLUMN issued`);
  }
}
