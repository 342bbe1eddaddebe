import type { MigrationInterface, QueryRunner } from 'typeorm';

import { createSolutionChanges, dropSolutionChanges } from './note-solution-changes.js';
import { createTerms, dropTerms } from './create-terms.js';
import { id, origin } from './columns.js';
import { createDeferred, dropDeferred } from './create-deferred.js';
import { createCounts, dropCounts } from './create-counts.js';
import { createNeeds, dropNeeds } from './create-needs.js';
import { createSegments, dropSegments } from './create-segments.js';
import { createSolutions } from './create-solutions.js';
import { createStatements } from './create-statements.js';
import { createWords, dropWords } from './create-words.js';

/** Columns of which PostgreSQL needs no statistics. */
const withoutStatistics = {
  adoption: ['content_json'],
  catalogue_record: ['content', 'vector', 'search_text'],
  solution_content: ['content'],
  solution_use: ['days', 'adopters', 'dated', 'used', 'begun', 'listed'],
};

/**
 * The index: what the countries' feeds contain, and what Europe derives from it. Nothing in it is original; `npm run rebuild`
 * empties it and reads the feeds again. So a change of its tables replaces this migration by one with a later number, which
 * drops the tables of the earlier one instead of converting them.
 */
export class CreateIndex1764902000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.drop(runner);
    // Trusted extensions: the owner of the database may create them.
    await runner.query(`CREATE EXTENSION IF NOT EXISTS pg_trgm`);
    await runner.query(`CREATE EXTENSION IF NOT EXISTS fuzzystrmatch`);
    await this.createFunctions(runner);
    await this.createState(runner);
    await createStatements(runner);
    await createTerms(runner);
    await createSolutions(runner);
    await createCounts(runner);
    await createWords(runner);
    await createNeeds(runner);
    await createSegments(runner);
    await createSolutionChanges(runner);
    await createDeferred(runner);
    // No statement selects rows by them, and collecting their statistics takes longer than those of all others.
    for (const [table, columns] of Object.entries(withoutStatistics))
      for (const column of columns) await runner.query(`ALTER TABLE ${table} ALTER ${column} SET STATISTICS 0`);
  }

  private async createFunctions(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION exists_on(start_date date, end_date date, ended boolean, day date) RETURNS boolean
      LANGUAGE sql IMMUTABLE PARALLEL SAFE
      RETURN coalesce(start_date <= day, true) AND coalesce(day < end_date, ended IS NOT TRUE)`);
    await runner.query(
      `CREATE AGGREGATE tsvector_union(tsvector) (SFUNC = tsvector_concat, STYPE = tsvector, INITCOND = '')`,
    );
    // texts: [{ "configuration": "danish", "prefix": "da.", "weight": "A", "text": "…" }]. The prefix distinguishes a stem of one
    // language from that of another: `mod` is of møde in Danish and of mode in French.
    await runner.query(`
      CREATE FUNCTION search_vector(texts jsonb) RETURNS tsvector LANGUAGE sql IMMUTABLE AS $$
        SELECT tsvector_union(setweight(
          -- Words are letters and digits, so that a quote after a space begins one.
          CASE WHEN t.prefix = '' THEN found.vector ELSE replace(' ' || found.vector::text, ' ''', ' ''' || t.prefix)::tsvector END,
          t.weight::"char"))
        FROM jsonb_to_recordset(texts) AS t (configuration text, prefix text, weight text, text text)
        CROSS JOIN LATERAL to_tsvector(t.configuration::regconfig, t.text) AS found (vector) $$`);
    // Statistics of a table are updated by its owner alone before PostgreSQL 17; the index is written with the role of the service.
    await runner.query(`
      CREATE FUNCTION analyze_index(relations text[] DEFAULT NULL) RETURNS void LANGUAGE plpgsql
      SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
      DECLARE name text;
      BEGIN
        FOR name IN SELECT relname FROM pg_class
          WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relowner = current_user::regrole
            AND relname = ANY (coalesce(relations, ARRAY[relname]))
        LOOP EXECUTE format('ANALYZE public.%I', name); END LOOP;
      END $$`);
  }

  /** How far each feed was read, which entries were rejected, and the day for which the index counts. */
  private async createState(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE catalogue (
        country text PRIMARY KEY,
        languages text[] NOT NULL DEFAULT '{}',
        feed text,
        cursor text,
        swept boolean NOT NULL DEFAULT true,
        -- Whether it was never read to its end: what its pages change then waits, in the table below.
        is_filling boolean NOT NULL DEFAULT true,
        -- Whether its contract has code lists and needs.
        has_needs boolean NOT NULL DEFAULT true,
        read_at timestamptz,
        -- { "code", "message", "since" }
        problem jsonb,
        -- In the tables below, of this country, and how many there were at a moment at most a day ago; and of these, statements about
        -- other objects: see source-tables.ts.
        entries integer NOT NULL DEFAULT 0,
        statements integer NOT NULL DEFAULT 0,
        entries_before integer,
        statements_before integer,
        counted_at timestamptz
      )`);
    await runner.query(`
      CREATE TABLE refusal (
        ${origin},
        subject text NOT NULL,
        subject_id ${id} NOT NULL,
        reason text NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (country, subject, subject_id)
      )`);
    await runner.query(`
      CREATE TABLE uncounted_solution (country text NOT NULL, solution_id ${id} NOT NULL, PRIMARY KEY (country, solution_id))`);
    // A rebuild starts another feed of changed solutions.
    const feedId = `feed_id uuid NOT NULL DEFAULT gen_random_uuid()`;
    await runner.query(
      `CREATE TABLE index_state (day date NOT NULL, version integer NOT NULL, segments integer NOT NULL DEFAULT 0, ${feedId})`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.drop(runner);
  }

  /** Drops this index, or that of an earlier release: an earlier one had other tables, which nothing reads any more. */
  private async drop(runner: QueryRunner): Promise<void> {
    await dropNeeds(runner);
    await runner.query(`DROP VIEW IF EXISTS counted_membership`);
    await dropTerms(runner);
    await runner.query(`DROP TABLE IF EXISTS word, basis, description, place, counted`);
    await runner.query(`
      DROP TABLE IF EXISTS search_word, solution_basis, solution_content, solution, solution_address, alias, dispute, adoption,
        portfolio_entry, catalogue_record, claim, membership, organisation, index_state, refusal, uncounted_solution,
        catalogue`);
    await runner.query(`DROP FUNCTION IF EXISTS found_records, search_vector, exists_on, analyze_index`);
    await runner.query(`DROP AGGREGATE IF EXISTS tsvector_union(tsvector)`);
    await dropWords(runner);
    await dropCounts(runner);
    await dropSegments(runner);
    await dropSolutionChanges(runner);
    await dropDeferred(runner);
  }
}
