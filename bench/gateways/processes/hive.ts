/**
 * Hive Gateway on node:http, as in its documentation. HIVE_PLANNER=rust replaces its stitching by the runtime with the planner of
 * Hive Router; HIVE_REPEATS=cache enables its response cache and its deduplication of requests.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';

import { supergraphPath } from '../../../schema/files.js';
import { cacheInMemory } from './hive-cache.js';
import { readSubgraphs } from './subgraphs.js';

const repeatOptions = {
  cache: cacheInMemory(),
  responseCaching: { session: () => null },
  inboundInflightRequestDeduplication: true,
};

const gateway = createGatewayRuntime({
  supergraph: readFileSync(supergraphPath, 'utf8'),
  transportEntries: Object.fromEntries(
    readSubgraphs(process.env).map(({ name, url, headers }) => [
      name,
      { location: url, headers: Object.entries(headers) },
    ]),
  ),
  ...(process.env['HIVE_PLANNER'] === 'rust' ? { unifiedGraphHandler } : {}),
  ...(process.env['HIVE_REPEATS'] === 'cache' ? repeatOptions : {}),
  logging: 'error',
});
createServer((request, response) => void gateway(request, response)).listen(Number(process.env['PORT']), '127.0.0.1');
// On SIGTERM the gateway releases its resources, but continues to listen.
process.once('SIGTERM', () => process.exit());
