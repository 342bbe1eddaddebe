import { setTimeout as wait } from 'node:timers/promises';

import pg from 'pg';

import {
  type MigrationHooks,
  type Database,
  type DatabaseOptions,
  runMigrations,
  openDatabase,
  type RunMigration,
} from './database.js';
import type { Logger } from '../observability/logger.js';

/** What a role may do with the rows of a table, as GRANT has it. */
export interface Grants {
  /** With every table that is not named. */
  readonly defaultPrivileges: string;
  /** By table. */
  readonly tablePrivileges: Readonly<Record<string, string>>;
}

/** How the schema of a service comes about, and what the service may do in it. */
export interface MigrationPlan {
  /** The service, as commands name it. */
  readonly service: string;
  readonly migrations: DatabaseOptions['migrations'];
  readonly grants: Grants;
}

/**
 * Brings a schema up to date as its owner, and gives the service's role its rights, all of them anew.
 *
 * @param url the database, for the owner of its schema.
 * @returns the migrations that were run.
 */
export async function migrate(url: string, plan: MigrationPlan, role: string): Promise<string[]> {
  const database = await openDatabase({ url, entities: [], migrations: plan.migrations });
  try {
    await requireRole(database, plan, role);
    // Who owns a table may do everything, and taking rights away would take them from the owner.
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
      `there is no role "${role}" for the service. Make it with: npm run roles -- ${service}, ` +
        `or name another: ${service.toUpperCase()}_SERVICE_ROLE`,
    );
}

/** Kept by TypeORM: which migrations were run. */
const ledger = 'migrations';

function grantStatements(role: string, { defaultPrivileges, tablePrivileges }: Grants): MigrationHooks {
  const to = pg.escapeIdentifier(role);
  return {
    // What a migration adds, or makes anew as it does a view, a service that runs on meanwhile can use at once.
    before: async (run) => {
      await run('REVOKE CREATE ON SCHEMA public FROM PUBLIC');
      await run(`GRANT USAGE ON SCHEMA public TO ${to}`);
      await run(
        `ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ${await known(run, defaultPrivileges)} ON TABLES TO ${to}`,
      );
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
        await run(`GRANT ${await known(run, rights)} ON ${table} TO ${to}`);
      }
    },
  };
}

/** Before PostgreSQL 17 only owners could let the planner learn of new rows; there the database finds the time itself. */
async function known(run: RunMigration, rights: string): Promise<string> {
  const [server] = await run<{ canGrant: boolean }>(
    `SELECT current_setting('server_version_num')::int >= 170000 AS "canGrant"`,
  );
  return server?.canGrant ? rights : rights.replace(', MAINTAIN', '');
}

/** The migrations that a database lacks; all of them where its role may not look. */
export async function pendingMigrations(
  { query }: Pick<Database, 'query'>,
  { migrations }: Pick<MigrationPlan, 'migrations'>,
): Promise<string[]> {
  const run = await query<{ name: string }>(`SELECT name FROM ${ledger}`).catch((error: unknown) => {
    if (isClosed(error)) return [];
    throw error;
  });
  const names = new Set(run.map(({ name }) => name));
  return migrations.map(({ name }) => name).filter((name) => !names.has(name));
}

/** PostgreSQL's `undefined_table` and `insufficient_privilege`. */
const isClosed = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && ['42P01', '42501'].includes(error.code ?? '');

export interface PrepareSchemaOptions {
  readonly database: Pick<Database, 'query'>;
  readonly plan: MigrationPlan;
  /** Where the process may bring the schema up to date itself. */
  readonly migrationUrl?: string | undefined;
  readonly logger: Logger;
  /** What to do while the schema is behind. */
  readonly onPending: 'wait' | 'fail';
  /** Ends the waiting. */
  readonly signal?: AbortSignal | undefined;
}

const pauseMs = 1_000;

/**
 * Settles when the schema is up to date: brings it there if it may, and otherwise waits until somebody has.
 *
 * @throws Error that says how, where it is not to wait.
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
