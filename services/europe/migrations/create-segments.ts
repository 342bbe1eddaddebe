import type { QueryRunner } from 'typeorm';

import { id } from './columns.js';

/**
 * Segments: which records have which word, and which solutions which value of a facet, as sets of numbers. They repeat what the
 * tables contain, so that a search combines sets instead of reading a row for each match: see `derive/segments.ts`.
 */
export async function createSegments(runner: QueryRunner): Promise<void> {
  // Slots are numbered within a segment. Several are written as `bytea`, two bytes for each.
  await runner.query(`
    CREATE TABLE segment (
      id integer PRIMARY KEY,
      -- The number of its slots, and the countries of their records: each has the slots from its own number on.
      size integer NOT NULL,
      countries text[] NOT NULL,
      first_slots integer[] NOT NULL,
      -- Slots of a record of the same solution as the slot before.
      followers bytea NOT NULL,
      -- Slots of solutions that have changed since.
      removed bytea NOT NULL DEFAULT '',
      -- When it was replaced by others. Requests that began before still read it.
      replaced_at timestamptz
    )`);
  await runner.query(`
    CREATE TABLE slot (
      segment integer NOT NULL,
      slot integer NOT NULL,
      record_id ${id} NOT NULL,
      solution_id ${id} NOT NULL,
      is_current boolean NOT NULL DEFAULT true,
      PRIMARY KEY (segment, slot)
    )`);
  await runner.query(`CREATE INDEX slot_by_solution ON slot (solution_id)`);
  await runner.query(`
    CREATE TABLE segment_word (
      segment integer NOT NULL,
      word ${id} NOT NULL,
      anywhere bytea NOT NULL,
      in_names bytea NOT NULL,
      PRIMARY KEY (segment, word)
    )`);
  for (const column of ['anywhere', 'in_names'])
    await runner.query(`ALTER TABLE segment_word ALTER ${column} SET STORAGE EXTERNAL`);
  // A row without a value has the solutions that have none. Members are the first slots of solutions, a bit for each slot.
  await runner.query(`
    CREATE TABLE segment_facet (segment integer NOT NULL, field text NOT NULL, value ${id}, members bit varying NOT NULL)`);
  await runner.query(`CREATE INDEX segment_facet_by_segment ON segment_facet (segment)`);
  await runner.query(`CREATE TABLE unsettled_solution (solution_id ${id} PRIMARY KEY)`);
}

/** Drops what `createSegments` creates. */
export const dropSegments = (runner: QueryRunner): Promise<unknown> =>
  runner.query(`DROP TABLE IF EXISTS unsettled_solution, segment_facet, segment_word, slot, segment`);
