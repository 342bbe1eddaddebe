import type { GraphQLError, GraphQLFormattedError } from 'graphql';

import type { GatewayContext, ServiceState } from '../request/request-context.js';
import { rootFields } from './root-fields.js';
import { type Subgraph, SubgraphFailure, type SubgraphReply } from '../subgraphs/subgraph.js';
import { codeOf, failureErrors, type MissingPlace, reportedErrors } from './subgraph-errors.js';
import { type JointFetch, partOf } from './batched-fetch.js';
import type { Fetch, IsOfType } from './fetch.js';
import { representationOf } from './representations.js';
import { bodyOf } from './request-body.js';
import { rewrite } from './rewrites.js';
import { type Data, isData, mergeInto, objectsAt, type Path, placesOf } from './result-tree.js';

/** What running a plan needs to know of the graph. */
export interface Surroundings {
  readonly subgraphs: ReadonlyMap<string, Subgraph>;
  readonly isOfType: IsOfType;
  /** The subgraph that alone says whether there is a body of this type. */
  readonly ownerOf: (typename: string) => string | undefined;
}

/** A plan being run. */
export interface Run extends Surroundings {
  /** The values of variables as the client gave them. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly request: GatewayContext;
  /** What is known so far. */
  readonly data: Data;
  readonly errors: GraphQLError[];
}

/** The objects that a fetch completes, each with the number of its representation. */
interface Targets {
  readonly objects: readonly Data[];
  readonly numbers: readonly number[];
  /** Each once, as JSON. */
  readonly representations: readonly string[];
}

/** Asks one subgraph, takes its answer into `run.data`, and what is missing into `run.errors`. Never throws for a subgraph's fault. */
export async function runFetch(fetch: Fetch, run: Run): Promise<void> {
  const targets = readTargets(fetch, run);
  if (isIdle(targets)) return;
  await take(
    fetch,
    run,
    targets,
    ask(fetch.service, bodyOf(fetch, run.variables, targets?.representations ?? []), run),
  );
}

/** The same for several fetches from one subgraph, in one request for all of them that have something to ask. */
export async function runJointFetch({ service, fetches, bodyFor }: JointFetch, run: Run): Promise<void> {
  const targets = fetches.map((fetch) => readTargets(fetch, run));
  const numbers = [...fetches.keys()].filter((number) => !isIdle(targets[number]));
  if (numbers.length === 0) return;
  const representations = targets.map((one) => one?.representations);
  const reply = ask(service, bodyFor(numbers, run.variables, representations), run);
  const takePart = async (fetch: Fetch, number: number): Promise<void> => {
    if (!numbers.includes(number)) return;
    const part = reply.then((whole) => partOf(whole, number));
    await take(fetch, run, targets[number] ?? null, part);
  };
  await Promise.all(fetches.map(takePart));
}

/** Whether there is nothing that it could complete. */
const isIdle = (targets: Targets | null | undefined): boolean => targets?.objects.length === 0;

async function ask(service: string, body: string, { subgraphs, request }: Run): Promise<SubgraphReply> {
  const subgraph = subgraphs.get(service);
  if (!subgraph) throw new SubgraphFailure('SUBGRAPH_UNAVAILABLE', 'its address is not known');
  return subgraph.ask(body, request);
}

async function take(fetch: Fetch, run: Run, targets: Targets | null, reply: Promise<SubgraphReply>): Promise<void> {
  try {
    if (targets) takeEntities(fetch, run, targets, await reply);
    else takeFields(fetch, run, await reply);
  } catch (error) {
    if (!(error instanceof SubgraphFailure)) throw error;
    const { failure } = error;
    note(run, fetch.service, stateOf(failure));
    if (targets) {
      const places = placesIn(fetch, run, targets, () => true);
      run.errors.push(...failureErrors(failure, fetch.service, missing(places, targets)));
      removeAbsent(fetch, run, places, targets.objects);
    } else run.errors.push(...failureErrors(failure, fetch.service, rootPlaces(fetch, run)));
  }
}

/** Many objects may be one body: it is asked for once. Null: it fills fields of the root. */
function readTargets({ path, requires, inputRewrites }: Fetch, run: Run): Targets | null {
  if (!requires) return null;
  const objects: Data[] = [];
  const numbers: number[] = [];
  const known = new Map<string, number>();
  for (const object of objectsAt(run.data, path)) {
    const representation = representationOf(object, requires, run.isOfType);
    if (!representation) continue;
    if (inputRewrites.length > 0) rewrite(representation, inputRewrites, run.isOfType);
    const text = JSON.stringify(representation);
    const number = known.get(text) ?? known.size;
    known.set(text, number);
    objects.push(object);
    numbers.push(number);
  }
  return { objects, numbers, representations: [...known.keys()] };
}

function takeEntities(fetch: Fetch, run: Run, targets: Targets, { data, errors }: SubgraphReply): void {
  const entities = data === null ? [] : data['_entities'];
  const isWhole = Array.isArray(entities) && entities.length === targets.representations.length;
  if (!Array.isArray(entities) || !entities.every(isEntity) || (data !== null && !isWhole))
    throw new SubgraphFailure('SUBGRAPH_BAD_RESPONSE', '`_entities` is no list of what was asked for');
  if (fetch.outputRewrites.length > 0) rewrite(entities, fetch.outputRewrites, run.isOfType);
  let isComplete = true;
  for (const [index, object] of targets.objects.entries()) {
    const entity = entities[targets.numbers[index] ?? 0] as Data | null | undefined;
    if (entity) mergeInto(object, entity);
    else isComplete = false;
  }
  for (const error of errors) {
    const path = isPath(error.path) ? error.path : [];
    const concerned = entityOf(path);
    const rest = concerned === null ? [] : path.slice(2);
    const places = placesIn(fetch, run, targets, (number) => concerned === null || number === concerned);
    report(error, fetch, run, missing(places, targets, rest));
  }
  if (errors.length === 0) note(run, fetch.service, 'OK');
  if (!isComplete)
    removeAbsent(
      fetch,
      run,
      placesIn(fetch, run, targets, (number) => !entities[number]),
      targets.objects,
    );
}

const isEntity = (value: unknown): boolean => value === null || isData(value);

/** The number of the entity that an error is about. Null: it says none. */
const entityOf = ([field, number]: Path): number | null =>
  field === '_entities' && typeof number === 'number' ? number : null;

function takeFields(fetch: Fetch, run: Run, { data, errors }: SubgraphReply): void {
  if (errors.length === 0 && Object.keys(data ?? {}).length === 0)
    throw new SubgraphFailure('SUBGRAPH_BAD_RESPONSE', 'it holds nothing');
  if (data) {
    if (fetch.outputRewrites.length > 0) rewrite(data, fetch.outputRewrites, run.isOfType);
    for (const object of fetch.path.length === 0 ? [run.data] : objectsAt(run.data, fetch.path))
      mergeInto(object, data);
  }
  for (const error of errors) {
    const { path } = error;
    const places = isPath(path) ? [{ path: [...stem(fetch), ...path], id: null }] : rootPlaces(fetch, run);
    report(error, fetch, run, places);
  }
  if (errors.length === 0) note(run, fetch.service, 'OK');
}

const isPath = (path: unknown): path is Path =>
  Array.isArray(path) && path.length > 0 && path.every((step) => typeof step === 'string' || typeof step === 'number');

function report(error: GraphQLFormattedError, { service }: Fetch, run: Run, places: readonly MissingPlace[]): void {
  run.errors.push(...reportedErrors(error, service, places));
  const code = codeOf(error);
  note(run, service, code === 'SUBGRAPH_TIMEOUT' ? 'TIMEOUT' : code === 'SUBGRAPH_ERROR' ? 'ERROR' : 'OK');
}

/** The objects that a fetch was to complete, where they stand. */
type PlacesOfTargets = readonly { readonly target: number; readonly path: Path; readonly remove: () => void }[];

function placesIn(
  { path }: Fetch,
  { data }: Run,
  { objects, numbers }: Targets,
  isMeant: (number: number) => boolean,
): PlacesOfTargets {
  const meant = new Set(objects.filter((_object, index) => isMeant(numbers[index] ?? 0)));
  const found = placesOf(data, path, meant);
  const targetOf = new Map(objects.map((object, index) => [object, index]));
  return [...found].flatMap(([object, places]) =>
    places.map((place) => ({ target: targetOf.get(object) ?? 0, ...place })),
  );
}

function missing(places: PlacesOfTargets, { numbers, representations }: Targets, rest: Path = []): MissingPlace[] {
  return places.map(({ target, path }) => ({
    path: [...path, ...rest],
    id: idOf(representations[numbers[target] ?? 0] ?? '{}'),
  }));
}

/** The key by which a subgraph was asked for an object: a `ref`, an `address`. */
function idOf(representation: string): string | null {
  const { __typename, ...key } = JSON.parse(representation) as Data;
  const [first] = Object.values(key);
  return typeof first === 'string' ? first : null;
}

/**
 * Europe names a body before anybody knows whether there is one. Where its owner has none, or does not answer, what Europe
 * said is taken back: else who asks for nullable fields alone would see a ghost made of nulls.
 */
function removeAbsent({ service }: Fetch, { ownerOf }: Run, places: PlacesOfTargets, objects: readonly Data[]): void {
  for (const { target, remove } of places) {
    const typename = objects[target]?.['__typename'];
    if (typeof typename === 'string' && ownerOf(typename) === service) remove();
  }
}

/** The root fields that a fetch was to fill. */
const rootPlaces = (fetch: Fetch, { variables }: Run): MissingPlace[] =>
  rootFields(fetch.query, variables).map((name) => ({ path: [...stem(fetch), name], id: null }));

/** Up to the first list, because nobody can say which of its items is meant. */
function stem({ path }: Fetch): Path {
  const list = path.indexOf('@');
  return list === -1 ? path : path.slice(0, list);
}

const stateOf = (failure: SubgraphFailure['failure']): ServiceState => {
  if (failure === 'SUBGRAPH_TIMEOUT') return 'TIMEOUT';
  return failure === 'SUBGRAPH_UNAVAILABLE' ? 'UNAVAILABLE' : 'ERROR';
};

const worse: readonly ServiceState[] = ['OK', 'ERROR', 'TIMEOUT', 'UNAVAILABLE'];

function note({ request: { outcome } }: Run, service: string, state: ServiceState): void {
  const before = outcome.services.get(service) ?? 'OK';
  outcome.services.set(service, worse.indexOf(state) > worse.indexOf(before) ? state : before);
}
