import type { MigrationInterface, QueryRunner } from 'typeorm';

import { id, period } from './columns.js';

/** The tables of solutions: records, places in portfolios, adoptions. */
export class AddSolutions1764100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE catalogue_record (
        id ${id} PRIMARY KEY,
        address ${id} NOT NULL,
        kind text NOT NULL CHECK (kind IN ('SOFTWARE', 'SERVICE')),
        publisher_id ${id},
        publisher_name text,
        content jsonb NOT NULL,
        maintained_until date,
        issues jsonb NOT NULL,
        provenance jsonb NOT NULL,
        sort_name ${id} NOT NULL,
        search_text text NOT NULL
      )`);
    await runner.query(`CREATE INDEX catalogue_record_by_name ON catalogue_record (sort_name, id)`);
    await runner.query(`CREATE INDEX catalogue_record_by_publisher ON catalogue_record (publisher_id, sort_name, id)`);
    await runner.query(`CREATE INDEX catalogue_record_by_address ON catalogue_record (address)`);

    await runner.query(`
      CREATE TABLE portfolio_entry (
        id ${id} PRIMARY KEY,
        consortium_id ${id} NOT NULL REFERENCES organisation ON DELETE CASCADE,
        address ${id} NOT NULL,
        stage text,
        level text,
        ${period},
        end_reason text,
        observed_on date,
        provenance jsonb NOT NULL
      )`);
    await runner.query(`CREATE INDEX portfolio_entry_by_consortium ON portfolio_entry (consortium_id, address)`);

    // The user may be abroad, where no foreign key reaches.
    await runner.query(`
      CREATE TABLE adoption (
        id ${id} PRIMARY KEY,
        administration_id ${id},
        users_group text,
        address ${id} NOT NULL,
        status text NOT NULL,
        ${period},
        version text,
        raw_name text,
        match_confidence double precision CHECK (match_confidence BETWEEN 0 AND 1),
        observed_on date,
        provenance jsonb NOT NULL,
        CHECK (coalesce(administration_id, users_group, raw_name) IS NOT NULL)
      )`);
    await runner.query(`CREATE INDEX adoption_by_administration ON adoption (administration_id, address, id)`);
    await runner.query(`CREATE INDEX adoption_by_address ON adoption (address)`);

    await runner.query(`ALTER TABLE claim ALTER COLUMN consortium_id DROP NOT NULL, ADD COLUMN address ${id}`);
    await runner.query(`ALTER TABLE claim ADD CHECK (coalesce(consortium_id, address) IS NOT NULL)`);
    await runner.query(`CREATE INDEX claim_by_address ON claim (address)`);

    // When an adoption counts, as memberships do: never outside the life of the user.
    await runner.query(`
      CREATE VIEW counted_adoption AS
      SELECT a.*,
        greatest(coalesce(a.start_date, a.observed_on), b.start_date) AS counts_from,
        least(coalesce(a.end_date, CASE WHEN a.ended OR a.status = 'ENDED' THEN a.observed_on END), b.end_date) AS counts_until
      FROM adoption a LEFT JOIN organisation b ON b.id = a.administration_id`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP VIEW counted_adoption`);
    await runner.query(`DROP TABLE adoption, portfolio_entry, catalogue_record`);
    await runner.query(`DELETE FROM claim WHERE consortium_id IS NULL`);
    await runner.query(`ALTER TABLE claim DROP COLUMN address, ALTER COLUMN consortium_id SET NOT NULL`);
  }
}
