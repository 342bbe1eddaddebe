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
export interface InvalidValue {
  readonly message: string;
  /** From the innermost step out. */
  readonly reversedPath: (string | number)[];
}

/**
 * Makes of what subgraphs sent what the client gets. `undefined` says that there is null where the schema has none: whatever
 * holds it is to be null.
 */
export type CompleteValue = (value: unknown, problems: InvalidValue[]) => unknown;

/** How the values of a type are completed, with `object` for what is neither scalar nor enum. */
export function completeValueAs(type: GraphQLOutputType, object: CompleteValue): CompleteValue {
  if (isNonNullType(type)) return completeNonNull(completeValueAs(type.ofType, object));
  if (isListType(type)) return completeList(completeValueAs(type.ofType, object));
  const named = getNullableType(type);
  return isLeafType(named) ? completeLeaf(named) : object;
}

const completeNonNull =
  (inner: CompleteValue): CompleteValue =>
  (value, problems) => {
    const before = problems.length;
    const completed = inner(value, problems);
    if (completed !== null && completed !== undefined) return completed;
    if (problems.length === before) problems.push({ message: 'nothing where something has to be', reversedPath: [] });
    return undefined;
  };

const completeList =
  (inner: CompleteValue): CompleteValue =>
  (value, problems) => {
    if (value === null || value === undefined) return null;
    if (!Array.isArray(value)) return reportInvalid('no list', problems);
    const items: unknown[] = [];
    let isWhole = true;
    for (let index = 0; index < value.length; index += 1) {
      const before = problems.length;
      const item = inner(value[index], problems);
      if (problems.length > before) addPathStep(problems, before, index);
      if (item === undefined) isWhole = false;
      items.push(item);
    }
    return isWhole ? items : null;
  };

function completeLeaf(type: GraphQLLeafType): CompleteValue {
  const isValid = createLeafCheck(type);
  return (value, problems) => {
    if (value === null || value === undefined) return null;
    return isValid(value) ? value : reportInvalid(`no ${type.name}`, problems);
  };
}

/** Says that a value cannot be given to the client. */
export function reportInvalid(message: string, problems: InvalidValue[]): null {
  problems.push({ message, reversedPath: [] });
  return null;
}

/** Puts a step before the paths of the problems that came up since `before`. */
export function addPathStep(problems: readonly InvalidValue[], before: number, step: string | number): void {
  for (let index = before; index < problems.length; index += 1) problems[index]?.reversedPath.push(step);
}

/** Where a problem is, from the root. */
export const toPath = ({ reversedPath }: InvalidValue): Path => [...reversedPath].reverse();

const isText = (value: unknown): boolean => typeof value === 'string';

const scalarChecks: Readonly<Record<string, (value: unknown) => boolean>> = {
  String: isText,
  ID: (value) => isText(value) || Number.isInteger(value),
  Boolean: (value) => typeof value === 'boolean',
  Int: (value) => Number.isInteger(value),
  Float: (value) => typeof value === 'number',
};

function createLeafCheck(type: GraphQLLeafType): (value: unknown) => boolean {
  if (isEnumType(type)) {
    const names = new Set<unknown>(type.getValues().map(({ name }) => name));
    return (value) => names.has(value);
  }
  // A scalar of the contract's own may be anything that JSON holds.
  return scalarChecks[type.name] ?? (() => true);
}
