import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';

import { europe } from '../../schema/countries.js';
import { readSubgraphSdl } from '../../schema/files.js';
import { startService, type RunningService } from '../kit/http.js';
import type { Logger } from '../kit/log.js';
import type { Context } from './context.js';
import { resolvers } from './resolvers.js';

/** Serves Europe's routes. They need no database, so Europe answers as long as it runs. */
export async function startEurope({
  port,
  host,
  logger,
}: {
  readonly port: number;
  readonly host?: string;
  readonly logger: Logger;
}): Promise<RunningService> {
  const schema = buildSubgraphSchema([{ typeDefs: parse(readSubgraphSdl(europe.folder)), resolvers }]);
  const service = await startService<Context>({
    port,
    host,
    logger,
    doors: [{ path: '/subgraph', options: { schema }, createContext: () => ({}) }],
    problems: () => Promise.resolve([]),
  });
  logger.info(`listening on port ${service.port}`);
  return service;
}
