import { RawJson } from '../raw/raw-json.js';

/** An object in a subgraph's response, parsed from JSON. */
export type Data = Record<string, unknown>;

/** The path from the root to where a fetch's response belongs: names, and `@` for every item of a list. */
export type FetchPath = readonly string[];

/** The path of a value in a response. */
export type Path = readonly (string | number)[];

export const isData = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof RawJson);

/** Whether a path is the same as another, or leads below it. */
export const isWithin = (path: Path, outer: Path): boolean => outer.every((step, index) => path[index] === step);

/** Returns the objects at the end of a path, in order. Values on the way that are not objects have none. */
export function getObjectsAt(root: Data, path: FetchPath): Data[] {
  let reached: unknown[] = [root];
  for (const step of path) {
    const next: unknown[] = [];
    for (const value of reached) {
      if (step === '@') pushItems(next, value);
      else if (isData(value)) next.push(value[step]);
    }
    reached = next;
  }
  const objects: Data[] = [];
  for (const value of reached) pushObjects(objects, value);
  return objects;
}

/** A path may end at a list, and then means its items. */
function pushObjects(objects: Data[], value: unknown): void {
  if (Array.isArray(value)) for (const item of value) pushObjects(objects, item);
  else if (isData(value)) objects.push(value);
}

function pushItems(items: unknown[], value: unknown): void {
  if (!Array.isArray(value)) return;
  for (const item of value) items.push(item);
}

/** Merges what a later fetch returns of an object into it. */
export function mergeInto(target: Data, source: Data): void {
  for (const name of Object.keys(source)) {
    // Not a valid name of a field, and assigning to it would change the prototype.
    if (name === '__proto__') continue;
    const added = source[name];
    const present = target[name];
    if (isData(present) && isData(added)) mergeInto(present, added);
    else if (Array.isArray(present) && Array.isArray(added) && present.length === added.length)
      mergeLists(present, added);
    else target[name] = added;
  }
}

function mergeLists(target: unknown[], source: readonly unknown[]): void {
  for (const [index, added] of source.entries()) {
    const present = target[index];
    if (isData(present) && isData(added)) mergeInto(present, added);
    else target[index] = added;
  }
}

/** Where an object is in a response, and how to remove it. */
export interface Location {
  readonly path: Path;
  readonly remove: () => void;
}

/** Finds all locations of these objects along the path by which they were reached. One object may have several. */
export function findLocations(root: Data, path: FetchPath, wanted: ReadonlySet<Data>): Map<Data, Location[]> {
  const locations = new Map<Data, Location[]>();
  const visit = (value: unknown, depth: number, pathSoFar: Path, remove: () => void): void => {
    if (Array.isArray(value) && (depth === path.length || path[depth] === '@')) {
      const list: unknown[] = value;
      for (const [index, item] of list.entries())
        visit(item, depth === path.length ? depth : depth + 1, [...pathSoFar, index], () => {
          list[index] = null;
        });
      return;
    }
    if (!isData(value)) return;
    const step = path[depth];
    if (step !== undefined) {
      visit(value[step], depth + 1, [...pathSoFar, step], () => {
        value[step] = null;
      });
    } else if (wanted.has(value)) {
      locations.set(value, [...(locations.get(value) ?? []), { path: pathSoFar, remove }]);
    }
  };
  visit(root, 0, [], () => undefined);
  return locations;
}
