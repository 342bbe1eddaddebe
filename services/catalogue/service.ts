import { GraphQLError } from 'graphql';

import { startService, type RunningService } from '../kit/http/service.js';
import { type IdentitySettings, toIdentitySettings } from '../kit/auth/oidc-settings.js';
import { allowReplica } from '../kit/observability/request-context.js';
import { runProcess } from '../kit/run-process.js';
import { logDenials } from './auth/log-denials.js';
import { createAuthenticator } from './auth/authenticate.js';
import { createContext, createRepositories } from './graphql/context.js';
import { type NationalCatalogue, resolveCatalogue } from './model/national-catalogue.js';
import { bundledTables } from './import/tables/import-dir.js';
import { createSchemas } from './graphql/schema.js';
import { catalogueSettings } from './settings.js';
import { connectCatalogue, fillCatalogue, type OpenOptions } from './open-catalogue.js';

export interface CatalogueOptions extends OpenOptions {
  readonly port: number;
  readonly host?: string;
  /** What opens `/subgraph`, any one of them. Default: nothing is needed, for tests within one process. */
  readonly secrets?: readonly string[];
  /** Whose access tokens are taken at `/graphql`. Default: nobody's. */
  readonly login?: IdentitySettings | null;
}

/**
 * Opens a country's catalogue and serves it. Where somebody else has to bring its schema up to date it listens, is not ready,
 * and settles when they have.
 */
export async function startCatalogue(
  national: NationalCatalogue,
  { port, host, secrets, login = null, ...options }: CatalogueOptions,
): Promise<RunningService> {
  const catalogue = resolveCatalogue(national);
  const { logger, metrics } = options;
  const database = await connectCatalogue(options);
  const repositories = createRepositories(catalogue, database);
  const schemas = createSchemas(catalogue);
  const logIn = createAuthenticator(login, logger);
  let isOpen = false;
  const admit = (): void => {
    if (!isOpen) throw unavailableError();
  };
  const stops = [() => database.close()];
  try {
    const service = await startService({
      port,
      host,
      logger,
      metrics,
      endpoints: [
        {
          path: '/graphql',
          isPublic: true,
          options: { schema: schemas.open, plugins: [logDenials(logger)] },
          createContext: async (request) => {
            admit();
            const editor = await logIn(request);
            // Editors see what they have written.
            allowReplica(editor === null);
            return createContext(catalogue, repositories, editor, login !== null);
          },
        },
        {
          path: '/subgraph',
          isPublic: false,
          secrets,
          options: { schema: schemas.subgraph },
          // Nothing here may lag: the gateway keeps what it hears until the feed moves, and Europe reads what the feed speaks of.
          createContext: () => {
            admit();
            return createContext(catalogue, repositories, null);
          },
        },
      ],
      readinessProblems: async () => {
        try {
          await database.query('SELECT 1');
          return isOpen ? [] : ['the catalogue is being opened'];
        } catch {
          return ['the database does not answer'];
        }
      },
    });
    stops.unshift(service.stop);
    logger.info(`listening on port ${service.port}`);
    await fillCatalogue(catalogue, database, options, 'wait');
    isOpen = true;
    return { port: service.port, stop: () => inTurn(stops) };
  } catch (error) {
    await inTurn(stops);
    throw error;
  }
}

async function inTurn(stops: readonly (() => Promise<void>)[]): Promise<void> {
  for (const stop of stops) await stop();
}

const unavailableError = (): GraphQLError =>
  new GraphQLError('This catalogue is being opened. Ask again in a moment.', {
    extensions: { code: 'CATALOGUE_UNAVAILABLE', http: { status: 503 } },
  });

/** Runs the process of one country, configured by its environment: see `catalogueSettings`. */
export async function runCatalogue(national: NationalCatalogue): Promise<void> {
  const catalogue = resolveCatalogue(national);
  const { folder, port: defaultPort } = catalogue.country;
  const prefix = folder.toUpperCase();
  await runProcess(
    {
      name: folder,
      settings: catalogueSettings(prefix, defaultPort),
      usage: `Serves the catalogue of one country. Usage: node dist/services/${folder}/main.js`,
    },
    ({ port, listenAddress, subgraphSecrets, importDir, oidc, nodeEnv, ...database }, { logger, metrics }) =>
      startCatalogue(catalogue, {
        port,
        host: listenAddress,
        databaseUrl: database.databaseUrl,
        migrationUrl: database.migrationUrl,
        replicaUrls: database.replicaUrls,
        secrets: subgraphSecrets,
        login: toIdentitySettings(prefix, oidc, nodeEnv),
        tables: importDir === undefined ? bundledTables(catalogue) : importDir,
        logger,
        metrics,
      }),
  );
}
