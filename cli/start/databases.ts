import pg from 'pg';

import { createRoles } from '../../services/kit/database/roles.js';
import { defaultServiceRole } from '../../services/kit/config/database-settings.js';
import { administrator, databaseUrl } from './cluster-folder.js';

/** Keeps this cluster's lock of `ensureDatabases` apart from any other advisory lock. */
const lock = 7_243_001;

/**
 * Gives each name a database, a role of that name that owns it, and one for its service; closed to all others.
 * What exists already stays; passwords are set again.
 */
export async function ensureDatabases(
  port: number,
  names: readonly string[],
  passwordOf: (role: string) => string,
): Promise<void> {
  const client = await connectAsAdministrator(port, passwordOf(administrator));
  try {
    // Two runners may start at once. The lock ends with the connection.
    await client.query('SELECT pg_advisory_lock($1)', [lock]);
    await client.query('REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC');
    const loginOf = (name: string) => ({ name, password: passwordOf(name) });
    for (const name of names) {
      await createRoles(client, { database: name, owner: loginOf(name), service: loginOf(defaultServiceRole(name)) });
    }
  } finally {
    await client.end();
  }
}

/** A connection as administrator. Its name is in `pg_stat_activity`. */
export async function connectAsAdministrator(port: number, password: string, name = 'runner'): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: databaseUrl(port, administrator, password),
    application_name: name,
    // PGSSLMODE in the environment is for other servers.
    ssl: false,
    connectionTimeoutMillis: 5_000,
  });
  await client.connect();
  return client;
}
