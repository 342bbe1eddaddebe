import express from 'express';

import { type ExtraRoutes, type RunningService, startService } from '../services/kit/http/service.js';
import type { Logger } from '../services/kit/observability/logger.js';
import { type Metrics, noMetrics } from '../services/kit/observability/metrics.js';
import { createAnswers } from './cache/response-cache.js';
import { catalogueStates, noteKeeping } from './cache/apollo-plugins.js';
import { followVersions, type Versions } from './cache/subgraph-versions.js';
import { createDoor } from './http/handler.js';
import type { Documents } from './documents/document-store.js';
import { rememberQueries } from './documents/persisted-queries.js';
import { refuseIntrospection } from './http/disable-introspection.js';
import { createShortCut } from './http/fast-path.js';
import { printLatest } from './planning/print-schema.js';
import { openSupergraph } from './planning/supergraph.js';
import { createGuards, type GuardOptions } from './http/rate-limit.js';
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
  readonly guards?: GuardOptions;
  /** How many proxies stand before the gateway. */
  readonly proxies?: number;
  /** For answers that are given again. Default: each is made anew. */
  readonly cache?: { readonly megabytes: number; readonly staleForSeconds: number };
  /** The only operations that may run. Default: any. */
  readonly documents?: Documents | undefined;
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
    deadlineMs: planningTimeoutMs,
    mostWaiting,
    logger,
    findSubgraph: subgraphs.find,
    metrics,
  });
  const { cache } = options;
  const versions = cache && cache.megabytes > 0 ? followVersions({ subgraphs: subgraphs.all() }) : undefined;
  const answers = versions && cache && createAnswers({ ...cache, versions, metrics });
  supergraph.gateway.onSchemaLoadOrUpdate(() => answers?.clear());
  const shortCut = createShortCut({ ...supergraph, versions: versions ?? nothingFollowed });

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
          plugins: [shortCut.plugin, catalogueStates(versions ?? nothingFollowed), noteKeeping],
          ...(introspection ? {} : { validationRules: [refuseIntrospection], hideSchemaDetailsFromClientErrors: true }),
        },
        handle: createDoor({
          guards: options.guards && createGuards(options.guards),
          proxies: options.proxies,
          timeoutMs: requestTimeoutMs,
          documents: options.documents ?? rememberQueries(),
          shortCut,
          memory: versions && answers && { versions, answers },
          origins: options.origins,
          page: playground === undefined ? undefined : './',
          logger,
        }),
      },
    ],
    extraRoutes: pages(playground, introspection ? printLatest(supergraph.schema) : undefined),
    readinessProblems: () => Promise.resolve([]),
    warnings: () => [supergraph.refusal() ?? []].flat(),
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

const nothingFollowed: Pick<Versions, 'behind'> = { behind: () => new Map() };

function pages(playground: string | undefined, schema: (() => string) | undefined): ExtraRoutes {
  const router = express.Router();
  if (schema)
    router.get('/schema.graphql', (_request, response) => {
      response.type('text/plain').send(schema());
    });
  if (playground !== undefined) router.use(playgroundRouter(playground));
  return { router, paths: [...(playground === undefined ? [] : ['/']), ...(schema ? ['/schema.graphql'] : [])] };
}
