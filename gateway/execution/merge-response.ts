import { SubgraphError, type SubgraphResponse } from '../subgraphs/subgraph.js';
import type { Fetch } from './fetch.js';
import { type FetchTargets, findTargetLocations, type TargetLocations, toMissingLocations } from './fetch-targets.js';
import type { PlanExecution } from './plan-execution.js';
import { findRootLocations, pathToFirstList, recordReportedError, recordServiceState } from './record-errors.js';
import { type Data, getObjectsAt, isData, mergeInto, type Path } from './result-tree.js';
import { applyRewrites } from './rewrites.js';

/**
 * Merges the entities in a response into their targets, and records its errors.
 *
 * @throws SubgraphError when the response does not contain the requested entities.
 */
export function mergeEntities(
  fetch: Fetch,
  execution: PlanExecution,
  targets: FetchTargets,
  { data, errors }: SubgraphResponse,
): void {
  const entities = data === null ? [] : data['_entities'];
  const isWhole = Array.isArray(entities) && entities.length === targets.representations.length;
  if (!Array.isArray(entities) || !entities.every(isEntity) || (data !== null && !isWhole))
    throw new SubgraphError('SUBGRAPH_BAD_RESPONSE', '`_entities` is not a list of the requested entities');
  if (fetch.outputRewrites.length > 0) applyRewrites(entities, fetch.outputRewrites, execution.isOfType);
  let isComplete = true;
  for (const [index, object] of targets.objects.entries()) {
    const entity = entities[targets.numbers[index] ?? 0] as Data | null | undefined;
    if (entity) mergeInto(object, entity);
    else isComplete = false;
  }
  for (const error of errors) {
    const path = isPath(error.path) ? error.path : [];
    const entityNumber = getEntityNumber(path);
    const rest = entityNumber === null ? [] : path.slice(2);
    const locations = findTargetLocations(
      fetch,
      execution,
      targets,
      (number) => entityNumber === null || number === entityNumber,
    );
    recordReportedError(error, fetch, execution, toMissingLocations(locations, targets, rest));
  }
  if (errors.length === 0) recordServiceState(execution, fetch.service, 'OK');
  if (!isComplete) {
    const locations = findTargetLocations(fetch, execution, targets, (number) => !entities[number]);
    removeGhosts(fetch, execution, locations, targets);
  }
}

const isEntity = (value: unknown): boolean => value === null || isData(value);

/** The number of the entity that an error is about. Null: it is about none in particular. */
const getEntityNumber = ([field, number]: Path): number | null =>
  field === '_entities' && typeof number === 'number' ? number : null;

/**
 * Merges the root fields in a response into the result, and records its errors.
 *
 * @throws SubgraphError when the response is empty.
 */
export function mergeRootFields(fetch: Fetch, execution: PlanExecution, { data, errors }: SubgraphResponse): void {
  if (errors.length === 0 && Object.keys(data ?? {}).length === 0)
    throw new SubgraphError('SUBGRAPH_BAD_RESPONSE', 'it contains neither data nor errors');
  if (data) {
    if (fetch.outputRewrites.length > 0) applyRewrites(data, fetch.outputRewrites, execution.isOfType);
    for (const object of fetch.path.length === 0 ? [execution.data] : getObjectsAt(execution.data, fetch.path))
      mergeInto(object, data);
  }
  for (const error of errors) {
    const { path } = error;
    const locations = isPath(path)
      ? [{ path: [...pathToFirstList(fetch), ...path], id: null }]
      : findRootLocations(fetch, execution);
    recordReportedError(error, fetch, execution, locations);
  }
  if (errors.length === 0) recordServiceState(execution, fetch.service, 'OK');
}

const isPath = (path: unknown): path is Path =>
  Array.isArray(path) && path.length > 0 && path.every((step) => typeof step === 'string' || typeof step === 'number');

/**
 * Removes targets from the result whose owner does not know them or does not respond. Europe returns stubs of organisations
 * without knowing whether these exist: without this, a client that selects only nullable fields would see a ghost, a stub of
 * a non-existent organisation, made of nulls.
 */
export function removeGhosts(
  { service }: Fetch,
  { ownerOf }: PlanExecution,
  locations: TargetLocations,
  { objects }: FetchTargets,
): void {
  for (const { target, remove } of locations) {
    const typename = objects[target]?.['__typename'];
    if (typeof typename === 'string' && ownerOf(typename) === service) remove();
  }
}
