import type { MigrationInterface, QueryRunner } from 'typeorm';

import { id, period } from './columns.js';

/** The tables of a national catalogue. */
export class CreateCatalogue1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Trusted extensions: the owner of the database may create them. pg_trgm indexes search, fuzzystrmatch counts typing errors.
    await runner.query(`CREATE EXTENSION IF NOT EXISTS pg_trgm`);
    await runner.query(`CREATE EXTENSION IF NOT EXISTS fuzzystrmatch`);

    await runner.query(`
      CREATE FUNCTION exists_on(start_date date, end_date date, ended boolean, day date) RETURNS boolean
      LANGUAGE sql IMMUTABLE PARALLEL SAFE
      RETURN coalesce(start_date <= day, true) AND coalesce(day < end_date, ended IS NOT TRUE)`);

    await runner.query(`
      CREATE TABLE organisation (
        id ${id} PRIMARY KEY,
        type text NOT NULL CHECK (type IN ('ADMINISTRATION', 'CONSORTIUM')),
        kind text NOT NULL,
        kind_detail jsonb NOT NULL,
        level text CHECK ((type = 'ADMINISTRATION') = (level IS NOT NULL)),
        official_languages text[] NOT NULL,
        names jsonb NOT NULL,
        alternative_names jsonb NOT NULL,
        nuts ${id},
        lau text,
        homepage text,
        ${period},
        legal_form text,
        open_to_kinds text[],
        open_to_nuts text[],
        open_to_description jsonb NOT NULL,
        members_complete_since date,
        national jsonb NOT NULL,
        provenance jsonb NOT NULL,
        sort_name text COLLATE "C" NOT NULL,
        search_text text NOT NULL
      )`);
    await runner.query(`CREATE INDEX organisation_by_name ON organisation (type, sort_name, id)`);
    await runner.query(`CREATE INDEX organisation_by_kind ON organisation (kind, nuts)`);
    await runner.query(`CREATE INDEX organisation_search ON organisation USING gin (search_text gin_trgm_ops)`);

    await runner.query(`
      CREATE TABLE identifier (
        organisation_id ${id} NOT NULL REFERENCES organisation ON DELETE CASCADE,
        scheme text NOT NULL,
        notation text NOT NULL,
        ${period},
        PRIMARY KEY (organisation_id, scheme, notation)
      )`);
    await runner.query(`CREATE INDEX identifier_by_notation ON identifier (notation, scheme)`);

    await runner.query(`
      CREATE TABLE population (
        organisation_id ${id} NOT NULL REFERENCES organisation ON DELETE CASCADE,
        on_date date NOT NULL,
        count integer NOT NULL CHECK (count >= 0),
        provenance jsonb NOT NULL,
        PRIMARY KEY (organisation_id, on_date)
      )`);

    await runner.query(`
      CREATE TABLE succession (
        predecessor_id ${id} NOT NULL REFERENCES organisation ON DELETE CASCADE,
        successor_id ${id} NOT NULL REFERENCES organisation ON DELETE CASCADE,
        PRIMARY KEY (predecessor_id, successor_id),
        CHECK (predecessor_id <> successor_id)
      )`);
    await runner.query(`CREATE INDEX succession_by_successor ON succession (successor_id)`);

    // A member or a consortium may be abroad, where no foreign key reaches.
    await runner.query(`
      CREATE TABLE membership (
        id ${id} PRIMARY KEY,
        consortium_id ${id} NOT NULL,
        member_id ${id} NOT NULL,
        role text NOT NULL,
        ${period},
        end_reason text,
        observed_on date,
        provenance jsonb NOT NULL,
        CHECK (consortium_id <> member_id),
        CHECK (start_date IS NOT NULL OR observed_on IS NOT NULL)
      )`);
    await runner.query(`CREATE INDEX membership_by_consortium ON membership (consortium_id)`);
    await runner.query(`CREATE INDEX membership_by_member ON membership (member_id)`);

    // When a membership counts. GREATEST and LEAST ignore nulls: an unknown end of the lifetimes does
    // not bound anything.
    await runner.query(`
      CREATE VIEW counted_membership AS
      SELECT
        m.*,
        greatest(coalesce(m.start_date, m.observed_on), c.start_date, b.start_date) AS counts_from,
        least(coalesce(m.end_date, CASE WHEN m.ended THEN m.observed_on END), c.end_date, b.end_date) AS counts_until,
        m.role IN ('FOUNDER', 'MEMBER', 'BOARD') AS is_member,
        CASE b.type WHEN 'ADMINISTRATION' THEN b.kind END AS member_kind,
        b.nuts AS member_nuts,
        coalesce(b.sort_name, m.member_id) AS member_name
      FROM membership m
      LEFT JOIN organisation c ON c.id = m.consortium_id
      LEFT JOIN organisation b ON b.id = m.member_id`);

    await runner.query(`
      CREATE TABLE claim (
        id ${id} PRIMARY KEY,
        consortium_id ${id} NOT NULL REFERENCES organisation ON DELETE CASCADE,
        statement text NOT NULL,
        relation text,
        kind text,
        count integer CHECK (count >= 0),
        out_of integer CHECK (out_of > 0),
        share double precision CHECK (share BETWEEN 0 AND 1),
        as_of date,
        precision text,
        published_on date,
        source text NOT NULL,
        provenance jsonb NOT NULL,
        CHECK ((as_of IS NULL) = (precision IS NULL))
      )`);
    await runner.query(`CREATE INDEX claim_by_consortium ON claim (consortium_id)`);

    await runner.query(`
      CREATE TABLE completeness (
        kind text NOT NULL,
        nuts text NOT NULL,
        since date NOT NULL,
        PRIMARY KEY (kind, nuts)
      )`);

    await runner.query(`
      CREATE TABLE import_run (
        id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
        at timestamptz NOT NULL DEFAULT now(),
        digest text NOT NULL,
        report jsonb NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP VIEW counted_membership`);
    await runner.query(
      `DROP TABLE import_run, completeness, claim, membership, succession, population, identifier, organisation`,
    );
    await runner.query(`DROP FUNCTION exists_on`);
  }
}
