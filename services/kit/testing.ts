import { randomBytes } from 'node:crypto';

import pg from 'pg';

/** A database of a test's own. */
export interface TestDatabase {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

/** Makes an empty database in the PostgreSQL of this run of tests (`TEST_POSTGRES_URL`, which Jest's global set-up starts). */
export async function createTestDatabase(): Promise<TestDatabase> {
  const administrator = process.env['TEST_POSTGRES_URL'];
  if (administrator === undefined) throw new Error('TEST_POSTGRES_URL is missing: run the tests with `npx jest`.');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await execute(administrator, `CREATE DATABASE ${name}`);
  const url = new URL(administrator);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => execute(administrator, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
