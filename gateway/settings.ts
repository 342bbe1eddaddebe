import { z } from 'zod';

import { countries, europe } from '../schema/values/countries.js';
import { supergraphPath } from '../schema/files.js';
import { getMeta, type SettingsOf } from '../services/kit/config/config.js';
import { boolean, integer, originList, port, url } from '../services/kit/config/fields.js';
import { subgraphSecrets } from '../services/kit/config/subgraph-secrets.js';
import { clientLimitSettings } from '../services/kit/limits/client-limit-settings.js';
import type { ProcessSettings } from '../services/kit/run-process.js';

/** The subgraphs of the graph. */
export const subgraphNames = [...countries, europe].map(({ folder }) => folder);

/** How the gateway reaches a subgraph. */
const subgraphSettings = (prefix: string) => ({
  url: url('http', 'https')
    .optional()
    .meta({
      variable: `${prefix}_URL`,
      description: 'The URL of the subgraph. Default: the one in the supergraph.',
    }),
  secrets: subgraphSecrets(prefix),
});

const { costBudgetPerMinute, trustedProxyHops } = clientLimitSettings('');

/** Everything that an operator can configure, but for the subgraphs. */
const ownSettings = {
  port: port().default(4000).meta({ variable: 'PORT', description: 'The port to listen on.' }),
  supergraphPath: z.string().default(supergraphPath).meta({
    variable: 'SUPERGRAPH',
    description: 'The file of the composed schema. A new version of the file is loaded at once.',
    defaultText: 'schema/supergraph.graphql',
  }),
  allowDifferentGraph: boolean().default(false).meta({
    variable: 'ALLOW_DIFFERENT_GRAPH',
    description:
      'Accepts a new version of that file although it lacks subgraphs, or most root fields, of the one that is served.',
  }),
  requestTimeoutMs: integer({ min: 10, max: 999_999, unit: 'milliseconds' }).default(15_000).meta({
    variable: 'REQUEST_TIMEOUT_MS',
    description: 'The time limit of a request, including all subgraph requests and retries.',
  }),
  subgraphTimeoutMs: integer({ min: 1, max: 999_999 }).default(10_000).meta({
    variable: 'SUBGRAPH_TIMEOUT_MS',
    description:
      'The time limit of a subgraph request. A subgraph ends its SQL statements after ten seconds in any case.',
  }),
  planningTimeoutMs: integer({ min: 1, max: 999_999 }).default(2_000).meta({
    variable: 'PLANNING_TIMEOUT_MS',
    description: 'The time limit of query planning.',
  }),
  costBudgetPerMinute: costBudgetPerMinute.meta({
    ...getMeta(costBudgetPerMinute),
    renamedFrom: ['RATE_LIMIT', 'RATE_LIMIT_PER_MINUTE'],
  }),
  maxConcurrentRequests: integer({ min: 1, max: 999_999 }).default(500).meta({
    variable: 'MAX_CONCURRENT_REQUESTS',
    renamedFrom: 'MOST_AT_ONCE',
    description:
      'Maximum concurrent executions, without responses from the cache; further requests wait for a moment, then get 503 with `Retry-After`.',
  }),
  maxConcurrentRequestsPerClient: integer({ min: 1, max: 999_999 }).default(50).meta({
    variable: 'MAX_CONCURRENT_REQUESTS_PER_CLIENT',
    description:
      'Maximum concurrent executions of one client, or a quarter of them while others send requests; its further requests wait for a moment, then get 429 with `Retry-After`.',
  }),
  trustedProxyHops: trustedProxyHops.meta({ ...getMeta(trustedProxyHops), renamedFrom: 'PROXIES' }),
  deduplicateFetches: boolean().default(true).meta({
    variable: 'DEDUPLICATE_FETCHES',
    renamedFrom: 'SHARE_FETCHES',
    description: 'Deduplicates identical in-flight subgraph requests.',
  }),
  corsOrigins: originList().optional().meta({
    variable: 'CORS_ORIGINS',
    description: 'Origins whose pages may read responses in a browser, separated by commas. Default: any.',
  }),
  responseCacheMb: integer({ max: 100_000 }).default(64).meta({
    variable: 'RESPONSE_CACHE_MB',
    description: 'Size of the response cache in MB; 0 disables it.',
  }),
  staleIfErrorSeconds: integer({ max: 86_400 }).default(3_600).meta({
    variable: 'STALE_IF_ERROR_SECONDS',
    renamedFrom: 'STALE_FOR_SECONDS',
    description:
      'How long a stale response may be served in place of one that lacks something because a service is down or responds with an error; 0 disables it.',
  }),
  trustedDocumentsPath: z.string().optional().meta({
    variable: 'TRUSTED_DOCUMENTS',
    description:
      'A JSON file of the only documents that may be executed: texts by id. A new version of the file is loaded at once. Default: any document.',
  }),
  introspection: boolean().default(true).meta({
    variable: 'INTROSPECTION',
    description: 'Serves the schema, by introspection and at `/schema.graphql`.',
  }),
  playground: boolean().default(true).meta({
    variable: 'PLAYGROUND',
    description: 'Serves a page at `/` for trying queries.',
  }),
};

/** Everything that an operator can configure, by environment variables. */
export const gatewaySettings = {
  ...ownSettings,
  subgraphs: Object.fromEntries(subgraphNames.map((folder) => [folder, subgraphSettings(folder.toUpperCase())])),
};

/** The same for documentation: `<NAME>` is replaced by each subgraph. */
export const documentedGatewaySettings = { ...ownSettings, subgraphs: { name: subgraphSettings('<NAME>') } };

export type GatewaySettings = SettingsOf<typeof gatewaySettings> & ProcessSettings;

/** Metrics, labels and label values that have another name than in the last release, old to new. */
export const renamedGatewayMetrics = {
  kept_answers_total: 'response_cache_hits_total',
  'kept_answers_total{as}': 'response_cache_hits_total{freshness}',
  kept_answers_bytes: 'response_cache_bytes',
  subgraphs_spared: 'subgraph_circuit_open',
  'subgraph_fetch_duration_seconds{outcome="LEFT"}': 'subgraph_fetch_duration_seconds{outcome="CLIENT_DISCONNECTED"}',
  'subgraph_fetch_duration_seconds{outcome="NOT_ASKED"}': 'subgraph_fetch_duration_seconds{outcome="CIRCUIT_OPEN"}',
};
