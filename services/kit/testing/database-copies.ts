import type pg from 'pg';

import { createRoles, type OwnedDatabase } from '../database/roles.js';
import { defaultServiceRole } from '../config/database-settings.js';
import { databaseUrl, dropDatabase, newName, type ServiceDatabase, withAdministrator } from './databases.js';

/** Where databases are, by what they are for. */
export type DatabaseUrls = ReadonlyMap<string, Omit<ServiceDatabase, 'drop'>>;

/** The advisory lock that is held while a copy is created. */
const lock = 7_243_002;

/**
 * Copies databases that are filled once in a run of tests: by the first caller, while all others wait.
 *
 * A copy has the roles of what it was copied from, so that what they may do is copied too.
 *
 * @param fill fills empty databases, and has left them when it settles. Callers with the same name must fill them alike.
 */
export function copyServiceDatabases(
  names: readonly string[],
  fill: (originals: DatabaseUrls) => Promise<void>,
): Promise<Map<string, ServiceDatabase>> {
  return withAdministrator(async (client) => {
    // Goes with the connection, also when this process is killed.
    await client.query('SELECT pg_advisory_lock($1)', [lock]);
    if (!(await areFilled(client, names))) await refill(client, names, fill);
    const copies = new Map<string, ServiceDatabase>();
    for (const name of names) copies.set(name, await copy(client, originalOf(name)));
    return copies;
  });
}

/** Roles with the administrator's password, which only the processes of a run of tests have. */
function originalOf(name: string): OwnedDatabase {
  const { password } = new URL(databaseUrl(''));
  const database = `filled_${name}`;
  return { database, owner: { name: database, password }, service: { name: defaultServiceRole(database), password } };
}

const addressesOf = ({ database, owner, service }: OwnedDatabase): Omit<ServiceDatabase, 'drop'> => ({
  url: databaseUrl(database, owner),
  serviceUrl: databaseUrl(database, service),
});

/** A complete database allows no connections, so that it can be copied. */
async function areFilled(client: pg.Client, names: readonly string[]): Promise<boolean> {
  const closed = 'SELECT FROM pg_database WHERE datname = ANY ($1) AND NOT datallowconn';
  return (await client.query(closed, [names.map((name) => originalOf(name).database)])).rowCount === names.length;
}

async function refill(
  client: pg.Client,
  names: readonly string[],
  fill: (originals: DatabaseUrls) => Promise<void>,
): Promise<void> {
  for (const name of names) {
    await client.query(`DROP DATABASE IF EXISTS ${originalOf(name).database} WITH (FORCE)`);
    await createRoles(client, originalOf(name));
  }
  await fill(new Map(names.map((name) => [name, addressesOf(originalOf(name))])));
  for (const name of names) await client.query(`ALTER DATABASE ${originalOf(name).database} ALLOW_CONNECTIONS false`);
}

async function copy(client: pg.Client, original: OwnedDatabase): Promise<ServiceDatabase> {
  const made = { ...original, database: newName() };
  await client.query(
    `CREATE DATABASE ${made.database} OWNER ${made.owner.name} TEMPLATE ${original.database} STRATEGY file_copy`,
  );
  // The privilege to connect is the only thing that is not copied.
  await createRoles(client, made);
  return { ...addressesOf(made), drop: () => dropDatabase(made.database) };
}
