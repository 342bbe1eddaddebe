import type { MigrationInterface, QueryRunner } from 'typeorm';

import { eventRows, unwatchTable, watchTable } from './16-add-codes-and-needs.js';
import { id, period } from './columns.js';

/** The terms of consortia and solutions with their fees, and the contracts of suppliers. */
export class AddTerms1765600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE terms (
        id ${id} PRIMARY KEY,
        consortium_id ${id} REFERENCES organisation ON DELETE CASCADE,
        address ${id},
        open_to_kinds text[],
        open_to_nuts text[],
        eligibility jsonb NOT NULL,
        conditions jsonb NOT NULL,
        support jsonb NOT NULL,
        agreement text,
        exception_ground text CHECK (exception_ground IN ('PUBLIC_TASK', 'THIRD_PARTY_RIGHTS', 'SECURITY')),
        exception_reason jsonb NOT NULL,
        provenance jsonb NOT NULL,
        revision integer NOT NULL DEFAULT 1,
        CHECK (coalesce(consortium_id, address) IS NOT NULL)
      )`);
    await runner.query(`CREATE INDEX terms_by_consortium ON terms (consortium_id, id)`);
    await runner.query(`CREATE INDEX terms_by_address ON terms (address, id)`);
    await runner.query(`
      CREATE TABLE fee (
        id ${id} PRIMARY KEY,
        -- Deferred, so that fees can be written before their terms, which then have their final revision.
        terms_id ${id} NOT NULL REFERENCES terms ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
        kind text NOT NULL,
        member_kind text,
        population_min integer,
        population_max integer,
        for_members boolean,
        amount numeric NOT NULL CHECK (amount >= 0),
        currency text NOT NULL,
        ${period},
        provenance jsonb NOT NULL,
        CHECK (population_min <= population_max)
      )`);
    await runner.query(`CREATE INDEX fee_by_terms ON fee (terms_id)`);
    // The client may be abroad, where no foreign key reaches.
    await runner.query(`
      CREATE TABLE contract (
        id ${id} PRIMARY KEY,
        supplier_name text NOT NULL,
        supplier_identifier text,
        client_id ${id},
        address ${id},
        ${period},
        url text,
        provenance jsonb NOT NULL,
        revision integer NOT NULL DEFAULT 1,
        CHECK (coalesce(client_id, address) IS NOT NULL)
      )`);

    await watchTable(runner, 'terms', 'TERMS');
    await watchTable(runner, 'contract', 'CONTRACT');
    // Fees are part of their terms, so their changes count as changes of the terms.
    for (const [event, rows] of Object.entries(eventRows)) {
      await runner.query(`
        CREATE FUNCTION change_terms_of_fee_${event.toLowerCase()}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp AS $$
        BEGIN UPDATE terms t SET revision = t.revision + 1 WHERE t.id IN (SELECT terms_id FROM rows); RETURN NULL; END $$`);
      await runner.query(`
        CREATE TRIGGER change_terms_${event.toLowerCase()} AFTER ${event} ON fee REFERENCING ${rows} TABLE AS rows
        FOR EACH STATEMENT EXECUTE FUNCTION change_terms_of_fee_${event.toLowerCase()}()`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE contract, fee, terms`);
    await unwatchTable(runner, 'terms', 'TERMS');
    await unwatchTable(runner, 'contract', 'CONTRACT');
    for (const event of Object.keys(eventRows))
      await runner.query(`DROP FUNCTION change_terms_of_fee_${event.toLowerCase()}`);
  }
}
