/** `npm run migrate -- <service>`: migrates the schema of a service's database, the embedded one unless it has its own. */
import { countries, europe } from '../schema/values/countries.js';
import { catalogueMigrationOptions } from '../services/catalogue/commands/migrate.js';
import { migrateUsage } from '../services/kit/database/migrate-command.js';
import { runServiceScript } from './start/run-service-script.js';

const names = [...countries, europe].map(({ folder }) => folder);

const overview = {
  description: `Migrates the schema of a service's database, as its owner. Services: ${names.join(', ')}.`,
  examples: [
    ['npm run migrate -- belgium', 'run the pending migrations, and grant the service its rights'],
    ['npm run migrate -- belgium --dry-run', 'print the pending migrations, and change nothing'],
    ['npm run migrate -- belgium --help', 'print all options and variables of one service'],
  ],
  notes: `BELGIUM_MIGRATION_URL is the URL of the database, with the role that owns its schema. Without it, the database is the
embedded one, which npm start migrates by itself.

Exit code: 0 done, 1 the migration failed or the configuration is wrong, 2 the command line is wrong.`,
} as const;

process.exitCode = await runServiceScript('migrate', names, overview, (name) =>
  migrateUsage(name, name === europe.folder ? {} : catalogueMigrationOptions),
);
