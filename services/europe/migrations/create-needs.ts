import type { QueryRunner } from 'typeorm';

import { id, origin, period } from './columns.js';

/** Creates the tables of code lists and needs. Codes are written `SCHEME:notation` where several are in one column. */
export async function createNeeds(runner: QueryRunner): Promise<void> {
  await createCodes(runner);
  await runner.query(`
    CREATE TABLE need (
      id ${id} PRIMARY KEY,
      ${origin},
      codes text[] NOT NULL,
      -- What its statements are about: TEXT:RELATION:topic.
      text_topics text[] NOT NULL,
      sort_name ${id} NOT NULL,
      search_text text NOT NULL,
      content jsonb NOT NULL
    )`);
  await runner.query(`CREATE INDEX need_by_name ON need (sort_name, id)`);
  await runner.query(`
    CREATE TABLE need_holder (
      id ${id} PRIMARY KEY,
      ${origin},
      need_id ${id} NOT NULL,
      holder_id ${id},
      -- Of a rule, which every administration of a kind in an area inherits.
      holders_kind text,
      holders_nuts ${id},
      state text NOT NULL,
      ${period},
      amount numeric,
      currency text,
      met_by text[] NOT NULL,
      content jsonb NOT NULL
    )`);
  await runner.query(`CREATE INDEX need_holder_by_need ON need_holder (need_id, id)`);
  await runner.query(`CREATE INDEX need_holder_by_state ON need_holder (need_id, state)`);
  await runner.query(`CREATE INDEX need_holder_by_holder ON need_holder (holder_id, need_id)`);
  // When a statement counts: never outside the existence of the holder.
  await runner.query(`
    CREATE VIEW counted_need_holder AS
    SELECT h.*, coalesce(h.holders_nuts, o.nuts) AS nuts,
      greatest(coalesce(h.start_date, h.observed_on), o.start_date) AS counts_from,
      least(coalesce(h.end_date, CASE WHEN h.ended THEN coalesce(h.observed_on, h.start_date) END), o.end_date) AS counts_until
    FROM need_holder h LEFT JOIN organisation o ON o.id = h.holder_id`);
}

async function createCodes(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE code_list (
      id ${id} PRIMARY KEY,
      ${origin},
      scheme ${id} NOT NULL,
      content jsonb NOT NULL
    )`);
  await runner.query(`CREATE INDEX code_list_by_scheme ON code_list (scheme, country)`);
  await runner.query(`
    CREATE TABLE code (
      id ${id} PRIMARY KEY,
      ${origin},
      scheme ${id} NOT NULL,
      notation ${id} NOT NULL,
      broader ${id},
      -- What its labels say: RELATION:topic.
      text_topics text[] NOT NULL,
      search_text text NOT NULL,
      content jsonb NOT NULL
    )`);
  await runner.query(`CREATE INDEX code_by_notation ON code (scheme, notation, country)`);
  await runner.query(`CREATE INDEX code_by_broader ON code (scheme, broader)`);
  await runner.query(`CREATE INDEX code_by_text_topics ON code USING gin (text_topics)`);
  await runner.query(`
    CREATE TABLE code_mapping (
      id ${id} PRIMARY KEY,
      ${origin},
      scheme ${id} NOT NULL,
      notation ${id} NOT NULL,
      relation text NOT NULL,
      to_scheme ${id} NOT NULL,
      to_notation ${id} NOT NULL,
      content jsonb NOT NULL
    )`);
  await runner.query(`CREATE INDEX code_mapping_by_code ON code_mapping (scheme, notation)`);
  await runner.query(`CREATE INDEX code_mapping_by_target ON code_mapping (to_scheme, to_notation)`);
  // Of this release: see search/topic-mappings.csv.
  await runner.query(`
    CREATE TABLE europe_mapping (
      scheme ${id} NOT NULL,
      notation ${id} NOT NULL,
      topic ${id} NOT NULL,
      relation text NOT NULL,
      provenance jsonb NOT NULL,
      PRIMARY KEY (scheme, notation, topic)
    )`);
  await runner.query(`CREATE INDEX europe_mapping_by_topic ON europe_mapping (topic)`);
}

/** Drops what `createNeeds` creates. */
export async function dropNeeds(runner: QueryRunner): Promise<void> {
  await runner.query(`DROP VIEW IF EXISTS counted_need_holder`);
  await runner.query(`DROP TABLE IF EXISTS need_holder, need, europe_mapping, code_mapping, code, code_list`);
}
