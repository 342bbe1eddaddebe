import { runMigrateCommand } from '../../kit/database/migrate-command.js';
import { type NationalCatalogue, resolveCatalogue } from '../model/national-catalogue.js';
import { createMigrationPlan } from '../migrations/schema-plan.js';

/** Another id, so that every reader of the feed starts from its beginning; what they have and the feed has not, they drop. */
const beginAnew = 'UPDATE feed SET id = gen_random_uuid() RETURNING id';

/** The command that brings a country's schema up to date, configured by `<COUNTRY>_MIGRATION_URL`. */
export const runMigrate = (national: NationalCatalogue): Promise<void> =>
  runMigrateCommand(createMigrationPlan(resolveCatalogue(national)), {
    options: {
      'new-feed': {
        help: 'begin the change feed anew, after a backup was restored: readers of the feed read all of it again',
        run: async (query) => {
          const [feed] = await query<{ id: string }>(beginAnew);
          return `the change feed begins anew as ${feed?.id ?? ''}`;
        },
      },
    },
  });
