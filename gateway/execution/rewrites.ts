import type { FetchDataRewrite } from '@apollo/query-planner';

import type { IsOfType } from './fetch.js';
import { type Data, isData } from './result-tree.js';

const typePrefix = '... on ';

/** Applies the planner's rewrites to data: it fetches a field under another name where two would collide. */
export function applyRewrites(data: unknown, rewrites: readonly FetchDataRewrite[], isOfType: IsOfType): void {
  for (const each of rewrites) {
    const name = each.path.at(-1) ?? '';
    forEachAtPath(data, each.path.slice(0, -1), isOfType, (object) => {
      if (each.kind === 'ValueSetter') object[name] = each.setValueTo;
      else if (object[name] !== undefined) {
        object[each.renameKeyTo] = object[name];
        // Not deleted, because V8 would turn it into a slow dictionary object.
        object[name] = undefined;
      }
    });
  }
}

function forEachAtPath(
  value: unknown,
  path: readonly string[],
  isOfType: IsOfType,
  change: (object: Data) => void,
): void {
  if (Array.isArray(value)) {
    for (const item of value) forEachAtPath(item, path, isOfType, change);
    return;
  }
  if (!isData(value)) return;
  const [step, ...rest] = path;
  if (step === undefined) change(value);
  else if (!step.startsWith(typePrefix)) forEachAtPath(value[step], rest, isOfType, change);
  else if (value['__typename'] === undefined || isOfType(value, step.slice(typePrefix.length)))
    forEachAtPath(value, rest, isOfType, change);
}
