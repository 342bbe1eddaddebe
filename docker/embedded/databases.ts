import pg from 'pg';

import { administrator, databaseUrl } from './cluster-folder.js';

/** Keeps this cluster's lock of `ensureDatabases` apart from any other advisory lock. */
const lock = 7_243_001;

/**
 * Gives each name a role that may log in and nothing else, and a database that is its own and closed to all others.
 * What is there already stays; passwords are set anew.
 */
export async function ensureDatabases(
  port: number,
  names: readonly string[],
  passwordOf: (role: string) => string,
): Promise<void> {
  const client = await connectAsAdministrator(port, passwordOf(administrator));
  try {
    // Two runners may come at once. The lock ends with the connection.
    await client.query('SELECT pg_advisory_lock($1)', [lock]);
    await client.query('REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC');
    for (const name of names) await ensureDatabase(client, name, passwordOf(name));
  } finally {
    await client.end();
  }
}

/** A connection that may do everything. Its name is seen in `pg_stat_activity`. */
export async function connectAsAdministrator(port: number, password: string, name = 'runner'): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: databaseUrl(port, administrator, password),
    application_name: name,
    // PGSSLMODE of the environment speaks of other servers.
    ssl: false,
    connectionTimeoutMillis: 5_000,
  });
  await client.connect();
  return client;
}

async function ensureDatabase(client: pg.Client, name: string, password: string): Promise<void> {
  const identifier = client.escapeIdentifier(name);
  const roleExists = await found(client, 'SELECT FROM pg_roles WHERE rolname = $1', name);
  const rights = 'LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS';
  await client.query(
    `${roleExists ? 'ALTER' : 'CREATE'} ROLE ${identifier} ${rights} PASSWORD ${client.escapeLiteral(password)}`,
  );
  if (!(await found(client, 'SELECT FROM pg_database WHERE datname = $1', name))) {
    await client.query(`CREATE DATABASE ${identifier} OWNER ${identifier} TEMPLATE template0`);
  }
  await client.query(`REVOKE ALL ON DATABASE ${identifier} FROM PUBLIC`);
}

async function found(client: pg.Client, query: string, name: string): Promise<boolean> {
  return (await client.query(query, [name])).rowCount === 1;
}
