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

/** Where a database is, for its owner and for its service. */
export type DatabaseUrls = Omit<ServiceDatabase, 'drop'>;

/** The advisory lock that is held while a copy is created. */
const lock = 7_243_002;
/** Another one, because filling databases takes a minute. */
const schemaLock = 7_243_003;

/**
 * Copies a database that is filled once in a run of tests: by the first caller, while all others wait.
 *
 * A copy has the roles of what it was copied from, so that what they may do is copied too.
 *
 * @param fill fills an empty database, and has left it when it settles. Callers with the same name and prefix must fill it alike.
 * @param prefix distinguishes databases of the same name that are filled differently.
 */
export function copyServiceDatabase(
  name: string,
  fill: (original: DatabaseUrls) => Promise<void>,
  prefix = 'filled',
): Promise<ServiceDatabase> {
  return withAdministrator(async (client) => {
    const original = toOriginal(`${prefix}_${name}`);
    // Goes with the connection, also when this process is killed.
    await client.query('SELECT pg_advisory_lock($1, hashtext($2))', [lock, original.database]);
    if (!(await isClosed(client, original.database))) await refill(client, original, fill);
    return copy(client, original);
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
    if (!(await isClosed(client, original))) {
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

const addressesOf = ({ database, owner, service }: OwnedDatabase): DatabaseUrls => ({
  url: databaseUrl(database, owner),
  serviceUrl: databaseUrl(database, service),
});

/** A complete database allows no connections, so that it can be copied. */
const close = (client: pg.Client, database: string): Promise<unknown> =>
  client.query(`ALTER DATABASE ${database} ALLOW_CONNECTIONS false`);

async function isClosed(client: pg.Client, database: string): Promise<boolean> {
  const closed = 'SELECT FROM pg_database WHERE datname = $1 AND NOT datallowconn';
  return (await client.query(closed, [database])).rowCount === 1;
}

async function refill(
  client: pg.Client,
  original: OwnedDatabase,
  fill: (original: DatabaseUrls) => Promise<void>,
): Promise<void> {
  await client.query(`DROP DATABASE IF EXISTS ${original.database} WITH (FORCE)`);
  await createRoles(client, original);
  await fill(addressesOf(original));
  await close(client, original.database);
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
