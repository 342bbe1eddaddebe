import DataLoader from 'dataloader';

import { afterTurns, inTurns } from '../observability/next-turn.js';
import type { RequestContext } from '../observability/request-context.js';

/** So many values of a batch are used at once: the fields of each take some microseconds. */
const valuesPerTurn = 100;

/**
 * Creates a loader. The values of a large batch are returned in turns, so that the fields that are resolved from them do not block
 * other requests; what is loaded meanwhile is one batch all the same.
 *
 * @param request for which values are loaded.
 * @param toCacheKey for keys that are objects.
 */
export const createLoader = <Key, Value, CacheKey = Key>(
  request: RequestContext | undefined,
  load: (keys: readonly Key[]) => Promise<readonly Value[]>,
  toCacheKey?: (key: Key) => CacheKey,
): DataLoader<Key, Value, CacheKey> =>
  new DataLoader<Key, Value, CacheKey>(
    // The promise of a key resolves as the promise in its place does, which the types of DataLoader omit.
    async (keys) => inTurns(request, await load(keys), valuesPerTurn) as readonly Value[],
    {
      batchScheduleFn: (dispatch) => {
        afterTurns(request, dispatch);
      },
      ...(toCacheKey && { cacheKeyFn: toCacheKey }),
    },
  );

/**
 * Loads single rows by key; a key without a row gives null. One batch of keys is one call of `find`, whose rows may come
 * in any order.
 *
 *     find(['dk:1', 'dk:2']) → [{ id: 'dk:2', … }]   → [null, { id: 'dk:2', … }]
 */
export const createRowLoader = <Row>(
  request: RequestContext | undefined,
  find: (keys: readonly string[]) => Promise<readonly Row[]>,
  getKey: (row: Row) => string,
): DataLoader<string, Row | null> =>
  createLoader(request, async (keys) => {
    const rows = new Map((await find(keys)).map((row) => [getKey(row), row]));
    return keys.map((key) => rows.get(key) ?? null);
  });

/**
 * Loads the rows of each parent, in the order in which `find` returns them. Each row has the `parentId` of its parent.
 *
 *     find(['a', 'b']) → [{ parentId: 'a', text: 'x' }, { parentId: 'a', text: 'y' }]   → [[x, y], []]
 */
export const createListLoader = <Row extends { readonly parentId: string }>(
  request: RequestContext | undefined,
  find: (ids: readonly string[]) => Promise<readonly Row[]>,
) => createLoader<string, readonly Row[]>(request, async (ids) => toLists(ids, await find(ids), (row) => row.parentId));

/** The key of a list that belongs to one parent on a day, with arguments that many parents may share. */
interface DatedKey<Arguments> {
  readonly id: string;
  /** May differ from parent to parent: the list of an organisation that has ended is that of its last day. */
  readonly day: string;
  readonly arguments: Arguments;
}

/** The parents of one batch: ids and days side by side, as `unnest` takes them. */
export interface ParentBatch {
  readonly ids: readonly string[];
  readonly days: readonly string[];
}

/**
 * Loads a list for each parent on a day. Parents with equal arguments, as those of one field of a list have, share one call of
 * `find`; each of its rows has the `parentId` and `parentDay` of its key, in the order of the list.
 */
export function createDatedListLoader<Arguments, Row extends { readonly parentId: string; readonly parentDay: string }>(
  request: RequestContext | undefined,
  find: (parents: ParentBatch, listArguments: Arguments) => Promise<readonly Row[]>,
): DataLoader<DatedKey<Arguments>, readonly Row[], string> {
  const toText = (key: DatedKey<Arguments>): string =>
    `${JSON.stringify(key.arguments)} ${toParentText(key.id, key.day)}`;
  return createLoader(
    request,
    async (keys) => {
      const lists = new Map<DatedKey<Arguments>, readonly Row[]>();
      await Promise.all(
        [...groupBy(keys, (key) => JSON.stringify(key.arguments)).values()].map(async (group) => {
          const [first] = group;
          if (!first) return;
          const parents = { ids: group.map(({ id }) => id), days: group.map(({ day }) => day) };
          const rows = await find(parents, first.arguments);
          const found = toLists(
            group.map(({ id, day }) => toParentText(id, day)),
            rows,
            (row) => toParentText(row.parentId, row.parentDay),
          );
          for (const [index, key] of group.entries()) lists.set(key, found[index] ?? []);
        }),
      );
      return keys.map((key) => lists.get(key) ?? []);
    },
    toText,
  );
}

/** A day contains no space, so the text is unambiguous. */
const toParentText = (id: string, day: string): string => `${day} ${id}`;

/** @throws Error if a row belongs to a key that was not requested: `find` is wrong, and its rows would be lost silently. */
function toLists<Row>(keys: readonly string[], rows: readonly Row[], getKey: (row: Row) => string): Row[][] {
  const groups = groupBy(rows, getKey);
  const requested = new Set(keys);
  const unknown = [...groups.keys()].filter((key) => !requested.has(key));
  if (unknown.length > 0)
    throw new Error(
      `A loader found rows with a parent that was not requested.\n\nRequested:\n${keys.join('\n')}\n\nNot requested:\n${unknown.join('\n')}`,
    );
  return keys.map((key) => groups.get(key) ?? []);
}

/** Groups rows by a key, in the order given. */
export const groupBy = <Row>(rows: readonly Row[], getKey: (row: Row) => string): Map<string, Row[]> => {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = getKey(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
};
