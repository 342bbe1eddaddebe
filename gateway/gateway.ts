import express, { type Router } from 'express';
import { printSchema } from 'graphql';

import { type RunningService, startService } from '../services/kit/http.js';
import type { Logger } from '../services/kit/log.js';
import { openSupergraph } from './graph/supergraph.js';
import type { GatewayContext } from './request.js';
import { createSubgraph, type RemoteSubgraph } from './subgraphs/create-subgraph.js';
import { type GuardOptions, guards } from './guards.js';
import { playgroundRouter } from './playground/playground.js';

export interface GatewayOptions {
  readonly port: number;
  readonly host?: string;
  /** The composed schema. */
  readonly supergraphPath: string;
  /** Where a subgraph's `/subgraph` is, by its name. Default: as the supergraph says. */
  readonly subgraphUrls: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  /** What is asked of a single client, and of all at once. Default: nothing. */
  readonly guards?: GuardOptions;
  /** How many proxies stand before the gateway. */
  readonly proxies?: number;
  /** Where the playground was built. */
  readonly playground: string;
  readonly logger: Logger;
}

/** Serves the graph at `/graphql`, the playground at `/`, and the schema at `/schema.graphql`, whether or not the subgraphs are up. */
export async function startGateway(options: GatewayOptions): Promise<RunningService> {
  const { logger, port, host, playground, proxies } = options;
  const subgraphs = new Map<string, RemoteSubgraph>();
  const supergraph = await openSupergraph({
    path: options.supergraphPath,
    watchMs: 1_000,
    graceMs: 15_000,
    knownOperations: [],
    deadlineMs: 2_000,
    mostWaiting: 100,
    logger,
    findSubgraph: (name, url) => {
      const subgraph =
        subgraphs.get(name) ??
        createSubgraph({ name, url: options.subgraphUrls[name] ?? url, timeoutMs: options.timeoutMs, logger });
      subgraphs.set(name, subgraph);
      return subgraph;
    },
  });

  const service = await startService<GatewayContext>({
    port,
    host,
    logger,
    doors: [
      {
        path: '/graphql',
        isOpen: true,
        options: { gateway: supergraph.gateway },
        createContext: () => ({
          requestId: '',
          traceparent: '',
          deadline: performance.now() + 10_000,
          signal: new AbortController().signal,
          outcome: { services: new Map() },
        }),
      },
    ],
    proxies,
    pages: pages(options, playground, () => printSchema(supergraph.schema())),
    problems: () => Promise.resolve([]),
  });
  logger.info(`listening on port ${service.port}`);
  return {
    port: service.port,
    stop: async () => {
      await service.stop();
      await Promise.all([...subgraphs.values()].map((subgraph) => subgraph.close()));
    },
  };
}

function pages({ guards: asked }: GatewayOptions, playground: string, schema: () => string): Router {
  const router = express.Router();
  if (asked) router.use('/graphql', guards(asked));
  router.get('/schema.graphql', (_request, response) => {
    response.type('text/plain').send(schema());
  });
  router.use(playgroundRouter(playground));
  return router;
}
