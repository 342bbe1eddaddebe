import { scriptOf } from '../../cli/start/paths.js';
import type { GatewayPlan } from './start-gateway.js';

/** A gateway that is measured. */
export interface Gateway extends GatewayPlan {
  /** Which caches it has, and what it shares among requests. */
  readonly has: string;
}

const peer = (name: string, script: string, variables: Gateway['variables'], has: string): Gateway => ({
  name,
  script: scriptOf('bench', 'gateways', 'processes', script),
  variables,
  has,
});

const ours = (name: string, variables: Gateway['variables'], has: string): Gateway => ({
  name,
  script: scriptOf('gateway', 'main'),
  // One client asks as fast as it can: that is what is measured.
  variables: { RATE_LIMIT_PER_MINUTE: '0', ...variables },
  has,
});

/** What the others are compared with. */
export const apollo = peer(
  'plain @apollo/gateway',
  'apollo',
  // A key in the environment would have it report to its vendor.
  { APOLLO_KEY: '', APOLLO_GRAPH_REF: '' },
  'keeps parsed operations and plans; shares nothing',
);

/** All that answer anew each time. */
export const gateways: readonly Gateway[] = [
  ours(
    'ours',
    { RESPONSE_CACHE_MB: '0' },
    'keeps parsed operations and plans; shares equal fetches that are under way',
  ),
  ours(
    'ours, sharing nothing',
    { RESPONSE_CACHE_MB: '0', DEDUPLICATE_FETCHES: 'false' },
    'keeps parsed operations and plans; shares nothing',
  ),
  apollo,
  peer('Hive Gateway', 'hive', {}, 'keeps parsed operations; shares equal fetches that are under way'),
  peer(
    'Hive Gateway, Rust planner',
    'hive',
    { HIVE_PLANNER: 'rust' },
    'keeps parsed operations and plans; shares equal fetches that are under way',
  ),
];

/** All that may answer from memory. */
export const cachingGateways: readonly Gateway[] = [
  ours('ours, response cache', {}, 'as ours, and keeps answers'),
  peer(
    'Hive Gateway, Rust planner, response cache',
    'hive',
    { HIVE_PLANNER: 'rust', HIVE_REPEATS: 'cache' },
    'keeps answers too, and shares equal requests that are under way',
  ),
];

export const bareName = 'bare node:http';

/** @param answer what it has for everybody. */
export const bareServer = (answer: string): Gateway =>
  peer(bareName, 'bare', { ANSWER: answer }, 'sends the same bytes whatever it is asked');
