import type { Fetch } from './fetch.js';
import type { PlanExecution } from './plan-execution.js';
import { toRepresentation } from './representations.js';
import { type Data, findLocations, getObjectsAt, type Path } from './result-tree.js';
import { applyRewrites } from './rewrites.js';
import type { MissingLocation } from './subgraph-errors.js';

/** The objects that a fetch completes, each with the number of its representation. */
export interface FetchTargets {
  readonly objects: readonly Data[];
  readonly numbers: readonly number[];
  /** The distinct representations, as JSON. */
  readonly representations: readonly string[];
  /** The same as objects. */
  readonly keys: readonly Data[];
}

/**
 * Collects the objects that a fetch completes. Many objects may be the same entity, which is requested once. Null: the fetch
 * fills root fields.
 */
export function collectTargets(
  { path, requires, inputRewrites }: Fetch,
  { data, isOfType }: PlanExecution,
): FetchTargets | null {
  if (!requires) return null;
  const objects: Data[] = [];
  const numbers: number[] = [];
  const keys: Data[] = [];
  const representations: string[] = [];
  const candidates = getObjectsAt(data, path);
  // Most fetches complete one object: a map takes longer to create than all the rest.
  const numberByRepresentation = candidates.length > 1 ? new Map<string, number>() : undefined;
  for (const object of candidates) {
    const representation = toRepresentation(object, requires, isOfType);
    if (!representation) continue;
    if (inputRewrites.length > 0) applyRewrites(representation, inputRewrites, isOfType);
    const text = JSON.stringify(representation);
    let number = numberByRepresentation?.get(text);
    if (number === undefined) {
      number = keys.push(representation) - 1;
      representations.push(text);
      numberByRepresentation?.set(text, number);
    }
    objects.push(object);
    numbers.push(number);
  }
  return { objects, numbers, representations, keys };
}

/** Where the targets of a fetch are in the result. `target` is an index of `FetchTargets.objects`. */
export type TargetLocations = readonly {
  readonly target: number;
  readonly path: Path;
  readonly remove: () => void;
}[];

/** Finds the locations of the targets whose representation has a matching number. */
export function findTargetLocations(
  { path }: Fetch,
  { data }: PlanExecution,
  { objects, numbers }: FetchTargets,
  matches: (number: number) => boolean,
): TargetLocations {
  const matching = new Set(objects.filter((_object, index) => matches(numbers[index] ?? 0)));
  const locations = findLocations(data, path, matching);
  const targetByObject = new Map(objects.map((object, index) => [object, index]));
  return [...locations].flatMap(([object, ofObject]) =>
    ofObject.map((location) => ({ target: targetByObject.get(object) ?? 0, ...location })),
  );
}

/** @param rest the path below the targets at which something is missing. */
export function toMissingLocations(
  locations: TargetLocations,
  { numbers, keys }: FetchTargets,
  rest: Path = [],
): MissingLocation[] {
  return locations.map(({ target, path }) => ({
    path: [...path, ...rest],
    id: getKeyValue(keys[numbers[target] ?? 0] ?? {}),
  }));
}

/** The key in a representation: a `ref`, an `address`. */
function getKeyValue({ __typename, ...key }: Data): string | null {
  const [first] = Object.values(key);
  return typeof first === 'string' ? first : null;
}
