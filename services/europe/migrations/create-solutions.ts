import type { QueryRunner } from 'typeorm';

import { id } from './columns.js';

/** What Europe derives from the records: which address is which solution, and the merged fields of each. */
export async function createSolutions(runner: QueryRunner): Promise<void> {
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
      used_in text[] NOT NULL DEFAULT '{}',
      used_by_kinds text[] NOT NULL DEFAULT '{}',
      -- The inhabitants of the smallest and the largest user of which the number is known.
      smallest_user integer,
      largest_user integer
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
