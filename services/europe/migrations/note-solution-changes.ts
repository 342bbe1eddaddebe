import type { QueryRunner } from 'typeorm';

import { id, unlessFilling } from './columns.js';

type Event = 'insert' | 'update' | 'delete';

/** What changes a solution: its own rows, and rows of other tables that belong to it. Writes that change nothing are none. */
const watched: readonly { readonly table: string; readonly column: string; readonly events: readonly Event[] }[] = [
  { table: 'solution', column: 'id', events: ['insert', 'update', 'delete'] },
  // Its row is inserted and deleted with that of the solution.
  { table: 'solution_content', column: 'solution_id', events: ['update'] },
  { table: 'catalogue_record', column: 'solution_id', events: ['insert', 'update', 'delete'] },
  { table: 'adoption', column: 'solution_id', events: ['insert', 'update', 'delete'] },
];

const transitionTables: Readonly<Record<Event, string>> = {
  insert: 'NEW TABLE AS added',
  update: 'OLD TABLE AS removed NEW TABLE AS added',
  delete: 'OLD TABLE AS removed',
};

const changedIds = (column: string, event: Event): string =>
  [...(event === 'insert' ? [] : ['removed']), ...(event === 'delete' ? [] : ['added'])]
    .map((rows) => `SELECT DISTINCT ${column} AS id FROM ${rows}`)
    .join(' UNION ');

/**
 * Creates the feed of changed solutions: of each solution its latest change. The index is written by one transaction at a time,
 * so the order of numbers is that of commits. An address that only adoptions name is not a solution yet.
 */
export async function createSolutionChanges(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE solution_change (
      solution_id ${id} PRIMARY KEY,
      number bigint NOT NULL UNIQUE,
      at timestamptz NOT NULL
    )`);
  for (const { table, column, events } of watched) {
    const isSolution = table === 'solution' ? 'true' : 'EXISTS (SELECT FROM solution WHERE solution.id = found.id)';
    for (const event of events) {
      const name = `note_${table}_${event}`;
      // What a country adds while it is filled, and the solutions that change by it, are noted at the end; what is removed, or changes
      // elsewhere, is noted now.
      const waits = event === 'insert' || (table === 'solution' && event === 'update');
      await runner.query(`
        CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${waits ? unlessFilling : ''}
          INSERT INTO solution_change (solution_id, number, at)
          SELECT found.id, (SELECT coalesce(max(number), 0) FROM solution_change) + row_number() OVER (ORDER BY found.id), now()
          FROM (${changedIds(column, event)}) found WHERE found.id IS NOT NULL AND ${isSolution}
          ON CONFLICT (solution_id) DO UPDATE SET number = excluded.number, at = excluded.at;
          RETURN NULL;
        END $$`);
      await runner.query(`
        CREATE TRIGGER ${name} AFTER ${event.toUpperCase()} ON ${table} REFERENCING ${transitionTables[event]}
        FOR EACH STATEMENT EXECUTE FUNCTION ${name}()`);
    }
  }
}

/** Drops the feed, after the tables that it watches. */
export async function dropSolutionChanges(runner: QueryRunner): Promise<void> {
  await runner.query(`DROP TABLE IF EXISTS solution_change`);
  for (const { table, events } of watched)
    for (const event of events) await runner.query(`DROP FUNCTION IF EXISTS note_${table}_${event}`);
}
