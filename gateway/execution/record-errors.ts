import type { GraphQLFormattedError } from 'graphql';

import type { ServiceState } from '../request/request-context.js';
import type { SubgraphErrorCode } from '../subgraphs/subgraph.js';
import type { Fetch } from './fetch.js';
import type { PlanExecution } from './plan-execution.js';
import type { Path } from './result-tree.js';
import { findRootFields } from './root-fields.js';
import { createFailureErrors, createReportedErrors, type MissingLocation, toClientCode } from './subgraph-errors.js';

/** Records that a fetch failed as a whole. */
export function recordFailure(
  code: SubgraphErrorCode,
  { service }: Fetch,
  execution: PlanExecution,
  missing: readonly MissingLocation[],
): void {
  recordServiceState(execution, service, toServiceState(code));
  execution.errors.push(...createFailureErrors(code, service, missing));
}

/** Records an error in the response of a subgraph. */
export function recordReportedError(
  error: GraphQLFormattedError,
  { service }: Fetch,
  execution: PlanExecution,
  missing: readonly MissingLocation[],
): void {
  execution.errors.push(...createReportedErrors(error, service, missing));
  const code = toClientCode(error);
  recordServiceState(
    execution,
    service,
    code === 'SUBGRAPH_TIMEOUT' ? 'TIMEOUT' : code === 'SUBGRAPH_ERROR' ? 'ERROR' : 'OK',
  );
}

function toServiceState(code: SubgraphErrorCode): ServiceState {
  if (code === 'SUBGRAPH_TIMEOUT') return 'TIMEOUT';
  return code === 'SUBGRAPH_UNAVAILABLE' ? 'UNAVAILABLE' : 'ERROR';
}

const statesBestToWorst: readonly ServiceState[] = ['OK', 'ERROR', 'TIMEOUT', 'UNAVAILABLE'];

/** Records how a service did, if that is worse than before. */
export function recordServiceState(
  { request: { outcome } }: PlanExecution,
  service: string,
  state: ServiceState,
): void {
  const before = outcome.services.get(service) ?? 'OK';
  const isWorse = statesBestToWorst.indexOf(state) > statesBestToWorst.indexOf(before);
  outcome.services.set(service, isWorse ? state : before);
}

/** The locations of the root fields that a fetch fills. */
export const findRootLocations = (fetch: Fetch, { variables }: PlanExecution): MissingLocation[] =>
  findRootFields(fetch.query, variables).map((name) => ({ path: [...pathToFirstList(fetch), name], id: null }));

/** The path of a fetch up to the first list: which of its items is meant is unknown. */
export function pathToFirstList({ path }: Fetch): Path {
  const list = path.indexOf('@');
  return list === -1 ? path : path.slice(0, list);
}
