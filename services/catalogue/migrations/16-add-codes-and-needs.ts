import type { MigrationInterface, QueryRunner } from 'typeorm';

import { remember } from './3-add-change-feed.js';
import { id, period } from './columns.js';

/** The tables that editors write and that are in the change feed, with their subjects. */
const tables = [
  ['code_list', 'CODE_LIST'],
  ['code', 'CODE'],
  ['code_mapping', 'CODE_MAPPING'],
  ['need', 'NEED'],
  ['need_holder', 'NEED_HOLDER'],
] as const;

/** Code lists with their codes and mappings, and needs with their holders. Records have codes. */
export class AddCodesAndNeeds1765500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.createCodes(runner);
    await this.createNeeds(runner);
    await runner.query(`ALTER TABLE catalogue_record ADD COLUMN codes text[] NOT NULL DEFAULT '{}'`);
    await runner.query(`CREATE INDEX catalogue_record_by_codes ON catalogue_record USING gin (codes)`);
    for (const [table, subject] of tables) await watchTable(runner, table, subject);
  }

  private async createCodes(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE code_list (
        id ${id} PRIMARY KEY,
        scheme ${id} NOT NULL UNIQUE,
        titles jsonb NOT NULL,
        version text,
        publisher text,
        licence text,
        url text,
        provenance jsonb NOT NULL,
        revision integer NOT NULL DEFAULT 1
      )`);
    await runner.query(`
      CREATE TABLE code (
        id ${id} PRIMARY KEY,
        scheme ${id} NOT NULL REFERENCES code_list (scheme) ON DELETE CASCADE,
        notation ${id} NOT NULL,
        labels jsonb NOT NULL,
        broader ${id},
        provenance jsonb NOT NULL,
        search_text text NOT NULL,
        revision integer NOT NULL DEFAULT 1,
        UNIQUE (scheme, notation)
      )`);
    await runner.query(`CREATE INDEX code_by_broader ON code (scheme, broader)`);
    // The target, and the code of another list, may be of a catalogue abroad, where no foreign key reaches.
    await runner.query(`
      CREATE TABLE code_mapping (
        id ${id} PRIMARY KEY,
        scheme ${id} NOT NULL,
        notation ${id} NOT NULL,
        relation text NOT NULL CHECK (relation IN ('EXACT', 'CLOSE', 'BROADER', 'NARROWER', 'RELATED')),
        to_scheme ${id},
        to_notation ${id},
        topic ${id},
        provenance jsonb NOT NULL,
        revision integer NOT NULL DEFAULT 1,
        CHECK ((to_scheme IS NULL) = (to_notation IS NULL) AND (to_scheme IS NULL) <> (topic IS NULL))
      )`);
    await runner.query(`CREATE INDEX code_mapping_by_code ON code_mapping (scheme, notation)`);
  }

  private async createNeeds(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE need (
        id ${id} PRIMARY KEY,
        statements jsonb NOT NULL,
        codes text[] NOT NULL,
        legal_basis text,
        url text,
        provenance jsonb NOT NULL,
        sort_name ${id} NOT NULL,
        search_text text NOT NULL,
        revision integer NOT NULL DEFAULT 1
      )`);
    await runner.query(`CREATE INDEX need_by_name ON need (sort_name, id)`);
    await runner.query(`CREATE INDEX need_by_codes ON need USING gin (codes)`);
    // The holder may be abroad, where no foreign key reaches.
    await runner.query(`
      CREATE TABLE need_holder (
        id ${id} PRIMARY KEY,
        need_id ${id} NOT NULL REFERENCES need ON DELETE CASCADE,
        holder_id ${id},
        holders_kind text,
        holders_nuts ${id},
        state text NOT NULL CHECK (state IN ('STATED', 'FUNDED', 'TENDERED', 'MET', 'WITHDRAWN')),
        ${period},
        amount numeric CHECK (amount >= 0),
        currency text,
        met_by text[] NOT NULL,
        raw_name text,
        observed_on date,
        provenance jsonb NOT NULL,
        revision integer NOT NULL DEFAULT 1,
        CHECK ((amount IS NULL) = (currency IS NULL)),
        CHECK ((holders_kind IS NULL) = (holders_nuts IS NULL)),
        CHECK (holder_id IS NULL OR holders_kind IS NULL),
        CHECK (coalesce(holder_id, holders_kind, raw_name) IS NOT NULL),
        CHECK (coalesce(start_date, observed_on) IS NOT NULL)
      )`);
    // No statement looks into it, and statistics of JSON take longer than those of all other columns.
    await runner.query(`ALTER TABLE need_holder ALTER COLUMN provenance SET STATISTICS 0`);
    await runner.query(`CREATE INDEX need_holder_by_need ON need_holder (need_id, id)`);
    await runner.query(`CREATE INDEX need_holder_by_holder ON need_holder (holder_id, need_id, id)`);
    await runner.query(`CREATE INDEX need_holder_rule ON need_holder (need_id, id) WHERE holders_kind IS NOT NULL`);
    // When a statement counts, as adoptions do: never outside the life of the holder.
    await runner.query(`
      CREATE VIEW counted_need_holder AS
      SELECT h.*,
        greatest(coalesce(h.start_date, h.observed_on), b.start_date) AS counts_from,
        least(coalesce(h.end_date, CASE WHEN h.ended THEN coalesce(h.observed_on, h.start_date) END), b.end_date) AS counts_until,
        coalesce(h.holders_nuts, b.nuts) AS nuts
      FROM need_holder h LEFT JOIN organisation b ON b.id = h.holder_id`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP VIEW counted_need_holder`);
    await runner.query(`ALTER TABLE catalogue_record DROP COLUMN codes`);
    await runner.query(`DROP TABLE need_holder, need, code_mapping, code, code_list`);
    for (const [table, subject] of tables) await unwatchTable(runner, table, subject);
  }
}

/** What a statement wrote, by its kind. */
export const eventRows = { INSERT: 'NEW', UPDATE: 'NEW', DELETE: 'OLD' } as const;

/**
 * Counts the revisions of a table's rows, and adds an entry to the change feed for each row that a statement writes, as
 * 3-add-change-feed.ts, 6-add-writes.ts and 9-protect-history.ts do for older tables.
 */
export async function watchTable(runner: QueryRunner, table: string, subject: string): Promise<void> {
  await runner.query(`
    CREATE TRIGGER count_revision BEFORE UPDATE ON ${table}
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION count_revision()`);
  for (const [event, rows] of Object.entries(eventRows)) {
    const trigger = `remember_${table}_${event.toLowerCase()}`;
    const kind = event === 'DELETE' ? 'DELETE' : 'UPSERT';
    await runner.query(`
      CREATE FUNCTION ${trigger}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
      SET search_path = pg_catalog, public, pg_temp AS $$
      BEGIN ${remember(`SELECT '${subject}', rows.id FROM rows`, kind)} RETURN NULL; END $$`);
    await runner.query(`
      CREATE TRIGGER ${trigger} AFTER ${event} ON ${table} REFERENCING ${rows} TABLE AS rows
      FOR EACH STATEMENT EXECUTE FUNCTION ${trigger}()`);
  }
}

/** Removes what `watchTable` created, and the table's entries from the change feed; the table itself is dropped before. */
export async function unwatchTable(runner: QueryRunner, table: string, subject: string): Promise<void> {
  for (const event of Object.keys(eventRows))
    await runner.query(`DROP FUNCTION remember_${table}_${event.toLowerCase()}`);
  await runner.query(`DELETE FROM change WHERE subject = '${subject}'`);
}
