import { type Database, openDatabase } from '../kit/database/database.js';
import type { DatabaseSettings } from '../kit/config/database-settings.js';
import { prepareSchema } from '../kit/database/migrate-schema.js';
import type { Logger } from '../kit/observability/logger.js';
import type { Metrics } from '../kit/observability/metrics.js';
import { createRateLimitedLog, outage } from '../kit/observability/rate-limited-log.js';
import { importAtStart } from './import/tables/import-bundled.js';
import { bundledTables } from './import/tables/import-dir.js';
import { migrations } from './migrations/migrations.js';
import { createMigrationPlan } from './migrations/schema-plan.js';
import { entities } from './model/entities.js';
import type { Catalogue } from './model/national-catalogue.js';

export interface OpenOptions extends DatabaseSettings {
  readonly logger: Logger;
  readonly metrics?: Metrics;
  /** The folder of the tables that are imported at startup; null imports none. Default: the country's own. */
  readonly tables?: string | null;
  /** Called with every statement that serves a request. */
  readonly onStatement?: (text: string) => void;
}

/** Connects to a country's database. Throws when it cannot be reached. */
export const connectCatalogue = ({
  databaseUrl,
  replicaUrls,
  logger,
  onStatement,
  metrics,
}: OpenOptions): Promise<Database> => {
  const log = createRateLimitedLog<'replica'>(outage);
  return openDatabase({
    url: databaseUrl,
    replicaUrls,
    onReplicaError: (error) => {
      log('replica', (suppressed) => {
        logger.warn({ err: error, suppressed }, 'a read replica is unreachable, and is not used for a while');
      });
    },
    entities,
    migrations,
    onStatement,
    metrics,
  });
};

/** Brings a country's schema and its bundled tables up to date. */
export async function fillCatalogue(
  catalogue: Catalogue,
  database: Database,
  { logger, tables, migrationUrl }: OpenOptions,
  onPending: 'wait' | 'fail',
): Promise<void> {
  await prepareSchema({ database, plan: createMigrationPlan(catalogue), migrationUrl, logger, onPending });
  if (tables !== null) await importAtStart(catalogue, tables ?? bundledTables(catalogue), database, logger);
}

/**
 * Connects to a country's database, and brings it up to date.
 *
 * @throws Error when its schema is out of date and this process is not allowed to migrate it.
 */
export async function openCatalogue(catalogue: Catalogue, options: OpenOptions): Promise<Database> {
  const database = await connectCatalogue(options);
  try {
    await fillCatalogue(catalogue, database, options, 'fail');
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}
