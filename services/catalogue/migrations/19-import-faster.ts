import type { MigrationInterface, QueryRunner } from 'typeorm';

import { numberChanges } from './13-import-at-scale.js';

const isNotNumbered = `DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.number IS NULL`;
const createTrigger = (condition: string): string =>
  `CREATE CONSTRAINT TRIGGER number_changes AFTER INSERT OR UPDATE ON change ${condition}) EXECUTE FUNCTION number_changes()`;

/**
 * The trigger that numbers the entries of the feed at COMMIT runs once for a transaction: for the first of its entries. It ran for
 * each of them. That entries await their number is a setting of the transaction, which is rolled back to a savepoint with them.
 *
 * The unique index of the numbers finds entries without one too, so that one index less is written. And that a row's run exists
 * is not checked for each row: the run is a row of the same transaction, and no service can remove runs.
 */
export class ImportFaster1765800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION is_first_change() RETURNS boolean LANGUAGE plpgsql AS $$
      BEGIN
        IF pg_catalog.current_setting('reuse_graph.awaits_numbers', true) = 'yes' THEN RETURN false; END IF;
        PERFORM pg_catalog.set_config('reuse_graph.awaits_numbers', 'yes', true);
        RETURN true;
      END $$`);
    await runner.query(`
      CREATE OR REPLACE FUNCTION number_changes() RETURNS trigger LANGUAGE plpgsql
      SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
      DECLARE amount bigint; last bigint;
      BEGIN
        PERFORM set_config('reuse_graph.awaits_numbers', 'no', true);
        SELECT count(*) INTO amount FROM change WHERE number IS NULL;
        IF amount > 0 THEN
          UPDATE feed SET last_number = last_number + amount RETURNING last_number INTO last;
          UPDATE change SET number = last - amount + numbered.place
          FROM (SELECT ctid AS entry, row_number() OVER (ORDER BY subject, subject_id) AS place FROM change WHERE number IS NULL) numbered
          WHERE change.ctid = numbered.entry;
        END IF;
        RETURN NULL;
      END $$`);
    await runner.query('DROP TRIGGER number_changes ON change');
    await runner.query(createTrigger(`${isNotNumbered} AND is_first_change()`));
    await runner.query('DROP INDEX change_without_number');
    await runner.query('ALTER TABLE imported_row DROP CONSTRAINT imported_row_run_fkey');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE imported_row ADD CONSTRAINT imported_row_run_fkey FOREIGN KEY (run) REFERENCES import_run (id)',
    );
    await runner.query('CREATE INDEX change_without_number ON change (subject) WHERE number IS NULL');
    await runner.query('DROP TRIGGER number_changes ON change');
    await runner.query(createTrigger(isNotNumbered));
    await runner.query(
      numberChanges(`(SELECT number IS NULL FROM change WHERE subject = NEW.subject AND subject_id = NEW.subject_id)`),
    );
    await runner.query('DROP FUNCTION is_first_change');
  }
}
