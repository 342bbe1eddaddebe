import { type OwnerOptions, runMigrateCommand } from '../../kit/database/migrate-command.js';
import { type NationalCatalogue, resolveCatalogue } from '../model/national-catalogue.js';
import { createMigrationPlan } from '../migrations/schema-plan.js';

/** Gives the feed another id, so that every reader reads it from the beginning and drops what it does not contain. */
const restartFeed = 'UPDATE feed SET id = gen_random_uuid() RETURNING id';

/** The options that the migration command of a country has beside those of every service. */
export const catalogueMigrationOptions: OwnerOptions = {
  'new-feed': {
    help: 'restart the change feed after a backup was restored, so that its readers read all of it again',
    run: async (query) => {
      const [feed] = await query<{ id: string }>(restartFeed);
      return `restarted the change feed as ${feed?.id ?? ''}`;
    },
  },
};

/** The command that brings a country's schema up to date, configured by `<COUNTRY>_MIGRATION_URL`. */
export const runMigrate = (national: NationalCatalogue): Promise<void> =>
  runMigrateCommand(createMigrationPlan(resolveCatalogue(national)), { options: catalogueMigrationOptions });
