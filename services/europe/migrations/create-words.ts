import type { QueryRunner } from 'typeorm';

import { isStemOfCompound } from '../search/languages.js';
import { organisationWordsSql } from '../sql-fragments.js';
import { id, unlessFilling } from './columns.js';

/** Every word that a search can find, and in how many records: typing errors are corrected to these words. */
export async function createWords(runner: QueryRunner): Promise<void> {
  // Free space for changing counts within a page, and no index on them: most words are in most pages of a feed.
  await runner.query(
    `CREATE TABLE search_word (word ${id} PRIMARY KEY, records integer NOT NULL) WITH (fillfactor = 70)`,
  );
  // A word with a typing error shares its beginning, its end or its middle with the intended one.
  await runner.query(
    `CREATE INDEX search_word_by_end ON search_word (reverse(word)) WHERE strpos(word, '.') = 0 OR ${isStemOfCompound}`,
  );
  await runner.query(
    `CREATE INDEX search_word_by_middle ON search_word USING gin (word gin_trgm_ops) WHERE strpos(word, '.') = 0`,
  );
  const lexemes = (rows: string, factor: number, from = rows): string =>
    `SELECT lexeme AS word, ${factor} AS factor FROM ${from}, unnest(tsvector_to_array(${rows}.vector)) AS lexeme`;
  await countWords(runner, {
    table: 'catalogue_record',
    column: 'vector',
    words: 'search_word',
    count: 'records',
    name: 'count_words',
    select: lexemes,
    unless: unlessFilling,
  });
  await createOrganisationWords(runner);
}

/** Every word in the names of organisations: typing errors in their searches are corrected to these words. */
async function createOrganisationWords(runner: QueryRunner): Promise<void> {
  await runner.query(
    `CREATE TABLE organisation_word (word ${id} PRIMARY KEY, names integer NOT NULL) WITH (fillfactor = 70)`,
  );
  await runner.query(`CREATE INDEX organisation_word_by_end ON organisation_word (reverse(word))`);
  await runner.query(`CREATE INDEX organisation_word_by_middle ON organisation_word USING gin (word gin_trgm_ops)`);
  await countWords(runner, {
    table: 'organisation',
    column: 'search_text',
    words: 'organisation_word',
    count: 'names',
    name: 'count_organisation_words',
    select: (rows, factor, from = rows) =>
      `SELECT word, ${factor} AS factor FROM ${from}, ${organisationWordsSql(rows)}`,
    unless: '',
  });
}

interface WordCount {
  /** The rows that have the words, and the column from which they follow. */
  readonly table: string;
  readonly column: string;
  /** The table of words, and its column with their number. */
  readonly words: string;
  readonly count: string;
  /** The name of the triggers. */
  readonly name: string;
  /** SQL: the words of some rows, with a factor. */
  readonly select: (rows: string, factor: number, from?: string) => string;
  /** SQL: the begin of the triggers' functions. */
  readonly unless: string;
}

/** Keeps how often words occur, by triggers. */
async function countWords(
  runner: QueryRunner,
  { table, column, words, count, name, select, unless }: WordCount,
): Promise<void> {
  const add = (rows: string): string => `
    INSERT INTO ${words} SELECT word, sum(factor) FROM (${rows}) found GROUP BY word HAVING sum(factor) <> 0
    ORDER BY word
    ON CONFLICT (word) DO UPDATE SET ${count} = ${words}.${count} + excluded.${count};`;
  // The words as an array, computed once: as rows of unknown number they were scanned for each word without rows.
  const forget = (rows: string): string =>
    `DELETE FROM ${words} WHERE ${count} = 0 AND word = ANY (ARRAY (SELECT word FROM (${rows}) found));`;
  // Most updates are of other columns.
  const changed = `removed JOIN added ON added.id = removed.id AND added.${column} <> removed.${column}`;
  const [gained, lost] = [select('added', 1, changed), select('removed', -1, changed)];
  for (const [event, tables, statements] of [
    ['insert', 'NEW TABLE AS added', add(select('added', 1))],
    ['delete', 'OLD TABLE AS removed', add(select('removed', -1)) + forget(select('removed', -1))],
    ['update', 'OLD TABLE AS removed NEW TABLE AS added', add(`${gained} UNION ALL ${lost}`) + forget(lost)],
  ] as const) {
    await runner.query(
      `CREATE FUNCTION ${name}_${event}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${unless} ${statements} RETURN NULL; END $$`,
    );
    await runner.query(`
      CREATE TRIGGER ${name}_${event} AFTER ${event.toUpperCase()} ON ${table} REFERENCING ${tables}
      FOR EACH STATEMENT EXECUTE FUNCTION ${name}_${event}()`);
  }
}

/** Drops what the triggers use, after the tables that they watch. */
export async function dropWords(runner: QueryRunner): Promise<void> {
  await runner.query(`DROP TABLE IF EXISTS organisation_word`);
  for (const name of ['count_words', 'count_organisation_words'])
    for (const event of ['insert', 'delete', 'update']) await runner.query(`DROP FUNCTION IF EXISTS ${name}_${event}`);
}
