import type { MigrationInterface, QueryRunner } from 'typeorm';

import { defineCountedViews } from './5-end-what-ended.js';
import { id } from './columns.js';

/** The tables whose rows editors change. Claims are not among them: they are only ever added. */
const edited = ['organisation', 'membership', 'catalogue_record', 'portfolio_entry', 'adoption'];

/**
 * What logged-in editors need: the revision of a row, which prevents lost updates; the audit trail; and the responses to mutations,
 * for requests that are repeated.
 */
export class AddWrites1764500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.countRevisions(runner);

    // An entry is of the moment in which it is written: a transaction may have begun before an import for which it waited.
    // `subject` and `subject_id` are as in `change`. `concerns` has the ids of the organisations that the entry concerns, and
    // the subject's own.
    await runner.query(`
      CREATE TABLE audit_entry (
        id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
        at timestamptz NOT NULL DEFAULT clock_timestamp(),
        issuer text NOT NULL,
        editor text NOT NULL,
        mutation text NOT NULL,
        subject text NOT NULL,
        subject_id ${id} NOT NULL,
        concerns text[] NOT NULL,
        before jsonb,
        after jsonb,
        reason text NOT NULL,
        CHECK (coalesce(before, after) IS NOT NULL)
      )`);
    await runner.query(`CREATE INDEX audit_entry_by_subject ON audit_entry (subject, subject_id)`);
    await runner.query(`CREATE INDEX audit_entry_by_concern ON audit_entry USING gin (concerns)`);
    await runner.query(`
      CREATE FUNCTION keep_audit_trail() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'An entry of the audit trail is never changed or removed.'; END $$`);
    await runner.query(`
      CREATE TRIGGER keep_audit_trail BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
      FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_trail()`);

    await runner.query(`
      CREATE TABLE given_answer (
        issuer text NOT NULL,
        editor text NOT NULL,
        idempotency_key text NOT NULL,
        question text NOT NULL,
        answer jsonb NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (issuer, editor, idempotency_key)
      )`);
  }

  /** Imports increase it too: an editor who read a row before any change of it has to read it again. */
  private async countRevisions(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION count_revision() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN NEW.revision := OLD.revision + 1; RETURN NEW; END $$`);
    // A view has the columns that its table had when it was made.
    await this.dropViews(runner);
    for (const table of edited) {
      await runner.query(`ALTER TABLE ${table} ADD COLUMN revision integer NOT NULL DEFAULT 1`);
      await runner.query(`
        CREATE TRIGGER count_revision BEFORE UPDATE ON ${table}
        FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION count_revision()`);
    }
    await defineCountedViews(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE given_answer, audit_entry`);
    await this.dropViews(runner);
    for (const table of edited) {
      await runner.query(`DROP TRIGGER count_revision ON ${table}`);
      await runner.query(`ALTER TABLE ${table} DROP COLUMN revision`);
    }
    await defineCountedViews(runner);
    await runner.query(`DROP FUNCTION count_revision, keep_audit_trail`);
  }

  private dropViews(runner: QueryRunner): Promise<unknown> {
    return runner.query(`DROP VIEW counted_membership, counted_adoption`);
  }
}
