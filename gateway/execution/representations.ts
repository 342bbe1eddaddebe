import type { QueryPlanSelectionNode } from '@apollo/query-planner';

import type { IsOfType } from './fetch.js';
import { type Data, isData, mergeInto } from './result-tree.js';

/**
 * Returns the representation of an object: its type and its key, as in `requires`. Null if the object is of another type, or
 * lacks a required field.
 */
export function toRepresentation(
  object: Data,
  requires: readonly QueryPlanSelectionNode[],
  isOfType: IsOfType,
): Data | null {
  const representation = selectFields(object, requires, isOfType);
  return representation && typeof representation['__typename'] === 'string' ? representation : null;
}

function selectFields(object: Data, selections: readonly QueryPlanSelectionNode[], isOfType: IsOfType): Data | null {
  const selected: Data = {};
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      const name = selection.alias ?? selection.name;
      const value = object[name];
      if (value === undefined) return null;
      selected[name] = selection.selections ? selectValue(value, selection.selections, isOfType) : value;
    } else if (selection.typeCondition !== undefined && isOfType(object, selection.typeCondition)) {
      const part = selectFields(object, selection.selections, isOfType);
      if (part) mergeInto(selected, part);
    }
  }
  return selected;
}

function selectValue(value: unknown, selections: readonly QueryPlanSelectionNode[], isOfType: IsOfType): unknown {
  if (Array.isArray(value)) return value.map((item) => selectValue(item, selections, isOfType));
  return isData(value) ? selectFields(value, selections, isOfType) : null;
}
