import type { GraphQLError, GraphQLFormattedError } from 'graphql';

import type { GatewayContext, ServiceState } from '../request/request-context.js';
import { findRootFields } from './root-fields.js';
import { type Subgraph, SubgraphError, type SubgraphResponse } from '../subgraphs/subgraph.js';
import { toClientCode, createFailureErrors, type MissingLocation, createReportedErrors } from './subgraph-errors.js';
import { type BatchedFetch, getResponsePart } from './batched-fetch.js';
import type { Fetch, IsOfType } from './fetch.js';
import { toRepresentation } from './representations.js';
import { buildFetchBody } from './request-body.js';
import { applyRewrites } from './rewrites.js';
import { type Data, isData, mergeInto, getObjectsAt, type Path, findLocations } from './result-tree.js';

/** What running a plan needs to know of the graph. */
export interface ExecutionEnvironment {
  readonly subgraphs: ReadonlyMap<string, Subgraph>;
  readonly isOfType: IsOfType;
  /** The subgraph that alone says whether there is a body of this type. */
  readonly ownerOf: (typename: string) => string | undefined;
}

/** A plan being run. */
export interface PlanExecution extends ExecutionEnvironment {
  /** The values of variables as the client gave them. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly request: GatewayContext;
  /** What is known so far. */
  readonly data: Data;
  readonly errors: GraphQLError[];
}

/** The objects that a fetch completes, each with the number of its representation. */
interface FetchTargets {
  readonly objects: readonly Data[];
  readonly numbers: readonly number[];
  /** Each once, as JSON. */
  readonly representations: readonly string[];
}

/** Asks one subgraph, takes its answer into `run.data`, and what is missing into `run.errors`. Never throws for a subgraph's fault. */
export async function runFetch(fetch: Fetch, run: PlanExecution): Promise<void> {
  const targets = collectTargets(fetch, run);
  if (hasNoTargets(targets)) return;
  await mergeResponse(
    fetch,
    run,
    targets,
    requestSubgraph(fetch.service, buildFetchBody(fetch, run.variables, targets?.representations ?? []), run),
  );
}

/** The same for several fetches from one subgraph, in one request for all of them that have something to ask. */
export async function runBatchedFetch(
  { service, fetches, buildBody: bodyFor }: BatchedFetch,
  run: PlanExecution,
): Promise<void> {
  const targets = fetches.map((fetch) => collectTargets(fetch, run));
  const numbers = [...fetches.keys()].filter((number) => !hasNoTargets(targets[number]));
  if (numbers.length === 0) return;
  const representations = targets.map((one) => one?.representations);
  const reply = requestSubgraph(service, bodyFor(numbers, run.variables, representations), run);
  const takePart = async (fetch: Fetch, number: number): Promise<void> => {
    if (!numbers.includes(number)) return;
    const part = reply.then((whole) => getResponsePart(whole, number));
    await mergeResponse(fetch, run, targets[number] ?? null, part);
  };
  await Promise.all(fetches.map(takePart));
}

/** Whether there is nothing that it could complete. */
const hasNoTargets = (targets: FetchTargets | null | undefined): boolean => targets?.objects.length === 0;

async function requestSubgraph(
  service: string,
  body: string,
  { subgraphs, request }: PlanExecution,
): Promise<SubgraphResponse> {
  const subgraph = subgraphs.get(service);
  if (!subgraph) throw new SubgraphError('SUBGRAPH_UNAVAILABLE', 'its address is not known');
  return subgraph.execute(body, request);
}

async function mergeResponse(
  fetch: Fetch,
  run: PlanExecution,
  targets: FetchTargets | null,
  reply: Promise<SubgraphResponse>,
): Promise<void> {
  try {
    if (targets) mergeEntities(fetch, run, targets, await reply);
    else mergeRootFields(fetch, run, await reply);
  } catch (error) {
    if (!(error instanceof SubgraphError)) throw error;
    const { code: failure } = error;
    recordServiceState(run, fetch.service, toServiceState(failure));
    if (targets) {
      const places = findTargetLocations(fetch, run, targets, () => true);
      run.errors.push(...createFailureErrors(failure, fetch.service, toMissingLocations(places, targets)));
      removeGhosts(fetch, run, places, targets.objects);
    } else run.errors.push(...createFailureErrors(failure, fetch.service, findRootLocations(fetch, run)));
  }
}

/** Many objects may be one body: it is asked for once. Null: it fills fields of the root. */
function collectTargets({ path, requires, inputRewrites }: Fetch, run: PlanExecution): FetchTargets | null {
  if (!requires) return null;
  const objects: Data[] = [];
  const numbers: number[] = [];
  const known = new Map<string, number>();
  for (const object of getObjectsAt(run.data, path)) {
    const representation = toRepresentation(object, requires, run.isOfType);
    if (!representation) continue;
    if (inputRewrites.length > 0) applyRewrites(representation, inputRewrites, run.isOfType);
    const text = JSON.stringify(representation);
    const number = known.get(text) ?? known.size;
    known.set(text, number);
    objects.push(object);
    numbers.push(number);
  }
  return { objects, numbers, representations: [...known.keys()] };
}

function mergeEntities(
  fetch: Fetch,
  run: PlanExecution,
  targets: FetchTargets,
  { data, errors }: SubgraphResponse,
): void {
  const entities = data === null ? [] : data['_entities'];
  const isWhole = Array.isArray(entities) && entities.length === targets.representations.length;
  if (!Array.isArray(entities) || !entities.every(isEntity) || (data !== null && !isWhole))
    throw new SubgraphError('SUBGRAPH_BAD_RESPONSE', '`_entities` is no list of what was asked for');
  if (fetch.outputRewrites.length > 0) applyRewrites(entities, fetch.outputRewrites, run.isOfType);
  let isComplete = true;
  for (const [index, object] of targets.objects.entries()) {
    const entity = entities[targets.numbers[index] ?? 0] as Data | null | undefined;
    if (entity) mergeInto(object, entity);
    else isComplete = false;
  }
  for (const error of errors) {
    const path = isPath(error.path) ? error.path : [];
    const concerned = getEntityNumber(path);
    const rest = concerned === null ? [] : path.slice(2);
    const places = findTargetLocations(fetch, run, targets, (number) => concerned === null || number === concerned);
    recordReportedError(error, fetch, run, toMissingLocations(places, targets, rest));
  }
  if (errors.length === 0) recordServiceState(run, fetch.service, 'OK');
  if (!isComplete)
    removeGhosts(
      fetch,
      run,
      findTargetLocations(fetch, run, targets, (number) => !entities[number]),
      targets.objects,
    );
}

const isEntity = (value: unknown): boolean => value === null || isData(value);

/** The number of the entity that an error is about. Null: it says none. */
const getEntityNumber = ([field, number]: Path): number | null =>
  field === '_entities' && typeof number === 'number' ? number : null;

function mergeRootFields(fetch: Fetch, run: PlanExecution, { data, errors }: SubgraphResponse): void {
  if (errors.length === 0 && Object.keys(data ?? {}).length === 0)
    throw new SubgraphError('SUBGRAPH_BAD_RESPONSE', 'it holds nothing');
  if (data) {
    if (fetch.outputRewrites.length > 0) applyRewrites(data, fetch.outputRewrites, run.isOfType);
    for (const object of fetch.path.length === 0 ? [run.data] : getObjectsAt(run.data, fetch.path))
      mergeInto(object, data);
  }
  for (const error of errors) {
    const { path } = error;
    const places = isPath(path)
      ? [{ path: [...pathToFirstList(fetch), ...path], id: null }]
      : findRootLocations(fetch, run);
    recordReportedError(error, fetch, run, places);
  }
  if (errors.length === 0) recordServiceState(run, fetch.service, 'OK');
}

const isPath = (path: unknown): path is Path =>
  Array.isArray(path) && path.length > 0 && path.every((step) => typeof step === 'string' || typeof step === 'number');

function recordReportedError(
  error: GraphQLFormattedError,
  { service }: Fetch,
  run: PlanExecution,
  places: readonly MissingLocation[],
): void {
  run.errors.push(...createReportedErrors(error, service, places));
  const code = toClientCode(error);
  recordServiceState(
    run,
    service,
    code === 'SUBGRAPH_TIMEOUT' ? 'TIMEOUT' : code === 'SUBGRAPH_ERROR' ? 'ERROR' : 'OK',
  );
}

/** The objects that a fetch was to complete, where they stand. */
type TargetLocations = readonly { readonly target: number; readonly path: Path; readonly remove: () => void }[];

function findTargetLocations(
  { path }: Fetch,
  { data }: PlanExecution,
  { objects, numbers }: FetchTargets,
  isMeant: (number: number) => boolean,
): TargetLocations {
  const meant = new Set(objects.filter((_object, index) => isMeant(numbers[index] ?? 0)));
  const found = findLocations(data, path, meant);
  const targetOf = new Map(objects.map((object, index) => [object, index]));
  return [...found].flatMap(([object, places]) =>
    places.map((place) => ({ target: targetOf.get(object) ?? 0, ...place })),
  );
}

function toMissingLocations(
  places: TargetLocations,
  { numbers, representations }: FetchTargets,
  rest: Path = [],
): MissingLocation[] {
  return places.map(({ target, path }) => ({
    path: [...path, ...rest],
    id: getKeyValue(representations[numbers[target] ?? 0] ?? '{}'),
  }));
}

/** The key by which a subgraph was asked for an object: a `ref`, an `address`. */
function getKeyValue(representation: string): string | null {
  const { __typename, ...key } = JSON.parse(representation) as Data;
  const [first] = Object.values(key);
  return typeof first === 'string' ? first : null;
}

/**
 * Europe names a body before anybody knows whether there is one. Where its owner has none, or does not answer, what Europe
 * said is taken back: else who asks for nullable fields alone would see a ghost made of nulls.
 */
function removeGhosts(
  { service }: Fetch,
  { ownerOf }: PlanExecution,
  places: TargetLocations,
  objects: readonly Data[],
): void {
  for (const { target, remove } of places) {
    const typename = objects[target]?.['__typename'];
    if (typeof typename === 'string' && ownerOf(typename) === service) remove();
  }
}

/** The root fields that a fetch was to fill. */
const findRootLocations = (fetch: Fetch, { variables }: PlanExecution): MissingLocation[] =>
  findRootFields(fetch.query, variables).map((name) => ({ path: [...pathToFirstList(fetch), name], id: null }));

/** Up to the first list, because nobody can say which of its items is meant. */
function pathToFirstList({ path }: Fetch): Path {
  const list = path.indexOf('@');
  return list === -1 ? path : path.slice(0, list);
}

const toServiceState = (failure: SubgraphError['code']): ServiceState => {
  if (failure === 'SUBGRAPH_TIMEOUT') return 'TIMEOUT';
  return failure === 'SUBGRAPH_UNAVAILABLE' ? 'UNAVAILABLE' : 'ERROR';
};

const statesBestToWorst: readonly ServiceState[] = ['OK', 'ERROR', 'TIMEOUT', 'UNAVAILABLE'];

function recordServiceState({ request: { outcome } }: PlanExecution, service: string, state: ServiceState): void {
  const before = outcome.services.get(service) ?? 'OK';
  outcome.services.set(service, statesBestToWorst.indexOf(state) > statesBestToWorst.indexOf(before) ? state : before);
}
