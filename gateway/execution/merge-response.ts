import { addStep, type Findings, noFindings } from '../validation/findings.js';
import { SubgraphError, type SubgraphResponse } from '../subgraphs/subgraph.js';
import type { Fetch } from './fetch.js';
import { type FetchTargets, findTargetLocations, type TargetLocations, toMissingLocations } from './fetch-targets.js';
import type { PlanExecution } from './plan-execution.js';
import { findRootLocations, pathToFirstList, recordResponse } from './record-errors.js';
import { type Data, getObjectsAt, mergeInto, type Path } from './result-tree.js';
import { applyRewrites } from './rewrites.js';

/**
 * Validates the entities in a response, merges them into their targets, and records its errors.
 *
 * @throws SubgraphError when the response does not contain the requested entities.
 */
export function mergeEntities(
  fetch: Fetch,
  execution: PlanExecution,
  targets: FetchTargets,
  response: SubgraphResponse,
): void {
  const { data } = response;
  const returned = data === null ? [] : data['_entities'];
  if (!Array.isArray(returned) || (data !== null && returned.length !== targets.keys.length))
    throw new SubgraphError('SUBGRAPH_BAD_RESPONSE', '`_entities` is not a list of the requested entities');
  const findings = noFindings();
  const entities: (Data | null)[] = [];
  for (let number = 0; number < targets.keys.length; number += 1)
    entities.push(validateEntity(fetch, response, targets, number, findings));
  if (fetch.outputRewrites.length > 0) applyRewrites(entities, fetch.outputRewrites, execution.isOfType);
  let isComplete = true;
  for (let index = 0; index < targets.objects.length; index += 1) {
    const object = targets.objects[index];
    const entity = entities[targets.numbers[index] ?? 0];
    if (object && entity) mergeInto(object, entity);
    else isComplete = false;
  }
  recordResponse(fetch, execution, {
    ...response,
    findings,
    locate: (path) => {
      const entityNumber = getEntityNumber(path, entities.length);
      const matches = (number: number): boolean => entityNumber === null || number === entityNumber;
      const locations = findTargetLocations(fetch, execution, targets, matches);
      return toMissingLocations(locations, targets, entityNumber === null ? [] : path.slice(2));
    },
  });
  if (!isComplete) {
    const locations = findTargetLocations(fetch, execution, targets, (number) => !entities[number]);
    removeGhosts(fetch, execution, locations, targets);
  }
}

/** The entity with this number, validated. Null: it does not exist, or is not valid. */
function validateEntity(
  { validation }: Fetch,
  { data, isValidated }: SubgraphResponse,
  { keys }: FetchTargets,
  number: number,
  findings: Findings,
): Data | null {
  const entity = (data?.['_entities'] as readonly unknown[] | undefined)?.[number] ?? null;
  if (entity === null) return null;
  if (isValidated) return entity as Data;
  const before = findings.invalid.length;
  const valid = validation.getValidator().validateEntity(entity, keys[number] ?? {}, findings);
  if (findings.invalid.length > before) addEntityPath(findings, before, number);
  return valid;
}

function addEntityPath(findings: Findings, before: number, number: number): void {
  addStep(findings.invalid, before, number);
  addStep(findings.invalid, before, '_entities');
}

/** The number of the entity that an error is about. Null: it is about none in particular. */
const getEntityNumber = ([field, number]: Path, count: number): number | null =>
  field === '_entities' && typeof number === 'number' && number < count ? number : null;

/**
 * Validates the root fields in a response, merges them into the result, and records its errors.
 *
 * @throws SubgraphError when the response is empty.
 */
export function mergeRootFields(fetch: Fetch, execution: PlanExecution, response: SubgraphResponse): void {
  const { data, errors } = response;
  if (errors.length === 0 && Object.keys(data ?? {}).length === 0)
    throw new SubgraphError('SUBGRAPH_BAD_RESPONSE', 'it contains neither data nor errors');
  const findings = noFindings();
  if (data) {
    const valid = response.isValidated ? data : fetch.validation.getValidator().validateRoots(data, findings);
    if (fetch.outputRewrites.length > 0) applyRewrites(valid, fetch.outputRewrites, execution.isOfType);
    for (const object of fetch.path.length === 0 ? [execution.data] : getObjectsAt(execution.data, fetch.path))
      mergeInto(object, valid);
  }
  recordResponse(fetch, execution, {
    ...response,
    findings,
    locate: (path) =>
      path.length > 0 ? [{ path: [...pathToFirstList(fetch), ...path], id: null }] : findRootLocations(fetch),
  });
}

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
