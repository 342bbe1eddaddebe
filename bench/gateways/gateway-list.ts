import { scriptOf } from '../../cli/start/paths.js';
import { oneClient } from '../graph.js';
import type { GatewayPlan } from './start-gateway.js';

/** A gateway that is measured. */
export interface Gateway extends GatewayPlan {
  /** The caches that it has, and what it shares among requests. */
  readonly features: string;
}

const other = (name: string, script: string, variables: Gateway['variables'], features: string): Gateway => ({
  name,
  script: scriptOf('bench', 'gateways', 'processes', script),
  variables,
  features,
});

const ours = (name: string, variables: Gateway['variables'], features: string): Gateway => ({
  name,
  script: scriptOf('gateway', 'main'),
  variables: { ...oneClient, ...variables },
  features,
});

/** The gateway that the others are compared with. */
export const apollo = other(
  'plain @apollo/gateway',
  'apollo',
  // With a key in the environment it would report to its vendor.
  { APOLLO_KEY: '', APOLLO_GRAPH_REF: '' },
  'caches parsed operations and plans; shares nothing',
);

/** The gateways that execute every request. */
export const gateways: readonly Gateway[] = [
  ours('ours', { RESPONSE_CACHE_MB: '0' }, 'caches parsed operations and plans; deduplicates in-flight fetches'),
  ours(
    'ours, without deduplication',
    { RESPONSE_CACHE_MB: '0', DEDUPLICATE_FETCHES: 'false' },
    'caches parsed operations and plans; shares nothing',
  ),
  apollo,
  other('Hive Gateway', 'hive', {}, 'caches parsed operations; deduplicates in-flight fetches'),
  other(
    'Hive Gateway, Rust planner',
    'hive',
    { HIVE_PLANNER: 'rust' },
    'caches parsed operations and plans; deduplicates in-flight fetches',
  ),
];

/** The gateways with a response cache. */
export const cachingGateways: readonly Gateway[] = [
  ours('ours, response cache', {}, 'as ours, and caches responses'),
  other(
    'Hive Gateway, Rust planner, response cache',
    'hive',
    { HIVE_PLANNER: 'rust', HIVE_REPEATS: 'cache' },
    'caches responses too, and deduplicates in-flight requests',
  ),
];

/** No gateway on Node can be faster than these. */
export const bareNames: readonly string[] = ['bare node:http', 'bare node:http with undici'];
const [bareServerName = '', bareGatewayName = ''] = bareNames;

/** @param response that it sends to every request. */
export const bareServer = (response: string): Gateway =>
  other(bareServerName, 'bare', { RESPONSE: response }, 'sends the same bytes to every request');

/** @param recording the file with the requests to subgraphs that it sends for each request. */
export const bareGateway = (recording: string): Gateway =>
  other(
    bareGatewayName,
    'bare-gateway',
    { RECORDING: recording },
    'sends the requests to subgraphs that ours sends, and concatenates their responses, which is all that a gateway has to do',
  );
