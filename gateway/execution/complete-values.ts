import {
  getNullableType,
  type GraphQLLeafType,
  type GraphQLOutputType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';

import type { Path } from './result-tree.js';

/** Something that a subgraph sent and the schema does not allow. Its place is put together on the way up. */
export interface Problem {
  readonly message: string;
  /** From the innermost step out. */
  readonly reversedPath: (string | number)[];
}

/**
 * Makes of what subgraphs sent what the client gets. `undefined` says that there is null where the schema has none: whatever
 * holds it is to be null.
 */
export type Complete = (value: unknown, problems: Problem[]) => unknown;

/** How the values of a type are completed, with `object` for what is neither scalar nor enum. */
export function completeAs(type: GraphQLOutputType, object: Complete): Complete {
  if (isNonNullType(type)) return completeNonNull(completeAs(type.ofType, object));
  if (isListType(type)) return completeList(completeAs(type.ofType, object));
  const named = getNullableType(type);
  return isLeafType(named) ? completeLeaf(named) : object;
}

const completeNonNull =
  (inner: Complete): Complete =>
  (value, problems) => {
    const before = problems.length;
    const completed = inner(value, problems);
    if (completed !== null && completed !== undefined) return completed;
    if (problems.length === before) problems.push({ message: 'nothing where something has to be', reversedPath: [] });
    return undefined;
  };

const completeList =
  (inner: Complete): Complete =>
  (value, problems) => {
    if (value === null || value === undefined) return null;
    if (!Array.isArray(value)) return refuse('no list', problems);
    const items: unknown[] = [];
    let isWhole = true;
    for (let index = 0; index < value.length; index += 1) {
      const before = problems.length;
      const item = inner(value[index], problems);
      if (problems.length > before) addStep(problems, before, index);
      if (item === undefined) isWhole = false;
      items.push(item);
    }
    return isWhole ? items : null;
  };

function completeLeaf(type: GraphQLLeafType): Complete {
  const isValid = checkOf(type);
  return (value, problems) => {
    if (value === null || value === undefined) return null;
    return isValid(value) ? value : refuse(`no ${type.name}`, problems);
  };
}

/** Says that a value cannot be given to the client. */
export function refuse(message: string, problems: Problem[]): null {
  problems.push({ message, reversedPath: [] });
  return null;
}

/** Puts a step before the paths of the problems that came up since `before`. */
export function addStep(problems: readonly Problem[], before: number, step: string | number): void {
  for (let index = before; index < problems.length; index += 1) problems[index]?.reversedPath.push(step);
}

/** Where a problem is, from the root. */
export const pathOf = ({ reversedPath }: Problem): Path => [...reversedPath].reverse();

const isText = (value: unknown): boolean => typeof value === 'string';

const checks: Readonly<Record<string, (value: unknown) => boolean>> = {
  String: isText,
  ID: (value) => isText(value) || Number.isInteger(value),
  Boolean: (value) => typeof value === 'boolean',
  Int: (value) => Number.isInteger(value),
  Float: (value) => typeof value === 'number',
};

function checkOf(type: GraphQLLeafType): (value: unknown) => boolean {
  if (isEnumType(type)) {
    const names = new Set<unknown>(type.getValues().map(({ name }) => name));
    return (value) => names.has(value);
  }
  // A scalar of the contract's own may be anything that JSON holds.
  return checks[type.name] ?? (() => true);
}
