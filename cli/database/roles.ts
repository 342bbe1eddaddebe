/** `npm run roles -- <service>`: makes a service's database and the two roles that come to it, on a PostgreSQL of your own. */
import pg from 'pg';

import { countries, europe } from '../../schema/values/countries.js';
import { ConfigError } from '../../services/kit/config/config.js';
import { describeConnectionError } from '../../services/kit/database/connection-error.js';
import { requireDatabaseUrl } from '../../services/kit/config/database-settings.js';
import { createRoles, type Login, type OwnedDatabase } from '../../services/kit/database/roles.js';

const names = [...countries, europe].map(({ folder }) => folder);

const usage = `Makes a database and its two roles, so that the addresses you give the service work.

  BELGIUM_ADMINISTRATOR_URL=postgres://postgres:secret@localhost:5432/postgres \\
  BELGIUM_MIGRATION_URL=postgres://belgium:secret1@localhost:5432/belgium \\
  BELGIUM_DATABASE_URL=postgres://belgium_service:secret2@localhost:5432/belgium \\
  npm run roles -- belgium

The role of BELGIUM_MIGRATION_URL owns the database and its schema. That of BELGIUM_DATABASE_URL is the service's: it may connect,
and gets its rights with npm run migrate -- belgium. Nobody else may connect. What is there already stays, and passwords are set
anew; so doing it again with others changes them.

The administrator is a superuser, or a role with CREATEROLE and CREATEDB, as managed PostgreSQL has it. Each address can stand in
a file: BELGIUM_ADMINISTRATOR_URL_FILE. In an image: node dist/cli/database/roles.js belgium

Services: ${names.join(', ')}`;

process.exitCode = await main(process.argv.slice(2));

async function main([name, ...others]: readonly string[]): Promise<number> {
  if (name === '--help' || name === '-h' || others.includes('--help')) return say(usage, 0);
  if (name === undefined || !names.includes(name) || others.length > 0)
    return complain(`Name one service: ${names.join(', ')}.\n\n${usage}`, 2);
  try {
    const prefix = name.toUpperCase();
    const owned = readOwnedDatabase(prefix);
    const variable = `${prefix}_ADMINISTRATOR_URL`;
    const administrator = await connect(requireDatabaseUrl(variable, process.env));
    try {
      await createRoles(administrator, owned).catch((error: unknown) => {
        throw isNoAdministrator(error) ? new Error(`${variable} must name an administrator: ${error.message}`) : error;
      });
    } finally {
      await administrator.end();
    }
    const { database, owner, service } = owned;
    return say(`the database ${database} belongs to ${owner.name}, and ${service.name} may connect to it`, 0);
  } catch (error) {
    if (error instanceof ConfigError) return complain(`${error.message}\n\n${usage}`, 2);
    if (error instanceof Error) return complain(`not made: ${error.message}`, 1);
    throw error;
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect().catch((error: unknown) => {
    throw new Error(describeConnectionError(url, error));
  });
  return client;
}

/** PostgreSQL's `insufficient_privilege`. */
const isNoAdministrator = (error: unknown): error is pg.DatabaseError =>
  error instanceof pg.DatabaseError && error.code === '42501';

/** @throws ConfigError when the addresses do not name two roles of one database, with their passwords. */
function readOwnedDatabase(prefix: string): OwnedDatabase {
  const [variable, ownerVariable] = [`${prefix}_DATABASE_URL`, `${prefix}_MIGRATION_URL`];
  const service = readLogin(variable);
  const owner = readLogin(ownerVariable);
  if (service.database !== owner.database)
    throw new ConfigError([`${variable} and ${ownerVariable} must name one database`]);
  if (service.name === owner.name)
    throw new ConfigError([
      `${variable} and ${ownerVariable} must name two roles, so that the service cannot change the schema`,
    ]);
  return { database: service.database, owner, service };
}

function readLogin(variable: string): Login & { readonly database: string } {
  const { username, password, pathname } = new URL(requireDatabaseUrl(variable, process.env));
  const [name, secret, database] = [username, password, pathname.slice(1)].map(decodeURIComponent);
  if (!name || !secret || !database)
    throw new ConfigError([`${variable} must name a role, its password and a database`]);
  return { name, password: secret, database };
}

function say(text: string, code: number): number {
  console.log(text);
  return code;
}

function complain(problem: string, code: number): number {
  console.error(problem);
  return code;
}
