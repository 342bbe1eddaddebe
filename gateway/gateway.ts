import express from 'express';

import { type ExtraRoutes, type RunningService, startService } from '../services/kit/http/service.js';
import type { Logger } from '../services/kit/observability/logger.js';
import { type Metrics, noMetrics } from '../services/kit/observability/metrics.js';
import { createResponseCache } from './cache/response-cache.js';
import { addCatalogueStates, recordCacheability } from './cache/apollo-plugins.js';
import { pollVersions, type VersionPoller } from './cache/subgraph-versions.js';
import { createHttpHandler } from './http/http-handler.js';
import type { DocumentStore } from './documents/document-store.js';
import { createPersistedQueries } from './documents/persisted-queries.js';
import { disableIntrospection } from './http/disable-introspection.js';
import { createFastPath } from './http/fast-path.js';
import { createSchemaPrinter } from './planning/print-schema.js';
import { openSupergraph } from './planning/supergraph.js';
import { createRequestLimits, type RequestLimitOptions } from './http/request-limits.js';
import { readExamples } from './playground/examples.js';
import { playgroundRouter } from './playground/playground.js';
import type { GatewayContext } from './request/request-context.js';
import { createSubgraphs, type SubgraphsOptions } from './subgraphs/subgraphs.js';

export interface GatewayOptions extends SubgraphsOptions {
  readonly port: number;
  readonly host?: string;
  /** The composed schema. */
  readonly supergraphPath: string;
  /** How long a request may take in all. Default: 15 seconds. */
  readonly requestTimeoutMs?: number;
  /** How long it may take to plan an operation. Default: two seconds. */
  readonly planningTimeoutMs?: number;
  /** What is asked of a single client, and of all at once. Default: nothing. */
  readonly guards?: RequestLimitOptions;
  /** How many proxies stand before the gateway. */
  readonly proxies?: number;
  /** For answers that are given again. Default: each is made anew. */
  readonly cache?: { readonly megabytes: number; readonly staleForSeconds: number };
  /** The only operations that may run. Default: any. */
  readonly documents?: DocumentStore | undefined;
  /** Texts of operations to plan before anybody asks. Default: those that the playground offers. */
  readonly knownOperations?: readonly string[] | undefined;
  /** Whether the schema can be asked for. Default: yes. */
  readonly introspection?: boolean;
  /** The origins whose pages may read answers. Default: any. */
  readonly origins?: readonly string[] | undefined;
  /** Where the playground was built. Undefined: there is none. */
  readonly playground: string | undefined;
  readonly logger: Logger;
  readonly metrics?: Metrics | undefined;
}

/** How often the supergraph file is looked at. */
const watchMs = 1_000;
/** How many new operations may wait to be planned. */
const mostWaiting = 100;

/** Serves the graph at `/graphql`, the playground at `/`, and the schema at `/schema.graphql`, whether or not the subgraphs are up. */
export async function startGateway(options: GatewayOptions): Promise<RunningService> {
  const { logger, port, host, playground, metrics = noMetrics } = options;
  const { requestTimeoutMs = 15_000, planningTimeoutMs = 2_000, introspection = true } = options;
  const subgraphs = createSubgraphs({ ...options, metrics });
  const supergraph = await openSupergraph({
    path: options.supergraphPath,
    watchMs,
    graceMs: requestTimeoutMs,
    knownOperations: options.knownOperations ?? readExamples(),
    planningTimeoutMs: planningTimeoutMs,
    maxQueued: mostWaiting,
    logger,
    findSubgraph: subgraphs.find,
    metrics,
  });
  const { cache } = options;
  const versions = cache && cache.megabytes > 0 ? pollVersions({ subgraphs: subgraphs.all() }) : undefined;
  const answers = versions && cache && createResponseCache({ ...cache, versions, metrics });
  supergraph.gateway.onSchemaLoadOrUpdate(() => answers?.clear());
  const shortCut = createFastPath({ ...supergraph, versions: versions ?? nothingFollowed });

  const service = await startService<GatewayContext>({
    port,
    host,
    logger,
    metrics,
    endpoints: [
      {
        path: '/graphql',
        isPublic: true,
        options: {
          gateway: supergraph.gateway,
          plugins: [shortCut.plugin, addCatalogueStates(versions ?? nothingFollowed), recordCacheability],
          ...(introspection
            ? {}
            : { validationRules: [disableIntrospection], hideSchemaDetailsFromClientErrors: true }),
        },
        handle: createHttpHandler({
          limits: options.guards && createRequestLimits(options.guards),
          trustedProxyHops: options.proxies,
          timeoutMs: requestTimeoutMs,
          documents: options.documents ?? createPersistedQueries(),
          fastPath: shortCut,
          cache: versions && answers && { versions, responses: answers },
          corsOrigins: options.origins,
          playgroundPath: playground === undefined ? undefined : './',
          logger,
        }),
      },
    ],
    extraRoutes: pages(playground, introspection ? createSchemaPrinter(supergraph.schema) : undefined),
    readinessProblems: () => Promise.resolve([]),
    warnings: () => [supergraph.loadError() ?? []].flat(),
  });
  logger.info(`listening on port ${service.port}`);
  return {
    port: service.port,
    stop: async () => {
      await service.stop();
      await versions?.stop();
      await subgraphs.close();
    },
  };
}

const nothingFollowed: Pick<VersionPoller, 'outdatedCountries'> = { outdatedCountries: () => new Map() };

function pages(playground: string | undefined, schema: (() => string) | undefined): ExtraRoutes {
  const router = express.Router();
  if (schema)
    router.get('/schema.graphql', (_request, response) => {
      response.type('text/plain').send(schema());
    });
  if (playground !== undefined) router.use(playgroundRouter(playground));
  return { router, paths: [...(playground === undefined ? [] : ['/']), ...(schema ? ['/schema.graphql'] : [])] };
}
