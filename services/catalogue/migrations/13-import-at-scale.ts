import type { MigrationInterface, QueryRunner } from 'typeorm';

const asOwner = 'SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp';

/**
 * Imports of hundreds of thousands of rows.
 *
 * The trigger that numbers the entries of the feed runs once for each of them at COMMIT. It looked for an entry without a number by
 * a condition for which PostgreSQL may choose the index of such entries, which then contains every entry that the transaction has
 * numbered already: COMMIT was quadratic. It now reads its entry by the primary key.
 *
 * Statistics of a table are updated by its owner alone before PostgreSQL 17; an import runs with the role of the service.
 */
export class ImportAtScale1765200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      numberChanges(`(SELECT number IS NULL FROM change WHERE subject = NEW.subject AND subject_id = NEW.subject_id)`),
    );
    await runner.query(`
      CREATE FUNCTION analyze_tables(names text[]) RETURNS void LANGUAGE plpgsql ${asOwner} AS $$
      DECLARE name text;
      BEGIN
        FOREACH name IN ARRAY names LOOP EXECUTE format('ANALYZE public.%I', name); END LOOP;
      END $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION analyze_tables');
    await runner.query(
      numberChanges(
        `EXISTS (SELECT FROM change WHERE subject = NEW.subject AND subject_id = NEW.subject_id AND number IS NULL)`,
      ),
    );
  }
}

/** As in 3-add-change-feed.ts: the first of a transaction's entries numbers them all. */
export const numberChanges = (hasNoNumber: string): string => `
  CREATE OR REPLACE FUNCTION number_changes() RETURNS trigger LANGUAGE plpgsql ${asOwner} AS $$
  DECLARE amount bigint; last bigint;
  BEGIN
    IF ${hasNoNumber} THEN
      SELECT count(*) INTO amount FROM change WHERE number IS NULL;
      UPDATE feed SET last_number = last_number + amount RETURNING last_number INTO last;
      UPDATE change SET number = last - amount + numbered.place
      FROM (SELECT subject, subject_id, row_number() OVER (ORDER BY subject, subject_id) AS place FROM change WHERE number IS NULL) numbered
      WHERE change.subject = numbered.subject AND change.subject_id = numbered.subject_id;
    END IF;
    RETURN NULL;
  END $$`;
