import { projectPath } from '../../schema/files.js';
import { address, listenAddress, port, readConfig } from '../kit/config.js';
import { type Database, migrate, openDatabase } from '../kit/database.js';
import { startService, type RunningService } from '../kit/http.js';
import { type IdentitySettings, readIdentitySettings } from '../kit/identity/settings.js';
import type { Logger } from '../kit/log.js';
import type { Metrics } from '../kit/metrics.js';
import { run } from '../kit/run.js';
import { readSecrets } from '../kit/secrets.js';
import { logDenials } from './access/log-denials.js';
import { createLogIn } from './access/log-in.js';
import { createContext, createRepositories } from './context.js';
import { countryOf, type NationalCatalogue } from './country.js';
import { entities } from './entities.js';
import { importTables } from './import/import-tables.js';
import { migrations } from './migrations/migrations.js';
import { createSchemas } from './schema.js';

export interface CatalogueOptions {
  readonly port: number;
  readonly host?: string;
  readonly databaseUrl: string;
  /** What opens `/subgraph`, any one of them. Default: nothing is needed, for tests within one process. */
  readonly secrets?: readonly string[];
  /** Whose access tokens are taken at `/graphql`. Default: nobody's. */
  readonly login?: IdentitySettings | null;
  readonly logger: Logger;
  readonly metrics?: Metrics;
  /** Where the tables lie. Default: the country's own. */
  readonly tables?: string;
  /** Told of every statement that answers a request. */
  readonly onStatement?: (text: string) => void;
}

/** Connects to a country's database and brings its schema and its bundled tables up to date. */
export async function openCatalogue(
  national: NationalCatalogue,
  { databaseUrl, logger, tables, onStatement, metrics }: Omit<CatalogueOptions, 'port' | 'host' | 'secrets' | 'login'>,
): Promise<Database> {
  const database = await openDatabase({
    url: databaseUrl,
    entities: [...entities] as never,
    migrations,
    onStatement,
    metrics,
  });
  for (const name of await migrate(database)) logger.info(`migrated: ${name}`);
  const folder = tables ?? projectPath(`services/${countryOf(national).folder}/data`);
  const report = await importTables(national, folder, database, logger);
  if (!report) logger.info('the tables are as imported before');
  return database;
}

/** Opens a country's catalogue and serves it. */
export async function startCatalogue(
  national: NationalCatalogue,
  { port, host, secrets, login = null, ...options }: CatalogueOptions,
): Promise<RunningService> {
  const { logger, metrics } = options;
  const database = await openCatalogue(national, options);
  const repositories = createRepositories(national, database);
  const schemas = createSchemas(national);
  const logIn = createLogIn(login, logger);
  const service = await startService({
    port,
    host,
    logger,
    metrics,
    doors: [
      {
        path: '/graphql',
        isOpen: true,
        options: { schema: schemas.open, plugins: [logDenials(logger)] },
        createContext: async (request) => createContext(national, repositories, await logIn(request), login !== null),
      },
      {
        path: '/subgraph',
        isOpen: false,
        secrets,
        options: { schema: schemas.subgraph },
        createContext: () => createContext(national, repositories, null),
      },
    ],
    problems: async () => {
      try {
        await database.query('SELECT 1');
        return [];
      } catch {
        return ['the database does not answer'];
      }
    },
  });
  logger.info(`listening on port ${service.port}`);
  return {
    port: service.port,
    stop: async () => {
      await service.stop();
      await database.close();
    },
  };
}

/**
 * The process of one country, configured by its environment: `<COUNTRY>_PORT`, `<COUNTRY>_DATABASE_URL`, `<COUNTRY>_SECRETS` or
 * `<COUNTRY>_SECRETS_FILE`, `LISTEN_ADDRESS`, and `<COUNTRY>_OIDC_…` for those who log in.
 */
export async function runCatalogue(national: NationalCatalogue): Promise<void> {
  const country = countryOf(national);
  const name = country.folder.toUpperCase();
  await run(country.folder, (logger, metrics) => {
    const config: Record<string, unknown> = readConfig(
      {
        LISTEN_ADDRESS: listenAddress,
        [`${name}_PORT`]: port(country.port),
        [`${name}_DATABASE_URL`]: address('postgres', 'postgresql'),
      },
      process.env,
    );
    return startCatalogue(national, {
      port: config[`${name}_PORT`] as number,
      host: config['LISTEN_ADDRESS'] as string,
      databaseUrl: config[`${name}_DATABASE_URL`] as string,
      secrets: readSecrets(name, process.env),
      login: readIdentitySettings(name, process.env),
      logger,
      metrics,
    });
  });
}
