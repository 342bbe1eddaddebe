/** `npm run roles -- <service>`: creates a service's database and its two roles, on a PostgreSQL of your own. */
import { Argument } from 'commander';
import pg from 'pg';

import { countries, europe } from '../../schema/values/countries.js';
import { runCli } from '../../services/kit/cli.js';
import { ConfigError, parseSettings, type SettingsOf } from '../../services/kit/config/config.js';
import { describeConnectionError } from '../../services/kit/database/connection-error.js';
import { rolesSettings } from '../../services/kit/config/database-settings.js';
import { createRoles, type Login, type OwnedDatabase } from '../../services/kit/database/roles.js';

type RolesSettings = SettingsOf<ReturnType<typeof rolesSettings>>;

const names = [...countries, europe].map(({ folder }) => folder);

process.exitCode = await runCli({
  description: `Creates the database of a service and its two roles, on a PostgreSQL of your own: the owner of the schema, and the role
that the service uses.`,
  examples: [
    [
      `BELGIUM_ADMINISTRATOR_URL=postgres://postgres:secret@localhost:5432/postgres \\
  BELGIUM_MIGRATION_URL=postgres://belgium:secret1@localhost:5432/belgium \\
  BELGIUM_DATABASE_URL=postgres://belgium_service:secret2@localhost:5432/belgium \\
  npm run roles -- belgium`,
      '',
    ],
  ],
  define: (command) => {
    command.addArgument(new Argument('<service>', 'the service whose database it is').choices(names));
  },
  notes: `The role in BELGIUM_MIGRATION_URL owns the database and its schema. The role in BELGIUM_DATABASE_URL is the service's: it may
connect, and npm run migrate -- belgium grants it its rights. No other role may connect. What exists is kept, except that the
passwords are set: running it again with other passwords changes them.

The administrator is a superuser, or a role with CREATEROLE and CREATEDB, as managed PostgreSQL provides. Each URL can be in a
file: BELGIUM_ADMINISTRATOR_URL_FILE. In an image: node dist/cli/database/roles.js belgium

Exit code: 0 done, 1 the roles cannot be created, 2 the command line or an address is wrong.`,
  run: async (_options, [name = '']) => {
    try {
      console.log(await createFor(name.toUpperCase()));
      return 0;
    } catch (error) {
      if (!(error instanceof Error) || error instanceof ConfigError) throw error;
      throw new Error(`not created: ${error.message}`, { cause: error });
    }
  },
  exitCodeFor: (error) => (error instanceof ConfigError ? 2 : 1),
});

/** Creates the database and roles of a service. Returns what was done. */
async function createFor(prefix: string): Promise<string> {
  const settings = parseSettings(rolesSettings(prefix), process.env);
  const owned = toOwnedDatabase(prefix, settings);
  const variable = `${prefix}_ADMINISTRATOR_URL`;
  const administrator = await connect(settings.administratorUrl);
  try {
    await createRoles(administrator, owned).catch((error: unknown) => {
      throw isInsufficientPrivilege(error)
        ? new Error(`${variable} must name an administrator: ${error.message}`)
        : error;
    });
  } finally {
    await administrator.end();
  }
  const { database, owner, service } = owned;
  return `the database ${database} belongs to ${owner.name}, and ${service.name} may connect to it`;
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect().catch((error: unknown) => {
    throw new Error(describeConnectionError(url, error));
  });
  return client;
}

function isInsufficientPrivilege(error: unknown): error is pg.DatabaseError {
  return error instanceof pg.DatabaseError && error.code === '42501';
}

/** @throws ConfigError when the addresses do not name two roles of one database, with their passwords. */
function toOwnedDatabase(prefix: string, { databaseUrl, migrationUrl }: RolesSettings): OwnedDatabase {
  const [variable, ownerVariable] = [`${prefix}_DATABASE_URL`, `${prefix}_MIGRATION_URL`];
  const service = toLogin(variable, databaseUrl);
  const owner = toLogin(ownerVariable, migrationUrl);
  if (service.database !== owner.database)
    throw new ConfigError([`${variable} and ${ownerVariable} must name one database`]);
  if (service.name === owner.name)
    throw new ConfigError([
      `${variable} and ${ownerVariable} must name two roles, so that the service cannot change the schema`,
    ]);
  return { database: service.database, owner, service };
}

function toLogin(variable: string, url: string): Login & { readonly database: string } {
  const { username, password, pathname } = new URL(url);
  const [name, secret, database] = [username, password, pathname.slice(1)].map(decodeURIComponent);
  if (!name || !secret || !database)
    throw new ConfigError([`${variable} must name a role, its password and a database`]);
  return { name, password: secret, database };
}
