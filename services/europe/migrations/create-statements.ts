import type { QueryRunner } from 'typeorm';

import { id, origin, period } from './columns.js';

/** What countries state, with the columns that Europe derives from each statement. */
export async function createStatements(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE organisation (
      id ${id} PRIMARY KEY,
      ${origin},
      type text NOT NULL,
      kind text,
      level text,
      nuts ${id},
      population integer,
      -- Of its official names.
      languages text[] NOT NULL,
      codes text[] NOT NULL,
      written_names text[] NOT NULL,
      -- Of a consortium: who may join, null if not recorded, and from when on every member is known.
      open_to_kinds text[],
      open_to_nuts text[],
      members_complete_since date,
      -- { "start", "end", "kinds" }: the days and kinds for which every member is known, beside that.
      complete_members jsonb,
      status text,
      -- Who states the rules of a consortium, and when it was observed.
      source text,
      observed_on date,
      start_date date,
      end_date date,
      ended boolean,
      sort_name ${id} NOT NULL,
      search_text text NOT NULL,
      -- Whether it uses any solution on the day of the index.
      uses_any boolean NOT NULL DEFAULT false
      -- Free space, so that what changes most often changes within a page: an index of lists of names is slow to change.
    ) WITH (fillfactor = 50)`);
  await runner.query(`CREATE INDEX organisation_without_use ON organisation (type, sort_name, id) WHERE NOT uses_any`);
  await runner.query(`CREATE INDEX organisation_by_name ON organisation (type, sort_name, id)`);
  await runner.query(
    `CREATE INDEX organisation_by_population ON organisation (type, coalesce(-population, 2147483647), sort_name, id)`,
  );
  await runner.query(`CREATE INDEX organisation_search ON organisation USING gin (search_text gin_trgm_ops)`);
  await runner.query(`CREATE INDEX organisation_by_code ON organisation USING gin (codes)`);
  await runner.query(`CREATE INDEX organisation_by_written_name ON organisation USING gin (written_names)`);

  await runner.query(`
    CREATE TABLE membership (
      id ${id} PRIMARY KEY,
      ${origin},
      consortium_id ${id} NOT NULL,
      member_id ${id} NOT NULL,
      role text NOT NULL,
      source text,
      ${period}
    )`);
  await runner.query(`CREATE INDEX membership_by_member ON membership (member_id)`);
  await runner.query(`CREATE INDEX membership_by_consortium ON membership (consortium_id)`);
  // Memberships across a border are listed by the country that states them.
  await runner.query(
    `CREATE INDEX membership_from_abroad ON membership (country, id) WHERE left(member_id, 2) <> left(consortium_id, 2)`,
  );
  // When a membership counts: never outside the existence of either organisation, nor in a consortium that its country does not
  // know; and across a border only while both countries state it.
  const from = (alias: string): string => `coalesce(${alias}.start_date, ${alias}.observed_on)`;
  const until = (alias: string): string =>
    `coalesce(${alias}.end_date, CASE WHEN ${alias}.ended THEN coalesce(${alias}.observed_on, ${alias}.start_date) END)`;
  await runner.query(`
    CREATE VIEW counted_membership AS
    SELECT m.member_id, m.consortium_id,
      m.role IN ('FOUNDER', 'MEMBER', 'BOARD') AND coalesce(other.role IN ('FOUNDER', 'MEMBER', 'BOARD'), true) AS is_member,
      CASE WHEN other.id IS NULL OR ${from('other')} IS NOT NULL
        THEN greatest(${from('m')}, ${from('other')}, c.start_date, b.start_date) END AS counts_from,
      least(${until('m')}, ${until('other')}, c.end_date, b.end_date) AS counts_until
    FROM membership m JOIN organisation c ON c.id = m.consortium_id LEFT JOIN organisation b ON b.id = m.member_id
    LEFT JOIN membership other ON left(m.member_id, 2) <> left(m.consortium_id, 2)
      AND other.member_id = m.member_id AND other.consortium_id = m.consortium_id AND other.country <> m.country
    WHERE left(m.member_id, 2) = left(m.consortium_id, 2) OR other.id IS NOT NULL`);

  await runner.query(`
    CREATE TABLE claim (
      id ${id} PRIMARY KEY,
      ${origin},
      -- Of a solution; a claim about a consortium has none.
      address ${id},
      stated_on date,
      content jsonb NOT NULL
    )`);
  await runner.query(`CREATE INDEX claim_by_address ON claim (address)`);

  await runner.query(`
    CREATE TABLE catalogue_record (
      id ${id} PRIMARY KEY,
      ${origin},
      address ${id} NOT NULL,
      aliases text[] NOT NULL,
      issued timestamptz NOT NULL,
      observed_on date NOT NULL,
      release_date date,
      publisher_id ${id},
      own boolean NOT NULL,
      codes text[] NOT NULL,
      content jsonb NOT NULL,
      sort_name ${id} NOT NULL,
      search_text text NOT NULL,
      vector tsvector NOT NULL,
      owner boolean NOT NULL DEFAULT false,
      solution_id ${id}
    )`);
  await runner.query(`CREATE INDEX record_by_address ON catalogue_record (address)`);
  await runner.query(`CREATE INDEX record_by_solution ON catalogue_record (solution_id)`);
  await runner.query(`CREATE INDEX record_by_publisher ON catalogue_record (publisher_id)`);
  await runner.query(`CREATE INDEX record_by_code ON catalogue_record USING gin (codes) WHERE codes <> '{}'`);
  // What is long is stored apart, so that counting matches reads narrow rows; vectors without having to be decompressed.
  await runner.query(`ALTER TABLE catalogue_record SET (toast_tuple_target = 256)`);
  await runner.query(`ALTER TABLE catalogue_record ALTER vector SET STORAGE EXTERNAL`);

  await runner.query(`
    CREATE TABLE portfolio_entry (
      id ${id} PRIMARY KEY,
      ${origin},
      consortium_id ${id} NOT NULL,
      address ${id} NOT NULL,
      ${period},
      solution_id ${id} NOT NULL
    )`);
  await runner.query(`CREATE INDEX portfolio_entry_by_solution ON portfolio_entry (solution_id)`);
  await runner.query(`CREATE INDEX portfolio_entry_by_consortium ON portfolio_entry (consortium_id)`);
  await runner.query(`CREATE INDEX portfolio_entry_by_address ON portfolio_entry (address)`);

  await runner.query(`
    CREATE TABLE adoption (
      id ${id} PRIMARY KEY,
      ${origin},
      administration_id ${id},
      written_name text,
      sort_name ${id} NOT NULL,
      address ${id} NOT NULL,
      status text NOT NULL,
      ${period},
      start_precision text,
      -- JSON as a list of adoptions contains it. jsonb would be written anew whenever it is read.
      content_json text NOT NULL,
      user_id ${id},
      user_country text NOT NULL,
      -- A column, so that PostgreSQL knows how few they are: of a comparison it assumes that nearly all differ.
      is_from_abroad boolean NOT NULL GENERATED ALWAYS AS (user_country <> country) STORED,
      user_kind text,
      user_nuts text, user_population integer,
      user_name ${id} NOT NULL,
      user_is_unknown boolean NOT NULL,
      is_superseded boolean NOT NULL DEFAULT false,
      counts_from date,
      counts_until date,
      solution_id ${id} NOT NULL
    )`);
  await runner.query(`CREATE INDEX adoption_by_user ON adoption (user_id)`);
  await runner.query(
    `CREATE INDEX adoption_by_written_name ON adoption (written_name) WHERE administration_id IS NULL`,
  );
  await runner.query(`CREATE INDEX adoption_by_sort_name ON adoption (sort_name) WHERE administration_id IS NULL`);
  await runner.query(`CREATE INDEX adoption_from_abroad ON adoption (solution_id, user_id) WHERE is_from_abroad`);
  await runner.query(`CREATE INDEX adoption_from_abroad_by_country ON adoption (country, id) WHERE is_from_abroad`);
  // Lists, counts and uses of a solution read the index alone, and not a row for each of its thousands of adoptions.
  await runner.query(`
    CREATE INDEX adoption_by_solution ON adoption (solution_id, user_country, user_name, id)
    INCLUDE (is_from_abroad, status, start_date, start_precision, user_id, user_kind, user_population, user_is_unknown, is_superseded,
      counts_from, counts_until)`);
  await runner.query(`CREATE INDEX adoption_by_start ON adoption (counts_from)`);
  await runner.query(`CREATE INDEX adoption_by_end ON adoption (counts_until) WHERE counts_until IS NOT NULL`);
}
