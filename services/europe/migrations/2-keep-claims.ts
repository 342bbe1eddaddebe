import type { MigrationInterface, QueryRunner } from 'typeorm';

import { id } from './columns.js';

/**
 * Since when each record has claimed each address, as Europe observed it. Unlike the index, it cannot be derived from the feeds: a
 * rebuild keeps these tables, and a new version of the index does not drop them.
 */
export class KeepClaims1764700000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // While a country is founding, its claims count from the day that it states: see `derive/address-claims.ts`.
    await runner.query(`CREATE TABLE claiming_country (country text PRIMARY KEY, is_founding boolean NOT NULL)`);
    await runner.query(`
      CREATE TABLE address_claim (
        address ${id} NOT NULL,
        record_id ${id} NOT NULL,
        country text NOT NULL,
        attributed_to text,
        since timestamptz NOT NULL,
        PRIMARY KEY (address, record_id)
      )`);
    await runner.query(`CREATE INDEX address_claim_by_record ON address_claim (record_id)`);
    // Whose catalogue named an address first. Statements restrict its own column, since a join does not reach into it. Of claims since the same moment, one by the publisher's own country comes first.
    await runner.query(`
      CREATE VIEW address_owner AS
      SELECT DISTINCT ON (address) address, country FROM address_claim
      ORDER BY address, since, (attributed_to IS NOT DISTINCT FROM country) DESC, country`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP VIEW address_owner`);
    await runner.query(`DROP TABLE address_claim, claiming_country`);
  }
}
