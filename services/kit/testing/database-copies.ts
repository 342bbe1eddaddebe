import type pg from 'pg';

import { createRoles, type OwnedDatabase } from '../database/roles.js';
import { defaultServiceRole } from '../config/database-settings.js';
import {
  databaseUrl,
  dropDatabase,
  newName,
  type ServiceDatabase,
  type TestDatabase,
  withAdministrator,
} from './databases.js';

/** Where databases are, by what they are for. */
export type DatabaseUrls = ReadonlyMap<string, Omit<ServiceDatabase, 'drop'>>;

/** The advisory lock that is held while a copy is created. */
const lock = 7_243_002;
/** Another one, because filling databases takes a minute. */
const schemaLock = 7_243_003;

/**
 * Copies databases that are filled once in a run of tests: by the first caller, while all others wait.
 *
 * A copy has the roles of what it was copied from, so that what they may do is copied too.
 *
 * @param fill fills empty databases, and has left them when it settles. Callers with the same name and prefix must fill them alike.
 * @param prefix distinguishes databases of the same names that are filled differently.
 */
export function copyServiceDatabases(
  names: readonly string[],
  fill: (originals: DatabaseUrls) => Promise<void>,
  prefix = 'filled',
): Promise<Map<string, ServiceDatabase>> {
  return withAdministrator(async (client) => {
    // Goes with the connection, also when this process is killed.
    await client.query('SELECT pg_advisory_lock($1, hashtext($2))', [lock, prefix]);
    const originals = new Map(names.map((name) => [name, toOriginal(`${prefix}_${name}`)]));
    const databases = [...originals.values()].map(({ database }) => database);
    if (!(await areClosed(client, databases))) await refill(client, originals, fill);
    const copies = new Map<string, ServiceDatabase>();
    for (const [name, original] of originals) copies.set(name, await copy(client, original));
    return copies;
  });
}

/**
 * Copies a database that is created once in a run of tests: by the first caller, while all others wait.
 *
 * @param create creates the schema of an empty database, and has left it when it settles. Callers with the same name must create the
 *   same.
 */
export function copyTestDatabase(name: string, create: (url: string) => Promise<void>): Promise<TestDatabase> {
  const [original, copy] = [`created_${name}`, newName()];
  return withAdministrator(async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [schemaLock]);
    if (!(await areClosed(client, [original]))) {
      await client.query(`DROP DATABASE IF EXISTS ${original} WITH (FORCE)`);
      await client.query(`CREATE DATABASE ${original} STRATEGY file_copy`);
      await create(databaseUrl(original));
      await close(client, original);
    }
    await client.query(`CREATE DATABASE ${copy} TEMPLATE ${original} STRATEGY file_copy`);
    return { url: databaseUrl(copy), drop: () => dropDatabase(copy) };
  });
}

/** Roles with the administrator's password, which only the processes of a run of tests have. */
function toOriginal(database: string): OwnedDatabase {
  const { password } = new URL(databaseUrl(''));
  return { database, owner: { name: database, password }, service: { name: defaultServiceRole(database), password } };
}

const addressesOf = ({ database, owner, service }: OwnedDatabase): Omit<ServiceDatabase, 'drop'> => ({
  url: databaseUrl(database, owner),
  serviceUrl: databaseUrl(database, service),
});

/** A complete database allows no connections, so that it can be copied. */
const close = (client: pg.Client, database: string): Promise<unknown> =>
  client.query(`ALTER DATABASE ${database} ALLOW_CONNECTIONS false`);

async function areClosed(client: pg.Client, databases: readonly string[]): Promise<boolean> {
  const closed = 'SELECT FROM pg_database WHERE datname = ANY ($1) AND NOT datallowconn';
  return (await client.query(closed, [databases])).rowCount === databases.length;
}

async function refill(
  client: pg.Client,
  originals: ReadonlyMap<string, OwnedDatabase>,
  fill: (originals: DatabaseUrls) => Promise<void>,
): Promise<void> {
  for (const original of originals.values()) {
    await client.query(`DROP DATABASE IF EXISTS ${original.database} WITH (FORCE)`);
    await createRoles(client, original);
  }
  await fill(new Map([...originals].map(([name, original]) => [name, addressesOf(original)])));
  for (const { database } of originals.values()) await close(client, database);
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
