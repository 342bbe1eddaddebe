/** An object of a subgraph's answer, as JSON gave it. */
export type Data = Record<string, unknown>;

/** The way from the root to where a fetch's answer belongs: names, and `@` for every item of a list. */
export type FetchPath = readonly string[];

/** Where something stands in an answer. */
export type Path = readonly (string | number)[];

export const isData = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The objects at the end of a path, in order. What is null or no object on the way has none. */
export function getObjectsAt(root: Data, path: FetchPath): Data[] {
  let reached: unknown[] = [root];
  for (const step of path) {
    const further: unknown[] = [];
    for (const value of reached) {
      if (step === '@') pushItems(further, value);
      else if (isData(value)) further.push(value[step]);
    }
    reached = further;
  }
  const objects: Data[] = [];
  for (const value of reached) pushObjects(objects, value);
  return objects;
}

/** A path may end before the list that it leads to. */
function pushObjects(objects: Data[], value: unknown): void {
  if (Array.isArray(value)) for (const item of value) pushObjects(objects, item);
  else if (isData(value)) objects.push(value);
}

function pushItems(items: unknown[], value: unknown): void {
  if (!Array.isArray(value)) return;
  for (const item of value) items.push(item);
}

/** Takes what a later fetch says of an object into it. */
export function mergeInto(target: Data, source: Data): void {
  for (const name of Object.keys(source)) {
    // No field can be called so, and assigning to it would change what an object inherits.
    if (name === '__proto__') continue;
    const given = source[name];
    const present = target[name];
    if (isData(present) && isData(given)) mergeInto(present, given);
    else if (Array.isArray(present) && Array.isArray(given) && present.length === given.length)
      mergeLists(present, given);
    else target[name] = given;
  }
}

function mergeLists(target: unknown[], source: readonly unknown[]): void {
  for (const [index, given] of source.entries()) {
    const present = target[index];
    if (isData(present) && isData(given)) mergeInto(present, given);
    else target[index] = given;
  }
}

/** Where an object hangs: what would have to be changed for it to be absent. */
export interface Location {
  readonly path: Path;
  readonly remove: () => void;
}

/** Every place of these objects, found along the path by which they were reached. One object may have several. */
export function findLocations(root: Data, path: FetchPath, wanted: ReadonlySet<Data>): Map<Data, Location[]> {
  const found = new Map<Data, Location[]>();
  const visit = (value: unknown, depth: number, way: Path, remove: () => void): void => {
    if (Array.isArray(value) && (depth === path.length || path[depth] === '@')) {
      const list: unknown[] = value;
      for (const [index, item] of list.entries())
        visit(item, depth === path.length ? depth : depth + 1, [...way, index], () => {
          list[index] = null;
        });
      return;
    }
    if (!isData(value)) return;
    const step = path[depth];
    if (step !== undefined) {
      visit(value[step], depth + 1, [...way, step], () => {
        value[step] = null;
      });
    } else if (wanted.has(value)) {
      found.set(value, [...(found.get(value) ?? []), { path: way, remove }]);
    }
  };
  visit(root, 0, [], () => undefined);
  return found;
}
