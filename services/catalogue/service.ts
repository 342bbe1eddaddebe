import { GraphQLError } from 'graphql';

import { type Endpoint, startService, type RunningService } from '../kit/http/service.js';
import { type IdentitySettings, toIdentitySettings } from '../kit/auth/oidc-settings.js';
import type { Database } from '../kit/database/database.js';
import { CostBudget } from '../kit/limits/cost-budget.js';
import { newRequestId, newTraceparent } from '../kit/observability/trace-context.js';
import { runProcess } from '../kit/run-process.js';
import { createPublicClient, type PublicClient } from '../kit/http/public-client.js';
import { noMetrics } from '../kit/observability/metrics.js';
import { logDenials } from './auth/log-denials.js';
import { createAuthenticator } from './auth/authenticate.js';
import { type Context, createContext } from './graphql/context.js';
import { type NationalCatalogue, resolveCatalogue } from './model/national-catalogue.js';
import { bundledTables } from './import/tables/import-dir.js';
import { createSchemas } from './graphql/schema.js';
import { catalogueSettings } from './settings.js';
import { deliverWebhooks } from './webhooks/deliver-webhooks.js';
import { webhookTiming, type WebhookTiming } from './webhooks/timing.js';
import { connectCatalogue, fillCatalogue, type OpenOptions } from './open-catalogue.js';

export interface CatalogueOptions extends OpenOptions {
  readonly port: number;
  /** Where `/subgraph` is served. Default: at `port`. */
  readonly subgraphPort?: number | undefined;
  readonly host?: string;
  /** See `ServiceOptions`. */
  readonly shutdownDelayMs?: number;
  /** The secrets that `/subgraph` accepts. Default: it needs none, for tests within one process. */
  readonly secrets?: readonly string[];
  /** The login system whose access tokens `/graphql` accepts. Default: none. */
  readonly login?: IdentitySettings | null;
  /** The cost per minute of the requests of each client to `/graphql`; 0 for no limit, the default. */
  readonly costBudgetPerMinute?: number;
  /** See `ServiceOptions`. */
  readonly trustedProxyHops?: number;
  /** How changes are sent to webhooks. Default: not at all. */
  readonly webhooks?: { readonly client: PublicClient; readonly timing: WebhookTiming } | null;
}

/**
 * Opens a country's catalogue and serves it. If another process has to migrate its schema, the service listens without being
 * ready, and the promise resolves once the schema is up to date.
 */
export async function startCatalogue(
  national: NationalCatalogue,
  {
    port,
    subgraphPort,
    host,
    shutdownDelayMs,
    secrets,
    login = null,
    costBudgetPerMinute = 0,
    trustedProxyHops,
    webhooks = null,
    ...options
  }: CatalogueOptions,
): Promise<RunningService> {
  const catalogue = resolveCatalogue(national);
  const { logger, metrics } = options;
  const database = await connectCatalogue(options);
  const schemas = createSchemas(catalogue);
  const authenticate = createAuthenticator(login, logger);
  let isReady = false;
  const requireReady = (): void => {
    if (!isReady) throw unavailableError();
  };
  const services: Pick<RunningService, 'stop'>[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(services.map((service) => service.stop()));
    await webhooks?.client.close();
    await database.close();
  };
  try {
    const open: Endpoint<Context> = {
      path: '/graphql',
      isPublic: true,
      budget: costBudgetPerMinute > 0 ? new CostBudget(costBudgetPerMinute) : undefined,
      options: { schema: schemas.open, plugins: [logDenials(logger)] },
      createContext: async (request, context) => {
        requireReady();
        const editor = await authenticate(request);
        // Editors see what they have written.
        context.allowReplicaReads = editor === null;
        return createContext(catalogue, database, context, editor, {
          hasLogin: login !== null,
          hasWebhooks: webhooks !== null,
        });
      },
    };
    const subgraph: Endpoint<Context> = {
      path: '/subgraph',
      isPublic: false,
      secrets,
      options: { schema: schemas.subgraph },
      // Never from a replica: the gateway caches responses until the feed advances, and Europe reads what the feed names.
      createContext: (_request, context) => {
        requireReady();
        return createContext(catalogue, database, context, null);
      },
    };
    const readinessProblems = async (): Promise<readonly string[]> => {
      try {
        await queryWithTimeout(database);
        return isReady ? [] : ['the catalogue is starting'];
      } catch {
        return ['the database is unreachable'];
      }
    };
    const listen = async (at: number, endpoints: readonly Endpoint<Context>[]): Promise<RunningService> => {
      const common = { host, shutdownDelayMs, logger, metrics, trustedProxyHops, readinessProblems };
      const service = await startService({ ...common, port: at, endpoints });
      services.push(service);
      logger.info(`listening on port ${service.port}`);
      return service;
    };
    const service = await listen(port, subgraphPort === undefined ? [open, subgraph] : [open]);
    if (subgraphPort !== undefined) await listen(subgraphPort, [subgraph]);
    await fillCatalogue(catalogue, database, options, 'wait');
    isReady = true;
    if (webhooks) {
      const observability = { logger, metrics: metrics ?? noMetrics };
      services.push(deliverWebhooks(database, { country: catalogue, ...webhooks, ...observability }));
    }
    return { port: service.port, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const readinessTimeoutMs = 2_000;

/** A server that hangs responds to no statement: the check must end, and give its connection back. */
async function queryWithTimeout({ forRequest }: Pick<Database, 'forRequest'>): Promise<void> {
  const signal = AbortSignal.timeout(readinessTimeoutMs);
  const context = { requestId: newRequestId(), traceparent: newTraceparent(), signal };
  await forRequest(context).query('SELECT 1');
}

const unavailableError = (): GraphQLError =>
  new GraphQLError('This catalogue is starting. Retry in a few seconds.', {
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
    (
      {
        port,
        subgraphPort,
        listenAddress,
        shutdownDelayMs,
        subgraphSecrets,
        costBudgetPerMinute,
        trustedProxyHops,
        importDir,
        webhooks,
        oidc,
        nodeEnv,
        ...database
      },
      { logger, metrics },
    ) =>
      startCatalogue(catalogue, {
        port,
        subgraphPort,
        host: listenAddress,
        shutdownDelayMs,
        costBudgetPerMinute,
        trustedProxyHops,
        databaseUrl: database.databaseUrl,
        migrationUrl: database.migrationUrl,
        replicaUrls: database.replicaUrls,
        secrets: subgraphSecrets,
        login: toIdentitySettings(prefix, oidc, nodeEnv),
        webhooks: webhooks ? { client: createPublicClient(), timing: webhookTiming } : null,
        tables: importDir === undefined ? bundledTables(catalogue) : importDir,
        logger,
        metrics,
      }),
  );
}
