import { parseArgs } from 'node:util';

import { ConfigError } from '../config/config.js';
import { type Database, openDatabase } from './database.js';
import { requireDatabaseUrl } from '../config/database-settings.js';
import { migrate, pendingMigrations, type MigrationPlan, defaultServiceRole } from './migrate-schema.js';

/** What the owner of a schema can do besides. */
export interface OwnerOption {
  readonly help: string;
  /** Done after the migrations. Returns what is to be said of it. */
  readonly run: (query: Database['query']) => Promise<string>;
}

/** How the command is used. */
export function usage(
  { service }: Pick<MigrationPlan, 'service'>,
  options: Readonly<Record<string, OwnerOption>>,
): string {
  const name = service.toUpperCase();
  const lines = [
    ['', 'run what is missing, and give the service its rights'],
    ['--dry-run', 'say what is missing, and change nothing'],
    ...Object.entries(options).map(([option, { help }]) => [`--${option}`, help]),
  ].map(([option = '', help = '']) => `  npm run migrate -- ${`${service} ${option}`.padEnd(20)}  ${help}`);
  return `Brings the schema of a database up to date, as its owner. Doing it again changes nothing.

${lines.join('\n')}

In an image: node dist/services/${service}/migrate.js

  ${name}_MIGRATION_URL   the database, for the role that owns its schema: postgres://${service}:password@host:5432/${service}
  ${name}_SERVICE_ROLE    the role of the service (${defaultServiceRole(service)}); it gets its rights, and must be there

Each address can stand in a file: ${name}_MIGRATION_URL_FILE. Roles are made with: npm run roles -- ${service}`;
}

/** The command of one service. Exit code 1 when it failed, 2 when it was asked for what it does not know. */
export async function runMigrateCommand(
  plan: MigrationPlan,
  { options = {}, args = process.argv.slice(2) }: MigrateOptions = {},
): Promise<void> {
  try {
    const own = Object.fromEntries(Object.keys(options).map((option) => [option, { type: 'boolean' as const }]));
    const { values } = parseArgs({
      args: [...args],
      options: { ...own, 'dry-run': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values['help']) say(usage(plan, options));
    else await work(plan, options, new Set(Object.keys(values)));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    console.error(
      isUsage(error) ? `${error.message}\n\n${usage(plan, options)}` : `not migrated: ${reasonOf(error, plan)}`,
    );
    process.exitCode = isUsage(error) ? 2 : 1;
  }
}

export interface MigrateOptions {
  readonly options?: Readonly<Record<string, OwnerOption>>;
  readonly args?: readonly string[];
}

async function work(
  plan: MigrationPlan,
  options: Readonly<Record<string, OwnerOption>>,
  asked: ReadonlySet<string>,
): Promise<void> {
  const name = plan.service.toUpperCase();
  const url = requireDatabaseUrl(`${name}_MIGRATION_URL`, process.env);
  const database = await openDatabase({ url, entities: [], migrations: [] });
  try {
    const pending = await pendingMigrations(database, plan);
    say(pending.length === 0 ? `${plan.service} is up to date` : `${plan.service} lacks: ${pending.join(', ')}`);
    if (asked.has('dry-run')) return;
    const role = process.env[`${name}_SERVICE_ROLE`] || defaultServiceRole(plan.service);
    await migrate(url, plan, role);
    if (pending.length > 0) say(`${plan.service} is up to date now`);
    say(`the role ${role} may read and write rows, and nothing else`);
    for (const [option, { run }] of Object.entries(options)) if (asked.has(option)) say(await run(database.query));
  } finally {
    await database.close();
  }
}

/** PostgreSQL's `insufficient_privilege`: somebody else comes than the owner. */
const reasonOf = (error: Error, { service }: MigrationPlan): string =>
  'code' in error && error.code === '42501'
    ? `${error.message}. ${service.toUpperCase()}_MIGRATION_URL is for the role that owns the database`
    : error.message;

/** Arguments that `parseArgs` refuses, and variables that are wrong. */
const isUsage = (error: Error): boolean =>
  error instanceof ConfigError || ('code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));

const say = (text: string): void => {
  console.log(text);
};
