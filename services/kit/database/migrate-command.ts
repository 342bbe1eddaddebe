import { type Cli, type CommandUsage, runCli } from '../cli.js';
import { ConfigError, parseSettings } from '../config/config.js';
import { migrationSettings } from '../config/database-settings.js';
import { settingsHelp } from '../config/settings-docs.js';
import type { Database } from './database.js';
import type { MigrationPlan } from './migrate-schema.js';

/** An option of one service's command, for the owner of its schema. */
export interface OwnerOption {
  readonly help: string;
  /** Runs after the migrations. Returns what is printed. */
  readonly run: (query: Database['query']) => Promise<string>;
}

/** By their names, as they are typed. */
export type OwnerOptions = Readonly<Record<string, OwnerOption>>;

export interface MigrateOptions {
  readonly options?: OwnerOptions;
  readonly args?: readonly string[];
}

/** The options as they are typed: commander names `--new-feed` `newFeed`. */
type CommandLine = Readonly<Record<string, boolean | undefined>>;
const toKey = (option: string): string => option.replaceAll(/-(.)/g, (_hyphen, letter: string) => letter.toUpperCase());

/** How the migration command of one service is used. */
export const migrateUsage = (service: string, options: OwnerOptions): CommandUsage<CommandLine> => ({
  description: 'Migrates the schema of a database, as its owner. Running it again changes nothing.',
  examples: [
    [`npm run migrate -- ${service}`, 'run the pending migrations, and grant the service its rights'],
    [`npm run migrate -- ${service} --dry-run`, 'print the pending migrations, and change nothing'],
  ],
  define: (command) => {
    command.option('--dry-run', 'print the pending migrations, and change nothing');
    for (const [option, { help }] of Object.entries(options)) command.option(`--${option}`, help);
  },
  notes: `In an image: node dist/services/${service}/migrate.js

${settingsHelp(migrationSettings(service.toUpperCase()))}

Roles are created with: npm run roles -- ${service}`,
});

/** The migration command of one service. Exit code 1 if it failed, 2 if the command line or the configuration is wrong. */
export async function runMigrateCommand(
  plan: MigrationPlan,
  { options = {}, args }: MigrateOptions = {},
): Promise<void> {
  const cli: Cli<CommandLine> = {
    ...migrateUsage(plan.service, options),
    run: async (commandLine) => {
      try {
        await runMigrations(plan, options, commandLine);
        return 0;
      } catch (error) {
        if (!(error instanceof Error) || error instanceof ConfigError) throw error;
        throw new Error(`not migrated: ${explain(error, plan)}`, { cause: error });
      }
    },
    exitCodeFor: (error) => (error instanceof ConfigError ? 2 : 1),
  };
  process.exitCode = await runCli(cli, args);
}

async function runMigrations(plan: MigrationPlan, options: OwnerOptions, commandLine: CommandLine): Promise<void> {
  // Loaded when they are needed, because loading TypeORM takes longer than to print help or to reject a command line.
  const { openDatabase } = await import('./database.js');
  const { migrate, pendingMigrations } = await import('./migrate-schema.js');
  const list = migrationSettings(plan.service.toUpperCase());
  const { migrationUrl: url, serviceRole: role } = parseSettings(list, process.env);
  const database = await openDatabase({ url, entities: [], migrations: [] });
  try {
    const pending = await pendingMigrations(database, plan);
    console.log(
      pending.length === 0 ? `${plan.service} is up to date` : `${plan.service} lacks: ${pending.join(', ')}`,
    );
    if (commandLine['dryRun']) return;
    await migrate(url, plan, role);
    if (pending.length > 0) console.log(`${plan.service} is up to date now`);
    console.log(`the role ${role} may read and write rows, and nothing else`);
    for (const [option, { run }] of Object.entries(options))
      if (commandLine[toKey(option)]) console.log(await run(database.query));
  } finally {
    await database.close();
  }
}

/** PostgreSQL's `insufficient_privilege`: the role is not the owner. */
const explain = (error: Error, { service }: MigrationPlan): string =>
  'code' in error && error.code === '42501'
    ? `${error.message}. ${service.toUpperCase()}_MIGRATION_URL is for the role that owns the database`
    : error.message;
