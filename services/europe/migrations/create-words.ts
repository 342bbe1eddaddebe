import type { QueryRunner } from 'typeorm';

import { isStemOfCompound } from '../search/languages.js';
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
      `CREATE FUNCTION count_words_${event}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${unlessFilling} ${statements} RETURN NULL; END $$`,
    );
    await runner.query(`
      CREATE TRIGGER count_words_${event} AFTER ${event.toUpperCase()} ON catalogue_record REFERENCING ${tables}
      FOR EACH STATEMENT EXECUTE FUNCTION count_words_${event}()`);
  }
}

/** Drops the functions of the triggers, after the table that they watch. */
export async function dropWords(runner: QueryRunner): Promise<void> {
  for (const event of ['insert', 'delete', 'update'])
    await runner.query(`DROP FUNCTION IF EXISTS count_words_${event}`);
}
