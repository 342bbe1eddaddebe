import type { MigrationInterface, QueryRunner } from 'typeorm';

import { createSolutionChanges, dropSolutionChanges } from './note-solution-changes.js';
import { createTerms, dropTerms } from './create-terms.js';
import { id, origin, period } from './columns.js';
import { createNeeds, dropNeeds } from './create-needs.js';

/**
 * The index: what the countries' feeds contain, and what Europe derives from it. Nothing in it is original; `npm run rebuild`
 * empties it and reads the feeds again. So a change of its tables replaces this migration by one with a later number, which
 * drops the tables of the earlier one instead of converting them.
 */
export class CreateIndex1764890000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.drop(runner);
    // Trusted extensions: the owner of the database may create them.
    await runner.query(`CREATE EXTENSION IF NOT EXISTS pg_trgm`);
    await runner.query(`CREATE EXTENSION IF NOT EXISTS fuzzystrmatch`);
    await this.createFunctions(runner);
    await this.createState(runner);
    await this.createStatements(runner);
    await createTerms(runner);
    await this.createSolutions(runner);
    await this.createWords(runner);
    await createNeeds(runner);
    await createSolutionChanges(runner);
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
        -- Whether its contract has code lists and needs.
        has_needs boolean NOT NULL DEFAULT true,
        read_at timestamptz,
        -- { "code", "message", "since" }
        problem jsonb,
        -- In the tables below, of this country, and how many there were at a moment at most a day ago.
        entries integer NOT NULL DEFAULT 0,
        entries_before integer,
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
    // A rebuild starts another feed of changed solutions.
    const feedId = `feed_id uuid NOT NULL DEFAULT gen_random_uuid()`;
    await runner.query(`CREATE TABLE index_state (day date NOT NULL, version integer NOT NULL, ${feedId})`);
  }

  /** What countries state, with the columns that Europe derives from each statement. */
  private async createStatements(runner: QueryRunner): Promise<void> {
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
        search_text text NOT NULL
      )`);
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
    await runner.query(`CREATE INDEX record_by_alias ON catalogue_record USING gin (aliases) WHERE aliases <> '{}'`);
    await runner.query(`CREATE INDEX record_by_solution ON catalogue_record (solution_id)`);
    await runner.query(`CREATE INDEX record_by_publisher ON catalogue_record (publisher_id)`);
    await runner.query(`CREATE INDEX record_by_code ON catalogue_record USING gin (codes) WHERE codes <> '{}'`);
    await runner.query(`CREATE INDEX record_search ON catalogue_record USING gin (vector)`);
    // The planner does not know the cost of unpacking every vector, and would scan all records for a common word.
    await runner.query(`
      CREATE FUNCTION found_records(searched tsquery)
      RETURNS TABLE (solution_id text, country text, publisher_id text, search_text text, vector tsvector)
      LANGUAGE sql STABLE PARALLEL SAFE SET enable_seqscan = off AS $$
        SELECT solution_id, country, publisher_id, search_text, vector FROM catalogue_record
        WHERE catalogue_record.vector @@ searched AND solution_id IS NOT NULL $$`);

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
        content jsonb NOT NULL,
        user_id ${id},
        user_country text NOT NULL,
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
    await runner.query(`CREATE INDEX adoption_by_address ON adoption (address)`);
    await runner.query(
      `CREATE INDEX adoption_by_written_name ON adoption (written_name) WHERE administration_id IS NULL`,
    );
    await runner.query(`CREATE INDEX adoption_by_sort_name ON adoption (sort_name) WHERE administration_id IS NULL`);
    await runner.query(
      `CREATE INDEX adoption_from_abroad ON adoption (solution_id, user_id) WHERE user_country <> country`,
    );
    await runner.query(`CREATE INDEX adoption_by_solution ON adoption (solution_id, user_country, user_name, id)`);
    await runner.query(`CREATE INDEX adoption_by_start ON adoption (counts_from)`);
    await runner.query(`CREATE INDEX adoption_by_end ON adoption (counts_until)`);
    // The adoptions that count: those that the user's own country states, of an organisation that it knows.
    await runner.query(`
      CREATE INDEX adoption_counted ON adoption (solution_id, user_country, user_id) INCLUDE (counts_from, counts_until)
      WHERE user_id IS NOT NULL AND NOT user_is_unknown AND user_country = country AND status NOT IN ('AGREEMENT', 'OTHER')`);
  }

  private async createSolutions(runner: QueryRunner): Promise<void> {
    // Of which address another one is an alias.
    await runner.query(`CREATE TABLE alias (address ${id} PRIMARY KEY, home ${id} NOT NULL)`);
    await runner.query(`CREATE INDEX alias_by_home ON alias (home)`);
    // The records that name an address which another country's catalogue named before, without the agreement of that country.
    await runner.query(`
      CREATE TABLE dispute (
        address ${id} NOT NULL,
        record_id ${id} NOT NULL,
        country text NOT NULL,
        owner_country text NOT NULL,
        PRIMARY KEY (address, record_id)
      )`);
    await runner.query(`CREATE INDEX dispute_by_record ON dispute (record_id)`);
    // The solution at each address that a record names as its own or as an alias.
    await runner.query(`CREATE TABLE solution_address (address ${id} PRIMARY KEY, solution_id ${id} NOT NULL)`);
    await runner.query(`CREATE INDEX solution_address_by_solution ON solution_address (solution_id)`);
    await runner.query(`
      CREATE TABLE solution (
        id ${id} PRIMARY KEY,
        address ${id} NOT NULL,
        kind text NOT NULL,
        licence text, licence_family text,
        development_status text,
        software_type text, maintenance text,
        categories text[] NOT NULL,
        release_date date,
        published_in text[] NOT NULL,
        publisher_ids text[] NOT NULL,
        -- The address of the solution of which it is a part, and the name of its application suite, as its record states them.
        part_of ${id},
        suite ${id},
        sort_name ${id} NOT NULL,
        maintainer_ids text[] NOT NULL DEFAULT '{}',
        adopters integer NOT NULL DEFAULT 0,
        countries integer NOT NULL DEFAULT 0,
        used_in text[] NOT NULL DEFAULT '{}'
      )`);
    // One for each order and direction. A number is negated where the largest comes first, so that names still ascend.
    const released = `(release_date - '1970-01-01'::date)`;
    const orders = {
      name: 'sort_name, id',
      most_adopters: '(-adopters), sort_name, id',
      fewest_adopters: 'adopters, sort_name, id',
      most_countries: '(-countries), sort_name, id',
      fewest_countries: 'countries, sort_name, id',
      newest: `coalesce(-${released}, 2147483647), sort_name, id`,
      oldest: `coalesce(${released}, 2147483647), sort_name, id`,
    };
    for (const [name, columns] of Object.entries(orders)) {
      await runner.query(`CREATE INDEX solution_by_${name} ON solution (${columns})`);
    }
    // For filters that find too few rows for scanning an order.
    for (const column of ['publisher_ids', 'maintainer_ids', 'used_in']) {
      await runner.query(`CREATE INDEX solution_by_${column} ON solution USING gin (${column})`);
    }
    await runner.query(`CREATE INDEX solution_by_whole ON solution (part_of) WHERE part_of IS NOT NULL`);
    await runner.query(`CREATE INDEX solution_by_suite ON solution (suite) WHERE suite IS NOT NULL`);
    // Separate from the narrow rows that filters scan: what is only displayed.
    await runner.query(
      `CREATE TABLE solution_content (solution_id ${id} PRIMARY KEY REFERENCES solution ON DELETE CASCADE, content jsonb NOT NULL)`,
    );
    await runner.query(`
      CREATE TABLE solution_basis (
        solution_id ${id} NOT NULL REFERENCES solution ON DELETE CASCADE,
        address ${id} NOT NULL,
        PRIMARY KEY (solution_id, address)
      )`);
    await runner.query(`CREATE INDEX solution_basis_by_address ON solution_basis (address)`);
  }

  /** Every word that a search can find, and in how many records: typing errors are corrected to these words. */
  private async createWords(runner: QueryRunner): Promise<void> {
    // Free space for changing counts within a page, and no index on them: most words are in most pages of a feed.
    await runner.query(
      `CREATE TABLE search_word (word ${id} PRIMARY KEY, records integer NOT NULL) WITH (fillfactor = 70)`,
    );
    // A word with a typing error shares its beginning, its end or its middle with the intended one.
    await runner.query(`CREATE INDEX search_word_by_end ON search_word (reverse(word))`);
    await runner.query(
      `CREATE INDEX search_word_by_middle ON search_word USING gin (word gin_trgm_ops) WHERE strpos(word, '.') = 0`,
    );
    const lexemes = (rows: string, factor: number, from = rows): string =>
      `SELECT lexeme, ${factor} AS factor FROM ${from}, unnest(tsvector_to_array(${rows}.vector)) AS lexeme`;
    const count = (rows: string): string => `
      INSERT INTO search_word SELECT lexeme, sum(factor) AS records FROM (${rows}) found GROUP BY lexeme HAVING sum(factor) <> 0
      ORDER BY lexeme
      ON CONFLICT (word) DO UPDATE SET records = search_word.records + excluded.records;`;
    // The words as an array, computed once: as rows of unknown number they were scanned for each word without records.
    const forget = (rows: string): string =>
      `DELETE FROM search_word WHERE records = 0 AND word = ANY (ARRAY (SELECT lexeme FROM (${rows}) found));`;
    // Most updates are of other columns.
    const changed = `removed JOIN added ON added.id = removed.id AND added.vector <> removed.vector`;
    const [gained, lost] = [lexemes('added', 1, changed), lexemes('removed', -1, changed)];
    for (const [event, tables, statements] of [
      ['insert', 'NEW TABLE AS added', count(lexemes('added', 1))],
      ['delete', 'OLD TABLE AS removed', count(lexemes('removed', -1)) + forget(lexemes('removed', -1))],
      ['update', 'OLD TABLE AS removed NEW TABLE AS added', count(`${gained} UNION ALL ${lost}`) + forget(lost)],
    ] as const) {
      await runner.query(
        `CREATE FUNCTION count_words_${event}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${statements} RETURN NULL; END $$`,
      );
      await runner.query(`
        CREATE TRIGGER count_words_${event} AFTER ${event.toUpperCase()} ON catalogue_record REFERENCING ${tables}
        FOR EACH STATEMENT EXECUTE FUNCTION count_words_${event}()`);
    }
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
        portfolio_entry, catalogue_record, claim, membership, organisation, index_state, refusal, catalogue`);
    await runner.query(`DROP FUNCTION IF EXISTS found_records, search_vector, exists_on`);
    await runner.query(`DROP AGGREGATE IF EXISTS tsvector_union(tsvector)`);
    for (const event of ['insert', 'delete', 'update'])
      await runner.query(`DROP FUNCTION IF EXISTS count_words_${event}`);
    await dropSolutionChanges(runner);
  }
}
