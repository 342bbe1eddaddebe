import { setTimeout as wait } from 'node:timers/promises';

import pg from 'pg';

import { type MigrationHooks, type Database, type DatabaseOptions, runMigrations, openDatabase } from './database.js';
import type { Logger } from '../observability/logger.js';

/** The privileges of a role on tables, as in GRANT. */
export interface Grants {
  /** On every other table. */
  readonly defaultPrivileges: string;
  /** By table. */
  readonly tablePrivileges: Readonly<Record<string, string>>;
}

/** The migrations of a service's schema, and the privileges of the service. */
export interface MigrationPlan {
  /** The service, as commands name it. */
  readonly service: string;
  readonly migrations: DatabaseOptions['migrations'];
  readonly grants: Grants;
}

/**
 * Runs the pending migrations of a schema as its owner, and grants the service's role all its privileges again.
 *
 * @param url the database, for the owner of its schema.
 * @returns the migrations that were run.
 */
export async function migrate(url: string, plan: MigrationPlan, role: string): Promise<string[]> {
  const database = await openDatabase({ url, entities: [], migrations: plan.migrations });
  try {
    await requireRole(database, plan, role);
    // The owner of a table has all privileges; revoking some would revoke them from the owner.
    const owner = await database.query('SELECT WHERE current_user = $1', [role]);
    return await runMigrations(database, owner.length > 0 ? undefined : grantStatements(role, plan.grants));
  } finally {
    await database.close();
  }
}

async function requireRole(
  { query }: Pick<Database, 'query'>,
  { service }: MigrationPlan,
  role: string,
): Promise<void> {
  const found = await query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
  if (found.length === 0)
    throw new Error(
      `the role "${role}" of the service does not exist. Create it with: npm run roles -- ${service}, ` +
        `or name another: ${service.toUpperCase()}_SERVICE_ROLE`,
    );
}

/** TypeORM's table of the migrations that were run. */
const ledger = 'migrations';

function grantStatements(role: string, { defaultPrivileges, tablePrivileges }: Grants): MigrationHooks {
  const to = pg.escapeIdentifier(role);
  return {
    // A running service can use at once what a migration adds or recreates, such as a view.
    before: async (run) => {
      await run('REVOKE CREATE ON SCHEMA public FROM PUBLIC');
      await run(`GRANT USAGE ON SCHEMA public TO ${to}`);
      await run(`ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ${defaultPrivileges} ON TABLES TO ${to}`);
    },
    after: async (run) => {
      const tables = await run<{ name: string; isTable: boolean }>(
        `SELECT relname AS name, relkind IN ('r', 'p') AS "isTable" FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v') AND relowner = current_user::regrole
        ORDER BY relname`,
      );
      for (const { name, isTable } of tables) {
        const rights = isTable ? (tablePrivileges[name] ?? (name === ledger ? 'SELECT' : defaultPrivileges)) : 'SELECT';
        const table = pg.escapeIdentifier(name);
        await run(`REVOKE ALL ON ${table} FROM ${to}`);
        await run(`GRANT ${rights} ON ${table} TO ${to}`);
      }
    },
  };
}

/** The migrations that were not run; all of them if the role may not read which were. */
export async function pendingMigrations(
  { query }: Pick<Database, 'query'>,
  { migrations }: Pick<MigrationPlan, 'migrations'>,
): Promise<string[]> {
  const run = await query<{ name: string }>(`SELECT name FROM ${ledger}`).catch((error: unknown) => {
    if (isUnreadable(error)) return [];
    throw error;
  });
  const names = new Set(run.map(({ name }) => name));
  return migrations.map(({ name }) => name).filter((name) => !names.has(name));
}

/** PostgreSQL's `undefined_table` and `insufficient_privilege`. */
const isUnreadable = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && ['42P01', '42501'].includes(error.code ?? '');

export interface PrepareSchemaOptions {
  readonly database: Pick<Database, 'query'>;
  readonly plan: MigrationPlan;
  /** If the process may run migrations itself. */
  readonly migrationUrl?: string | undefined;
  readonly logger: Logger;
  /** What to do while there are pending migrations. */
  readonly onPending: 'wait' | 'fail';
  /** Ends waiting. */
  readonly signal?: AbortSignal | undefined;
}

const pauseMs = 1_000;

/**
 * Settles when no migration is pending: runs them if it may, and otherwise waits until they were run.
 *
 * @throws Error that states how to run them, if it should not wait.
 */
export async function prepareSchema({
  database,
  plan,
  migrationUrl,
  logger,
  onPending,
  signal,
}: PrepareSchemaOptions): Promise<void> {
  const [self] = await database.query<{ role: string; canAlterSchema: boolean }>(
    `SELECT current_user::text AS role, has_schema_privilege('public', 'CREATE') AS "canAlterSchema"`,
  );
  if (migrationUrl !== undefined) {
    for (const name of await migrate(migrationUrl, plan, self?.role ?? '')) logger.info(`migrated: ${name}`);
  }
  const pending = await pendingMigrations(database, plan);
  if (pending.length > 0 && onPending === 'fail') throw new Error(howToMigrate(plan, pending));
  if (pending.length > 0) {
    logger.error(howToMigrate(plan, pending));
    do await wait(pauseMs, undefined, { signal });
    while ((await pendingMigrations(database, plan)).length > 0);
    logger.info('the database is up to date now');
  }
  if (self?.canAlterSchema)
    logger.warn(
      `the role ${self.role} can change the schema; give the service one that cannot: npm run roles -- --help`,
    );
}

const howToMigrate = ({ service }: MigrationPlan, pending: readonly string[]): string =>
  `the database lacks migrations, or its role may not read which: ${pending.join(', ')}. ` +
  `Bring it up to date with: npm run migrate -- ${service} (in an image: node dist/services/${service}/migrate.js)`;
