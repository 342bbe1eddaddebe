import './no-telemetry.js';

import { readFileSync } from 'node:fs';

import { ApolloGateway } from '@apollo/gateway';
import type { ApolloServerPlugin } from '@apollo/server';
import express, { type Router } from 'express';
import { type GraphQLSchema, isScalarType, printSchema } from 'graphql';

import { countries } from '../schema/countries.js';
import { createScalars } from '../schema/scalars.js';
import { formatErrorFor, InputError } from '../services/kit/errors.js';
import { type RunningService, startService } from '../services/kit/http.js';
import type { Logger } from '../services/kit/log.js';
import { createDoor } from './door/door.js';
import { rememberQueries } from './door/persisted-queries.js';
import { createGuards, type GuardOptions } from './guards.js';
import { playgroundRouter } from './playground/playground.js';
import { restorePath } from './subgraph-errors.js';
import { createSubgraphSource, type SubgraphSource } from './subgraph-source.js';

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

/** How long a request may take. A country that does not answer has been given up by then. */
const requestTimeoutMs = 15_000;

/** Serves the graph at `/graphql`, the playground at `/`, and the schema at `/schema.graphql`, whether or not the subgraphs are up. */
export async function startGateway(options: GatewayOptions): Promise<RunningService> {
  const { logger, port, host, playground, proxies } = options;
  const sources: SubgraphSource[] = [];
  const gateway = createGateway(options, sources);
  let schema = '';
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => {
    checkInput(apiSchema);
    schema = printSchema(apiSchema);
  });

  const formatError = formatErrorFor(logger);
  const service = await startService({
    port,
    host,
    logger,
    doors: [
      {
        path: '/graphql',
        isOpen: true,
        options: {
          gateway,
          plugins: [tidyAnswer],
          formatError: (formatted, error) => restorePath(formatError(formatted, error)),
        },
        handle: createDoor({
          guards: options.guards && createGuards(options.guards),
          proxies,
          timeoutMs: requestTimeoutMs,
          documents: rememberQueries(),
          logger,
        }),
      },
    ],
    pages: pages(playground, () => schema),
    problems: () => Promise.resolve([]),
  });
  logger.info(`listening on port ${service.port}`);
  return {
    port: service.port,
    stop: async () => {
      await service.stop();
      await Promise.all(sources.map((source) => source.close()));
    },
  };
}

const createGateway = (
  { supergraphPath, subgraphUrls, timeoutMs, logger }: GatewayOptions,
  sources: SubgraphSource[],
): ApolloGateway =>
  new ApolloGateway({
    supergraphSdl: readFileSync(supergraphPath, 'utf8'),
    buildService: ({ name, url }) => {
      const source = createSubgraphSource({
        name,
        url: subgraphUrls[name] ?? url ?? '',
        timeoutMs,
        owns: (typename) =>
          countries.some(({ folder, adjective }) => folder === name && typename.startsWith(adjective)),
        logger,
      });
      sources.push(source);
      return source;
    },
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: (text) => {
        logger.warn(text);
      },
      error: (text) => {
        logger.error(text);
      },
    },
  });

/** A malformed day or address is refused here once, instead of by every country that is asked with it. */
function checkInput(schema: GraphQLSchema): void {
  const scalars = createScalars((code) => (message) => new InputError(code, message));
  for (const [name, checked] of Object.entries(scalars)) {
    const scalar = schema.getType(name);
    if (isScalarType(scalar))
      Object.assign(scalar, { parseValue: checked.parseValue, parseLiteral: checked.parseLiteral });
  }
}

/**
 * Drops what @apollo/gateway adds of its own: an account of what was null where it should not be (`valueCompletion`), and on
 * request its query plan, which names what is hidden. Says once what several fetches report of one place.
 */
const tidyAnswer: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse: ({ response: { body } }) => {
        if (body.kind === 'single') {
          const { errors, data } = body.singleResult;
          body.singleResult = {
            ...(errors ? { errors: distinct(errors) } : {}),
            ...(data === undefined ? {} : { data }),
          };
        }
        return Promise.resolve();
      },
    }),
};

const distinct = <Value>(values: readonly Value[]): Value[] => [
  ...new Map(values.map((value) => [JSON.stringify(value), value])).values(),
];

function pages(playground: string, schema: () => string): Router {
  const router = express.Router();
  router.get('/schema.graphql', (_request, response) => {
    response.type('text/plain').send(schema());
  });
  router.use(playgroundRouter(playground));
  return router;
}
