import express, { type RequestHandler } from 'express';

import { chargeRequests } from '../services/kit/http/charge-requests.js';
import { type ExtraRoutes, type RunningService, startService } from '../services/kit/http/service.js';
import { CostBudget } from '../services/kit/limits/cost-budget.js';
import { ExecutionSlots } from '../services/kit/limits/execution-slots.js';
import { noMetrics } from '../services/kit/observability/metrics.js';
import { createResponseCache } from './cache/response-cache.js';
import { addCatalogueStates, recordCacheability } from './cache/apollo-plugins.js';
import { pollVersions, type VersionPoller } from './cache/subgraph-versions.js';
import { accountOf } from './http/apollo-fallback.js';
import { createHttpHandler } from './http/http-handler.js';
import { openTrustedDocuments } from './documents/open-trusted-documents.js';
import { createPersistedQueries } from './documents/persisted-queries.js';
import { disableIntrospection } from './http/disable-introspection.js';
import { textRoute } from './http/text-route.js';
import { createFastPath } from './http/fast-path.js';
import type { GraphOptions } from './planning/graph.js';
import { createSchemaPrinter } from './planning/print-schema.js';
import { readChangelog } from '../schema/sdl/changelog.js';
import { openSupergraph } from './planning/supergraph.js';
import { readExamples } from './playground/examples.js';
import { playgroundRouter } from './playground/playground.js';
import type { GatewayContext } from './request/request-context.js';
import type { GatewaySettings } from './settings.js';
import { createSubgraphs, type SubgraphsOptions } from './subgraphs/subgraphs.js';

/** The settings of a gateway, as `gatewaySettings` describes them. */
export type GatewayOptions = Omit<
  GatewaySettings,
  'subgraphs' | 'playground' | 'metricsPort' | 'metricsAddress' | 'otlpEndpoint'
> &
  Pick<SubgraphsOptions, 'subgraphs'>;

/** What a gateway runs with, besides its settings. */
export interface GatewayDependencies extends Pick<SubgraphsOptions, 'breaker' | 'logger' | 'metrics'> {
  /** The folder of the playground's build. Default: there is no playground. */
  readonly playgroundFolder?: string | undefined;
  /** For tests that count subgraph requests. Default: the versions that polls of the subgraphs have shown. */
  readonly versions?: VersionPoller | undefined;
  /** For tests that share a planner. Default: one of its own. */
  readonly createPlanner?: GraphOptions['createPlanner'];
}

/** How often the supergraph file and the trusted documents are checked for changes. */
const watchMs = 1_000;
/** How many operations may wait for a query plan. */
const maxQueued = 100;

/** Serves the graph at `/graphql`, the playground at `/`, and the schema at `/schema.graphql`, whether or not the subgraphs are up. */
export async function startGateway(
  settings: GatewayOptions,
  { breaker, logger, metrics = noMetrics, playgroundFolder, ...rest }: GatewayDependencies,
): Promise<RunningService> {
  const { requestTimeoutMs, introspection, responseCacheMb, costBudgetPerMinute } = settings;
  const subgraphs = createSubgraphs({ ...settings, breaker, logger, metrics });
  const trusted =
    settings.trustedDocumentsPath === undefined
      ? undefined
      : await openTrustedDocuments({ path: settings.trustedDocumentsPath, watchMs, logger });
  const supergraph = await openSupergraph({
    path: settings.supergraphPath,
    watchMs,
    graceMs: requestTimeoutMs,
    knownOperations: trusted?.texts() ?? (playgroundFolder === undefined ? [] : readExamples()),
    allowDifferentGraph: settings.allowDifferentGraph,
    planningTimeoutMs: settings.planningTimeoutMs,
    maxQueued,
    logger,
    findSubgraph: subgraphs.find,
    metrics,
    createPlanner: rest.createPlanner,
  });
  const versions = rest.versions ?? pollVersions();
  const responses =
    responseCacheMb > 0
      ? createResponseCache({
          megabytes: responseCacheMb,
          staleIfErrorSeconds: settings.staleIfErrorSeconds,
          versions,
          metrics,
        })
      : undefined;
  supergraph.gateway.onSchemaLoadOrUpdate(() => {
    responses?.clear();
    versions.follow(Object.entries(supergraph.subgraphUrls()).map(([name, url]) => subgraphs.find(name, url)));
  });
  trusted?.onChange((added) => {
    // A response to a document that is not trusted any more may be in the cache.
    responses?.clear();
    void supergraph.prepare(added);
  });
  const fastPath = createFastPath({ ...supergraph, versions });

  const budget = costBudgetPerMinute > 0 ? new CostBudget(costBudgetPerMinute) : undefined;
  const service = await startService<GatewayContext>({
    port: settings.port,
    host: settings.listenAddress,
    shutdownDelayMs: settings.shutdownDelayMs,
    logger,
    metrics,
    trustedProxyHops: settings.trustedProxyHops,
    endpoints: [
      {
        path: '/graphql',
        isPublic: true,
        accountOf,
        options: {
          gateway: supergraph.gateway,
          plugins: [fastPath.plugin, addCatalogueStates(versions), recordCacheability],
          ...(introspection
            ? {}
            : { validationRules: [disableIntrospection], hideSchemaDetailsFromClientErrors: true }),
        },
        handle: createHttpHandler({
          budget,
          slots: new ExecutionSlots({
            max: settings.maxConcurrentRequests,
            maxPerClient: settings.maxConcurrentRequestsPerClient,
            maxPerClientBesideOthers: Math.ceil(settings.maxConcurrentRequestsPerClient / 4),
          }),
          trustedProxyHops: settings.trustedProxyHops,
          timeoutMs: requestTimeoutMs,
          documents: trusted?.documents ?? createPersistedQueries(),
          fastPath,
          cache: responses && { versions, responses },
          corsOrigins: settings.corsOrigins,
          playgroundPath: playgroundFolder === undefined ? undefined : './',
          logger,
        }),
      },
    ],
    extraRoutes: createRoutes({
      playground: playgroundFolder,
      schema: introspection ? createSchemaPrinter(supergraph.schema) : undefined,
      charge: budget && chargeRequests(budget, settings.trustedProxyHops),
    }),
    readinessProblems: () => Promise.resolve([]),
    warnings: () => [versions.problems(), supergraph.loadError() ?? [], trusted?.loadError() ?? []].flat(),
  });
  logger.info(`listening on port ${service.port}`);
  return {
    port: service.port,
    stop: async () => {
      await service.stop();
      await versions.stop();
      await trusted?.stop();
      await subgraphs.close();
    },
  };
}

interface RouteOptions {
  readonly playground: string | undefined;
  readonly schema: (() => Buffer) | undefined;
  readonly charge: RequestHandler | undefined;
}

function createRoutes({ playground, schema, charge }: RouteOptions): ExtraRoutes {
  const router = express.Router();
  if (charge) router.use(charge);
  if (schema) {
    router.get('/schema.graphql', textRoute('text/plain', schema));
    const changelog = Buffer.from(readChangelog());
    router.get(
      '/changelog.md',
      textRoute('text/markdown', () => changelog),
    );
  }
  if (playground !== undefined) router.use(playgroundRouter(playground));
  return {
    router,
    paths: [...(playground === undefined ? [] : ['/']), ...(schema ? ['/schema.graphql', '/changelog.md'] : [])],
  };
}
