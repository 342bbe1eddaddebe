import pg from 'pg';

/** A role that may log in. */
export interface Login {
  readonly name: string;
  readonly password: string;
}

/** A database and its two roles. */
export interface OwnedDatabase {
  readonly database: string;
  /** Owns the database and its schema: migrations run as this role. */
  readonly owner: Login;
  /** Reads and writes rows. */
  readonly service: Login;
}

/**
 * Creates a database and its two roles; what exists already stays, and passwords are set again. No other role may connect to the
 * database. The migrations grant the service's role its privileges on tables.
 *
 * @param administrator a superuser's connection, or that of a role with CREATEROLE and CREATEDB.
 */
export async function createRoles(
  administrator: pg.Client,
  { database, owner, service }: OwnedDatabase,
): Promise<void> {
  const quoted = { database: pg.escapeIdentifier(database), owner: pg.escapeIdentifier(owner.name) };
  const run = (text: string): Promise<unknown> => administrator.query(text);
  for (const login of [owner, service]) await createLogin(administrator, login);
  // A role that is not a superuser can only give away what belongs to its own roles.
  if (!(await found(administrator, 'SELECT FROM pg_roles WHERE rolname = current_user AND rolsuper')))
    await run(`GRANT ${quoted.owner} TO CURRENT_USER`);
  if (!(await found(administrator, 'SELECT FROM pg_database WHERE datname = $1', database)))
    await run(`CREATE DATABASE ${quoted.database} OWNER ${quoted.owner} TEMPLATE template0`);
  await run(`REVOKE ALL ON DATABASE ${quoted.database} FROM PUBLIC`);
  await run(`GRANT CONNECT ON DATABASE ${quoted.database} TO ${pg.escapeIdentifier(service.name)}`);
}

/** New roles may do nothing but log in. */
async function createLogin(administrator: pg.Client, { name, password }: Login): Promise<void> {
  const verb = (await found(administrator, 'SELECT FROM pg_roles WHERE rolname = $1', name)) ? 'ALTER' : 'CREATE';
  await administrator.query(`${verb} ROLE ${pg.escapeIdentifier(name)} LOGIN PASSWORD ${pg.escapeLiteral(password)}`);
}

const found = async (client: pg.Client, query: string, ...values: string[]): Promise<boolean> =>
  (await client.query(query, values)).rowCount !== 0;
