import type { MigrationInterface, QueryRunner } from 'typeorm';

import { id } from './columns.js';

/** The tables in which a subject changes, and the column of each that identifies the subject. */
const watched: readonly {
  readonly table: string;
  readonly column: string;
  readonly subject?: string;
}[] = [
  // Without a subject: an administration or a consortium, by the type of the organisation itself.
  { table: 'identifier', column: 'organisation_id' },
  { table: 'population', column: 'organisation_id' },
  { table: 'succession', column: 'predecessor_id' },
  { table: 'succession', column: 'successor_id' },
  { table: 'membership', column: 'id', subject: 'MEMBERSHIP' },
  { table: 'claim', column: 'id', subject: 'CLAIM' },
  { table: 'catalogue_record', column: 'id', subject: 'RECORD' },
  { table: 'portfolio_entry', column: 'id', subject: 'PORTFOLIO' },
  { table: 'adoption', column: 'id', subject: 'ADOPTION' },
];

/** The rows that a statement changed, as (subject, subject_id); what has been deleted with its organisation is not changed. */
const changedRows = ({ column, subject }: (typeof watched)[number]): string =>
  subject
    ? `SELECT '${subject}', rows.${column} FROM rows`
    : `SELECT DISTINCT o.type, o.id FROM rows JOIN organisation o ON o.id = rows.${column}`;

/** Adds the subjects that a query selects to the feed. */
export const remember = (select: string, kind: 'UPSERT' | 'DELETE'): string => `
  INSERT INTO change (subject, subject_id, kind, at)
  SELECT found.*, '${kind}', now() FROM (${select}) found
  ON CONFLICT (subject, subject_id) DO UPDATE SET kind = excluded.kind, at = excluded.at, number = NULL
  WHERE change.number IS NOT NULL OR change.kind <> excluded.kind;`;

/**
 * The change feed. Triggers add an entry for every write to a table of the catalogue: by an import, a mutation, or by hand with
 * psql.
 *
 * Entries are numbered when their transaction commits, from a counter row that stays locked until it has. So the order of
 * numbers is the order of commits, and none can appear behind a reader. (A sequence would hand out numbers before that.)
 * Of each subject only the latest entry is kept: a reader from the start gets what exists, and erased data stays erased.
 */
export class AddChangeFeed1764200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE feed (id uuid NOT NULL DEFAULT gen_random_uuid(), last_number bigint NOT NULL DEFAULT 0)`,
    );
    await runner.query(`INSERT INTO feed DEFAULT VALUES`);
    await runner.query(`
      CREATE TABLE change (
        subject text NOT NULL,
        subject_id ${id} NOT NULL,
        kind text NOT NULL CHECK (kind IN ('UPSERT', 'DELETE')),
        at timestamptz NOT NULL,
        number bigint UNIQUE,
        PRIMARY KEY (subject, subject_id)
      )`);
    await runner.query(`CREATE INDEX change_without_number ON change (subject) WHERE number IS NULL`);
    await this.numberAtCommit(runner);

    for (const [index, source] of watched.entries()) {
      await this.watch(runner, source.table, `remember_${source.table}_${index}`, {
        changed: remember(changedRows(source), 'UPSERT'),
        deleted: remember(changedRows(source), source.subject ? 'DELETE' : 'UPSERT'),
      });
    }
    const organisations = 'SELECT rows.type, rows.id FROM rows';
    await this.watch(runner, 'organisation', 'remember_organisation', {
      changed: remember(organisations, 'UPSERT'),
      deleted: remember(organisations, 'DELETE'),
    });

    // What was there before the feed belongs to it too.
    await runner.query(remember('SELECT type, id FROM organisation', 'UPSERT'));
    for (const { table, subject } of watched) {
      if (subject) await runner.query(remember(`SELECT '${subject}', id FROM ${table}`, 'UPSERT'));
    }
  }

  /** The first of a transaction's entries that is numbered numbers them all: no other transaction sees them yet. */
  private async numberAtCommit(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION number_changes() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE amount bigint; last bigint;
      BEGIN
        IF EXISTS (SELECT FROM change WHERE subject = NEW.subject AND subject_id = NEW.subject_id AND number IS NULL) THEN
          SELECT count(*) INTO amount FROM change WHERE number IS NULL;
          UPDATE feed SET last_number = last_number + amount RETURNING last_number INTO last;
          UPDATE change SET number = last - amount + numbered.place
          FROM (SELECT subject, subject_id, row_number() OVER (ORDER BY subject, subject_id) AS place FROM change WHERE number IS NULL) numbered
          WHERE change.subject = numbered.subject AND change.subject_id = numbered.subject_id;
        END IF;
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE CONSTRAINT TRIGGER number_changes AFTER INSERT OR UPDATE ON change
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.number IS NULL) EXECUTE FUNCTION number_changes()`);
  }

  private async watch(
    runner: QueryRunner,
    table: string,
    name: string,
    does: { changed: string; deleted: string },
  ): Promise<void> {
    for (const [event, rows, body] of [
      ['INSERT', 'NEW', does.changed],
      ['UPDATE', 'NEW', does.changed],
      ['DELETE', 'OLD', does.deleted],
    ] as const) {
      const trigger = `${name}_${event.toLowerCase()}`;
      await runner.query(
        `CREATE FUNCTION ${trigger}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body} RETURN NULL; END $$`,
      );
      await runner.query(`
        CREATE TRIGGER ${trigger} AFTER ${event} ON ${table} REFERENCING ${rows} TABLE AS rows
        FOR EACH STATEMENT EXECUTE FUNCTION ${trigger}()`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [index, { table }] of watched.entries()) await this.unwatch(runner, table, `remember_${table}_${index}`);
    await this.unwatch(runner, 'organisation', 'remember_organisation');
    await runner.query(`DROP TABLE change, feed`);
    await runner.query(`DROP FUNCTION number_changes`);
  }

  private async unwatch(runner: QueryRunner, table: string, name: string): Promise<void> {
    for (const event of ['insert', 'update', 'delete']) {
      await runner.query(`DROP TRIGGER ${name}_${event} ON ${table}`);
      await runner.query(`DROP FUNCTION ${name}_${event}`);
    }
  }
}
