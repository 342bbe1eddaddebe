import type { GraphQLError, GraphQLFormattedError } from 'graphql';

import type { ServiceState } from '../request/request-context.js';
import type { SubgraphErrorCode, SubgraphResponse } from '../subgraphs/subgraph.js';
import { type Findings, toPath } from '../validation/findings.js';
import type { Fetch } from './fetch.js';
import type { PlanExecution } from './plan-execution.js';
import { isWithin, type Path } from './result-tree.js';
import { findRootFields } from './root-fields.js';
import {
  createFailureErrors,
  createInvalidValueErrors,
  createReportedErrors,
  createSummaryError,
  findCommonPath,
  maxErrorsPerFetch,
  type MissingLocation,
  toClientCode,
} from './subgraph-errors.js';

/** Records that a fetch failed as a whole. */
export function recordFailure(
  code: SubgraphErrorCode,
  { service }: Fetch,
  execution: PlanExecution,
  missing: readonly MissingLocation[],
): void {
  recordServiceState(execution, service, toServiceState(code));
  execution.errors.push(...createFailureErrors(code, service, toClientLocations(missing, execution)));
}

/** A response whose data is merged, with what its validation found. */
export interface MergedResponse extends Pick<SubgraphResponse, 'errors' | 'omittedErrors'> {
  readonly findings: Findings;
  /** Returns the locations in the result that a path in the fetch is about. An empty path: all that the fetch fills. */
  readonly locate: (path: Path) => readonly MissingLocation[];
}

/** Records the errors in a response, its invalid values, and how the service did. */
export function recordResponse(
  fetch: Fetch,
  execution: PlanExecution,
  { errors, omittedErrors = 0, findings, locate }: MergedResponse,
): void {
  const { service } = fetch;
  if (errors.length === 0 && isClean(findings)) {
    recordServiceState(execution, service, 'OK');
    return;
  }
  execution.onFindings(service, findings);
  let all: readonly MissingLocation[] | undefined;
  const locateAll = (): readonly MissingLocation[] => (all ??= toClientLocations(locate([]), execution));
  const locateNamed = (path: Path): readonly MissingLocation[] =>
    path.length === 0 ? locateAll() : toClientLocations(locate(restoreNames(path, fetch)), execution);
  const recorded: GraphQLError[] = [];
  let unlistedErrors = omittedErrors;
  const reportedPaths: Path[] = [];
  for (const error of errors) {
    const path = fetch.validation.restrictPath(error.path);
    if (path.length > 0) reportedPaths.push(path);
    if (recorded.length < maxErrorsPerFetch) recorded.push(...createReportedErrors(error, service, locateNamed(path)));
    else unlistedErrors += 1;
    recordServiceState(execution, service, toReportedState(error));
  }
  for (const invalid of findings.invalid) {
    const path = toPath(invalid);
    // A null where the subgraph reports an error is a consequence of the error.
    if (reportedPaths.some((reported) => isWithin(path, reported) || isWithin(reported, path))) continue;
    recorded.push(...createInvalidValueErrors(invalid.fault, service, locateNamed(path)));
  }
  const addSummary = (what: 'errors' | 'values', count: number): void => {
    if (count === 0) return;
    const path = findCommonPath(locateAll().map((location) => location.path));
    recorded.push(createSummaryError(what, count, service, path));
  };
  addSummary('errors', unlistedErrors);
  addSummary('values', findings.unlisted);
  if (findings.invalid.length > 0 || omittedErrors > 0) recordServiceState(execution, service, 'ERROR');
  else if (errors.length === 0) recordServiceState(execution, service, 'OK');
  execution.errors.push(...recorded);
}

/** Errors name fields as the client does. */
const toClientLocations = (
  locations: readonly MissingLocation[],
  { toClientPath }: PlanExecution,
): readonly MissingLocation[] => locations.map(({ path, id }) => ({ path: toClientPath(path), id }));

const isClean = ({ invalid, discarded }: Findings): boolean => invalid.length === 0 && discarded === 0;

/** The planner fetches a field under another name where two would collide: clients know the name that they selected. */
function restoreNames(path: Path, { outputRewrites }: Fetch): Path {
  if (outputRewrites.length === 0) return path;
  const names = new Map(
    outputRewrites.flatMap((rewrite) =>
      rewrite.kind === 'KeyRenamer' ? [[rewrite.path.at(-1), rewrite.renameKeyTo] as const] : [],
    ),
  );
  return path.map((step) => (typeof step === 'string' ? (names.get(step) ?? step) : step));
}

function toReportedState(error: GraphQLFormattedError): ServiceState {
  const code = toClientCode(error);
  if (code === 'SUBGRAPH_TIMEOUT') return 'TIMEOUT';
  return code === 'SUBGRAPH_ERROR' ? 'ERROR' : 'OK';
}

function toServiceState(code: SubgraphErrorCode): ServiceState {
  if (code === 'SUBGRAPH_TIMEOUT') return 'TIMEOUT';
  return code === 'SUBGRAPH_UNAVAILABLE' ? 'UNAVAILABLE' : 'ERROR';
}

const statesBestToWorst: readonly ServiceState[] = ['OK', 'ERROR', 'TIMEOUT', 'UNAVAILABLE'];

/** Records how a service did, if that is worse than before. */
function recordServiceState({ request: { outcome } }: PlanExecution, service: string, state: ServiceState): void {
  const before = outcome.services.get(service) ?? 'OK';
  const isWorse = statesBestToWorst.indexOf(state) > statesBestToWorst.indexOf(before);
  outcome.services.set(service, isWorse ? state : before);
}

/** The locations of the root fields that a fetch fills. */
export const findRootLocations = (fetch: Fetch): MissingLocation[] =>
  findRootFields(fetch.query).map((name) => ({ path: [...pathToFirstList(fetch), name], id: null }));

/** The path of a fetch up to the first list: which of its items is meant is unknown. */
export function pathToFirstList({ path }: Fetch): Path {
  const list = path.indexOf('@');
  return list === -1 ? path : path.slice(0, list);
}
