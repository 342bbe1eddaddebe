import { setImmediate as nextTurn } from 'node:timers/promises';

import { type ScannedPart, scanResponse } from '../raw/scan-response.js';
import { type ScanBody, SubgraphError, type SubgraphResponse } from '../subgraphs/subgraph.js';
import { type BatchedFetch, getResponsePart, toNamePrefix } from './batched-fetch.js';
import type { Fetch } from './fetch.js';
import { collectTargets, type FetchTargets, findTargetLocations, toMissingLocations } from './fetch-targets.js';
import { mergeEntities, mergeRootFields, removeGhosts } from './merge-response.js';
import type { PlanExecution } from './plan-execution.js';
import { findRootLocations, recordFailure } from './record-errors.js';
import { buildFetchBody } from './request-body.js';

/** Runs a fetch, and merges its response into the result of the execution. Never rejects because a subgraph fails. */
export function runFetch(fetch: Fetch, execution: PlanExecution): Promise<void> {
  const targets = collectTargets(fetch, execution);
  if (hasNoTargets(targets)) return Promise.resolve();
  const body = buildFetchBody(fetch, execution.variables, targets?.representations ?? []);
  const scan = toScan(execution, [{ fetch, prefix: '', targets }]);
  return mergeResponse(fetch, execution, targets, requestSubgraph(fetch.service, body, execution, scan));
}

/** Runs several fetches from one subgraph in one request. Fetches without targets are left out. */
export async function runBatchedFetch(
  { service, fetches, buildBody }: BatchedFetch,
  execution: PlanExecution,
): Promise<void> {
  const targets = fetches.map((fetch) => collectTargets(fetch, execution));
  const numbers = [...fetches.keys()].filter((number) => !hasNoTargets(targets[number]));
  if (numbers.length === 0) return;
  const representations = targets.map((one) => one?.representations);
  const body = buildBody(numbers, execution.variables, representations);
  const parts = numbers.flatMap((number) => {
    const fetch = fetches[number];
    return fetch ? [{ fetch, prefix: toNamePrefix(number), targets: targets[number] ?? null }] : [];
  });
  const response = requestSubgraph(service, body, execution, toScan(execution, parts));
  const mergePart = async (fetch: Fetch, number: number): Promise<void> => {
    if (!numbers.includes(number)) return;
    const part = response.then((whole) => getResponsePart(whole, number));
    await mergeResponse(fetch, execution, targets[number] ?? null, part);
  };
  for (let first = 0; first < fetches.length; first += partsPerTurn) {
    if (first > 0) await nextTurn();
    const parts = fetches.slice(first, first + partsPerTurn);
    await Promise.all(parts.map((fetch, index) => mergePart(fetch, first + index)));
  }
}

/** So many parts of a response are merged at once: the first time, the validation of each is compiled, which takes parts of a millisecond. */
const partsPerTurn = 10;

/** Whether a fetch of entities has nothing to complete. */
const hasNoTargets = (targets: FetchTargets | null | undefined): boolean => targets?.objects.length === 0;

function requestSubgraph(
  service: string,
  body: string,
  { subgraphs, request }: PlanExecution,
  scan: ScanBody | undefined,
): Promise<SubgraphResponse> {
  const subgraph = subgraphs.get(service);
  return subgraph
    ? subgraph.execute(body, request, scan)
    : Promise.reject(new SubgraphError('SUBGRAPH_UNAVAILABLE', 'its URL is not known'));
}

interface FetchPart {
  readonly fetch: Fetch;
  readonly prefix: string;
  readonly targets: FetchTargets | null;
}

/** A response that is shorter is parsed in less time than a scan takes to begin. */
const minScannedBytes = 2_048;

/** How a response with parts for several fetches is read without parsing it. Undefined: it has to be parsed. */
function toScan({ findScanner }: PlanExecution, fetches: readonly FetchPart[]): ScanBody | undefined {
  if (!findScanner) return undefined;
  return (body) => {
    if (body.length < minScannedBytes) return undefined;
    const parts: ScannedPart[] = [];
    for (const { fetch, prefix, targets } of fetches) {
      const scanner = findScanner(fetch);
      if (!scanner) return undefined;
      parts.push({ scanner, prefix, representations: targets?.keys ?? null });
    }
    return scanResponse(body, parts);
  };
}

async function mergeResponse(
  fetch: Fetch,
  execution: PlanExecution,
  targets: FetchTargets | null,
  response: Promise<SubgraphResponse>,
): Promise<void> {
  try {
    if (targets) mergeEntities(fetch, execution, targets, await response);
    else mergeRootFields(fetch, execution, await response);
  } catch (error) {
    if (!(error instanceof SubgraphError)) throw error;
    if (targets) {
      const locations = findTargetLocations(fetch, execution, targets, () => true);
      recordFailure(error.code, fetch, execution, toMissingLocations(locations, targets));
      removeGhosts(fetch, execution, locations, targets);
    } else recordFailure(error.code, fetch, execution, findRootLocations(fetch));
  }
}
