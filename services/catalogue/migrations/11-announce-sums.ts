import type { MigrationInterface, QueryRunner } from 'typeorm';

import { remember } from './3-add-change-feed.js';

/** The organisation whose figure changed, and those whose figure may be a sum with it: all that it was merged into. */
const withSuccessors = `
  SELECT DISTINCT o.type, o.id FROM (
    WITH RECURSIVE concerned AS (
      SELECT organisation_id AS id FROM rows
      UNION SELECT s.successor_id FROM concerned JOIN succession s ON s.predecessor_id = concerned.id
    ) SELECT id FROM concerned
  ) found JOIN organisation o ON o.id = found.id`;

const onlyItself = 'SELECT DISTINCT o.type, o.id FROM rows JOIN organisation o ON o.id = rows.organisation_id';

/** Adds a merged organisation to the change feed if a figure of which its own is the sum changes. */
export class AnnounceSums1765000000000 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return definePopulationTriggers(runner, withSuccessors);
  }

  down(runner: QueryRunner): Promise<void> {
    return definePopulationTriggers(runner, onlyItself);
  }
}

async function definePopulationTriggers(runner: QueryRunner, changed: string): Promise<void> {
  for (const event of ['insert', 'update', 'delete']) {
    await runner.query(`
      CREATE OR REPLACE FUNCTION remember_population_1_${event}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
      SET search_path = pg_catalog, public, pg_temp AS $$ BEGIN ${remember(changed, 'UPSERT')} RETURN NULL; END $$`);
  }
}
