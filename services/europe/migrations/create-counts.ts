import type { QueryRunner } from 'typeorm';

import { facetValuesSql } from '../solution-facets.js';
import { id } from './columns.js';

/** Sums that lists and the reuse matrix read instead of their rows. They change in the transaction that changes the rows. */
export async function createCounts(runner: QueryRunner): Promise<void> {
  await createReuse(runner);
  await createFacets(runner);
  await createOrganisationChanges(runner);
}

/** How use changes from day to day, of each solution and of each pair of countries: the sum up to a day is what is used on it. */
async function createReuse(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE solution_use (
      solution_id ${id} NOT NULL,
      country text NOT NULL,
      published_in text[] NOT NULL,
      -- Of each day, by how much the users change, those with a recorded start, whether the solution is used at all, those of whom the
      -- first start is recorded, and the adoptions that are listed, of which some count as no use.
      days date[] NOT NULL,
      adopters integer[] NOT NULL,
      dated integer[] NOT NULL,
      used integer[] NOT NULL,
      begun integer[] NOT NULL,
      listed integer[] NOT NULL,
      PRIMARY KEY (solution_id, country)
    )`);
  // A row for each day, and one for each year: a request reads the years before its own, and the days of its own.
  await runner.query(`
    CREATE TABLE reuse_change (
      grain text NOT NULL,
      day date NOT NULL,
      published_in text NOT NULL,
      used_in text NOT NULL,
      adoptions integer NOT NULL,
      solutions integer NOT NULL,
      dated integer NOT NULL,
      PRIMARY KEY (grain, day, published_in, used_in)
    )`);
  // The same for each using country, wherever a solution is published.
  await runner.query(`
    CREATE TABLE use_change (
      grain text NOT NULL,
      day date NOT NULL,
      used_in text NOT NULL,
      users integer NOT NULL,
      begun integer NOT NULL,
      PRIMARY KEY (grain, day, used_in)
    )`);
  // The same of the adoptions that are listed.
  await runner.query(`
    CREATE TABLE listed_change (
      grain text NOT NULL,
      day date NOT NULL,
      used_in text NOT NULL,
      adoptions integer NOT NULL,
      PRIMARY KEY (grain, day, used_in)
    )`);
  await runner.query(`CREATE INDEX listed_change_without_effect ON listed_change (day) WHERE adoptions = 0`);
  await runner.query(`CREATE INDEX use_change_without_effect ON use_change (day) WHERE users = 0 AND begun = 0`);
  // The periods of users that their sums do not show: those that ended, all of a user with interruptions, and one without days of a
  // user of whom no day is known. An open one ends at infinity.
  await runner.query(`
    CREATE TABLE use_period (
      solution_id ${id} NOT NULL,
      country text NOT NULL,
      user_id ${id} NOT NULL,
      counts_from date,
      counts_until date NOT NULL,
      is_begun boolean NOT NULL,
      is_interrupted boolean NOT NULL
    )`);
  await runner.query(`CREATE INDEX use_period_by_solution ON use_period (solution_id)`);
  await runner.query(
    `CREATE INDEX use_period_by_end ON use_period (counts_until, counts_from) INCLUDE (country, is_begun)
    WHERE NOT is_interrupted`,
  );
  await runner.query(
    `CREATE INDEX use_period_interrupted ON use_period (solution_id, country, user_id) INCLUDE (counts_from, counts_until, is_begun)
    WHERE is_interrupted`,
  );
  // The days on which an organisation uses any solution.
  await runner.query(
    `CREATE TABLE organisation_use (user_id ${id} PRIMARY KEY, country text NOT NULL, used datemultirange NOT NULL)`,
  );
  await runner.query(
    `CREATE INDEX reuse_change_without_effect ON reuse_change (day) WHERE adoptions = 0 AND solutions = 0 AND dated = 0`,
  );
  await runner.query(`
    CREATE FUNCTION changes_of(spans datemultirange) RETURNS TABLE (day date, change integer)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
      SELECT lower(span), 1 FROM unnest(spans) AS span
      UNION ALL SELECT upper(span), -1 FROM unnest(spans) AS span WHERE NOT upper_inf(span) $$`);
}

/** How many solutions have each value of each facet; a row without a value counts those that have none. */
async function createFacets(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE solution_facet (
      field text NOT NULL,
      value ${id},
      count integer NOT NULL,
      UNIQUE NULLS NOT DISTINCT (field, value)
    )`);
  const values = (rows: string, factor: number): string =>
    `SELECT found.field, found.value, ${factor} AS factor FROM ${rows} listed CROSS JOIN LATERAL (${facetValuesSql('listed')}) AS found (field, value)`;
  const count = (found: string): string => `
    INSERT INTO solution_facet SELECT field, value, sum(factor) FROM (${found}) changed GROUP BY field, value HAVING sum(factor) <> 0
    ON CONFLICT (field, value) DO UPDATE SET count = solution_facet.count + excluded.count;`;
  const forget = `DELETE FROM solution_facet WHERE count = 0;`;
  const [gained, lost] = [values('added', 1), values('removed', -1)];
  for (const [event, tables, statements] of [
    ['insert', 'NEW TABLE AS added', count(gained)],
    ['delete', 'OLD TABLE AS removed', count(lost) + forget],
    ['update', 'OLD TABLE AS removed NEW TABLE AS added', count(`${gained} UNION ALL ${lost}`) + forget],
  ] as const) {
    await runner.query(
      `CREATE FUNCTION count_facets_${event}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${statements} RETURN NULL; END $$`,
    );
    await runner.query(`
      CREATE TRIGGER count_facets_${event} AFTER ${event.toUpperCase()} ON solution REFERENCING ${tables}
      FOR EACH STATEMENT EXECUTE FUNCTION count_facets_${event}()`);
  }
}

/** How many organisations of a country begin and end to exist on which day; those that always existed begin at infinity. */
async function createOrganisationChanges(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE organisation_change (
      country text NOT NULL,
      type text NOT NULL,
      day date NOT NULL,
      organisations integer NOT NULL,
      PRIMARY KEY (country, type, day)
    )`);
  // As `exists_on` has it.
  const changes = (rows: string, factor: number): string => `
    SELECT country, type, found.day, ${factor} * found.organisations AS organisations
    FROM ${rows} CROSS JOIN LATERAL (VALUES (coalesce(start_date, '-infinity'), 1), (end_date, -1)) AS found (day, organisations)
    WHERE found.day IS NOT NULL AND CASE WHEN end_date IS NULL THEN ended IS NOT TRUE ELSE coalesce(start_date < end_date, true) END`;
  const sum = (found: string): string => `
    INSERT INTO organisation_change SELECT country, type, day, sum(organisations) FROM (${found}) changed
    GROUP BY 1, 2, 3 HAVING sum(organisations) <> 0
    ON CONFLICT (country, type, day) DO UPDATE SET organisations = organisation_change.organisations + excluded.organisations;
    DELETE FROM organisation_change WHERE organisations = 0;`;
  for (const [event, tables, found] of [
    ['insert', 'NEW TABLE AS added', changes('added', 1)],
    ['delete', 'OLD TABLE AS removed', changes('removed', -1)],
    ['update', 'OLD TABLE AS removed NEW TABLE AS added', `${changes('added', 1)} UNION ALL ${changes('removed', -1)}`],
  ] as const) {
    await runner.query(
      `CREATE FUNCTION count_organisations_${event}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${sum(found)} RETURN NULL; END $$`,
    );
    await runner.query(`
      CREATE TRIGGER count_organisations_${event} AFTER ${event.toUpperCase()} ON organisation REFERENCING ${tables}
      FOR EACH STATEMENT EXECUTE FUNCTION count_organisations_${event}()`);
  }
}

/** Drops them, after the tables that the triggers watch. */
export async function dropCounts(runner: QueryRunner): Promise<void> {
  await runner.query(
    `DROP TABLE IF EXISTS organisation_change, solution_facet, use_period, organisation_use, listed_change, use_change, reuse_change, solution_use`,
  );
  await runner.query(`DROP FUNCTION IF EXISTS changes_of`);
  for (const event of ['insert', 'delete', 'update'])
    await runner.query(`DROP FUNCTION IF EXISTS count_facets_${event}, count_organisations_${event}`);
}
