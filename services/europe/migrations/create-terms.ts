import type { QueryRunner } from 'typeorm';

import { id, origin } from './columns.js';

/** Terms, contracts, and the suppliers that are derived from contracts and the contractors of records. */
export async function createTerms(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE terms (
      id ${id} PRIMARY KEY,
      ${origin},
      consortium_id ${id},
      address ${id},
      content jsonb NOT NULL
    )`);
  await runner.query(`CREATE INDEX terms_by_address ON terms (address)`);
  await runner.query(`CREATE INDEX terms_by_consortium ON terms (consortium_id)`);
  await runner.query(`
    CREATE TABLE contract (
      id ${id} PRIMARY KEY,
      ${origin},
      address ${id},
      client_id ${id},
      identifier ${id},
      -- As in the content of a record: see SupplierName in rows.ts.
      supplier jsonb,
      content jsonb NOT NULL
    )`);

  // Every statement about a supplier, by a contract or a record, with the key of the name in it.
  await runner.query(`
    CREATE TABLE supply (
      statement_id ${id} NOT NULL,
      name_key ${id} NOT NULL,
      country text NOT NULL,
      identifier ${id},
      address ${id},
      client_id ${id},
      supplier jsonb NOT NULL,
      provenance jsonb NOT NULL,
      supplier_id ${id} NOT NULL,
      PRIMARY KEY (statement_id, name_key)
    )`);
  await runner.query(`CREATE INDEX supply_by_supplier ON supply (supplier_id, country, statement_id)`);
  await runner.query(`CREATE INDEX supply_by_name ON supply (name_key)`);
  await runner.query(`CREATE INDEX supply_by_address ON supply (address)`);
  await runner.query(`CREATE INDEX supply_by_client ON supply (client_id)`);
  await runner.query(`
    CREATE TABLE supplier (
      id ${id} PRIMARY KEY,
      name text NOT NULL,
      names text[] NOT NULL,
      identifiers text[] NOT NULL,
      countries text[] NOT NULL,
      sort_name ${id} NOT NULL,
      search_text text NOT NULL
    )`);
  await runner.query(`CREATE INDEX supplier_by_name ON supplier (sort_name, id)`);
  await runner.query(`CREATE INDEX supplier_search ON supplier USING gin (search_text gin_trgm_ops)`);
}

export const dropTerms = (runner: QueryRunner): Promise<unknown> =>
  runner.query(`DROP TABLE IF EXISTS supplier, supply, contract, terms`);
