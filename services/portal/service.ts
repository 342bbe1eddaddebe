import { Router } from 'express';

import { chargeRequests } from '../kit/http/charge-requests.js';
import { type RunningService, startService } from '../kit/http/service.js';
import { CostBudget } from '../kit/limits/cost-budget.js';
import { ExecutionSlots } from '../kit/limits/execution-slots.js';
import type { Logger } from '../kit/observability/logger.js';
import { type Metrics, noMetrics } from '../kit/observability/metrics.js';
import { catalogRoutes } from './catalog-api/catalog-routes.js';
import { sendProblem } from './catalog-api/problem.js';
import { exportRoutes } from './export/export-routes.js';
import { feedRoutes } from './feeds/feed-routes.js';
import { createGatewayClient, forOwnOperations } from './gateway/gateway-client.js';
import { ClientTurns } from './http/client-turns.js';
import { paceClients } from './http/pace-clients.js';
import { createRouteFinder, createRouter, type Route } from './http/route.js';
import { linkedDataRoutes } from './linked-data/linked-data-routes.js';
import { mcpRoute } from './mcp/mcp-route.js';
import { sendRpcError } from './mcp/rpc-error.js';
import { readExamples, readLists } from './operations/stored-operations.js';
import type { PortalSettings } from './settings.js';
import { assetsRouter } from './web/server/assets.js';
import { formatsRoute } from './web/server/formats-route.js';
import { readMunicipalBoundaries } from './web/server/municipal-boundaries.js';
import { createPages } from './web/server/page-routes.js';

export interface PortalOptions extends PortalSettings {
  readonly listenAddress?: string;
  readonly shutdownDelayMs?: number;
}

export interface PortalDependencies {
  readonly logger: Logger;
  readonly metrics?: Metrics | undefined;
}

/** How many requests are served at the same time, until their responses begin. */
const slots = { max: 64, maxPerClient: 4, maxPerClientBesideOthers: 2, maxWaitingPerClient: 32 } as const;
/** How many responses are sent part by part at the same time: each holds a few pages of a list, as long as its client takes to read it. */
const streams = { max: 256, maxPerClient: 8 } as const;

/** What the portal serves besides pages, as `/formats` lists it. */
const formats = [
  {
    path: '/export/{operation}.{csv|jsonl}',
    description: 'A list of a stored operation, as CSV or JSON Lines. The operations are listed at /export.',
  },
  { path: '/export?query={operation}', description: 'A list of any operation, as CSV or JSON Lines; also by POST.' },
  {
    path: '/v1/{software|publishers|catalogs}',
    description: 'The catalogues in the Open Catalog API of Developers Italia, with each publiccode.yml.',
  },
  {
    path: '/id/{id}',
    description:
      'An organisation, membership, solution, record, need, code or catalogue as linked data: JSON-LD, Turtle or N-Triples.',
  },
  {
    path: '/feeds/{solutions|consortia|needs|users|holders|organisation}.atom',
    description:
      'What is new in a search, of the users of a solution, the holders of a need, and of an organisation, as Atom.',
  },
  { path: '/dcat/{country}.{jsonld|nt}', description: 'All records of a catalogue in DCAT-AP.' },
  {
    path: '/mcp',
    description: 'A server of the Model Context Protocol, for assistants: streamable HTTP, without a login.',
  },
];

/** Serves the graph of the gateway as web pages and in other formats. */
export async function startPortal(
  settings: PortalOptions,
  { logger, metrics = noMetrics }: PortalDependencies,
): Promise<RunningService> {
  const { costBudgetPerMinute, trustedProxyHops } = settings;
  const gateway = createGatewayClient({ url: settings.gatewayUrl, metrics });
  const own = forOwnOperations(gateway);
  const examples = readExamples();
  /** Known once the port is. */
  const publicUrl = (): string => settings.publicUrl ?? `http://localhost:${service.port}`;
  const formatRoutes: readonly Route[] = [
    formatsRoute(formats),
    ...exportRoutes(gateway, [...readLists(), ...examples]),
    ...catalogRoutes(own),
    mcpRoute({ gateway: own, operations: examples, publicUrl }),
    ...linkedDataRoutes({ gateway: own, publicUrl }),
    ...feedRoutes({ gateway: own, publicUrl }),
  ];
  const pages = await createPages({
    gateway: own,
    playgroundUrl: settings.playgroundUrl,
    publicOrigin: () => ({ origin: new URL(publicUrl()).origin, isStated: settings.publicUrl !== undefined }),
    municipalities: readMunicipalBoundaries(settings.boundaries),
    logger,
  });
  const routes = [...formatRoutes, ...pages.routes];
  const budget = costBudgetPerMinute > 0 ? new CostBudget(costBudgetPerMinute) : undefined;
  const charge = budget ? chargeRequests(budget, trustedProxyHops) : Router();
  const turns = new ClientTurns();
  const pace = paceClients(trustedProxyHops, turns);
  const router = Router({ caseSensitive: true }).use(pace.preflights);
  router.use(
    createRouter(routes, {
      budget,
      slots: new ExecutionSlots(slots),
      streams: new ExecutionSlots(streams),
      turns,
      trustedProxyHops,
      logger,
    }),
  );
  router.use(charge, assetsRouter(), pages.rejectUnknownPath, pace.rejections);
  router.use('/v1', sendProblem).use('/mcp', sendRpcError).use(pages.handleErrors);
  const service = await startService({
    port: settings.port,
    host: settings.listenAddress,
    shutdownDelayMs: settings.shutdownDelayMs,
    logger,
    metrics,
    trustedProxyHops,
    endpoints: [],
    extraRoutes: {
      router,
      paths: ['/', ...formatRoutes.map(({ path }) => path)],
      routeOf: createRouteFinder([...pages.measuredPaths, ...routes.map(({ path }) => path)]),
    },
    // Without the gateway each response is an error that says so; a restart or another process would not help.
    readinessProblems: () => Promise.resolve([]),
    warnings: gateway.problems,
  });
  logger.info(`listening on port ${service.port}`);
  return {
    port: service.port,
    stop: async () => {
      await service.stop();
      await gateway.close();
    },
  };
}
