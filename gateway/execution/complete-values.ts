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

/** A value in a subgraph's response that the schema does not allow. Its path is assembled on the way up. */
export interface InvalidValue {
  readonly message: string;
  /** From the innermost step to the root. */
  readonly reversedPath: (string | number)[];
}

/**
 * Completes a value from a subgraph as the client gets it. `undefined` means null where the schema does not allow it: the
 * parent has to become null.
 */
export type CompleteValue = (value: unknown, invalid: InvalidValue[]) => unknown;

/** Returns how the values of a type are completed, with `object` for composite types. */
export function completeValueAs(type: GraphQLOutputType, object: CompleteValue): CompleteValue {
  if (isNonNullType(type)) return completeNonNull(completeValueAs(type.ofType, object));
  if (isListType(type)) return completeList(completeValueAs(type.ofType, object));
  const named = getNullableType(type);
  return isLeafType(named) ? completeLeaf(named) : object;
}

const completeNonNull =
  (inner: CompleteValue): CompleteValue =>
  (value, invalid) => {
    const before = invalid.length;
    const completed = inner(value, invalid);
    if (completed !== null && completed !== undefined) return completed;
    if (invalid.length === before) reportInvalid('null for a non-null type', invalid);
    return undefined;
  };

const completeList =
  (inner: CompleteValue): CompleteValue =>
  (value, invalid) => {
    if (value === null || value === undefined) return null;
    if (!Array.isArray(value)) return reportInvalid('not a list', invalid);
    const items: unknown[] = [];
    let isWhole = true;
    for (let index = 0; index < value.length; index += 1) {
      const before = invalid.length;
      const item = inner(value[index], invalid);
      if (invalid.length > before) addPathStep(invalid, before, index);
      if (item === undefined) isWhole = false;
      items.push(item);
    }
    return isWhole ? items : null;
  };

function completeLeaf(type: GraphQLLeafType): CompleteValue {
  const isValid = createLeafCheck(type);
  return (value, invalid) => {
    if (value === null || value === undefined) return null;
    return isValid(value) ? value : reportInvalid(`not a ${type.name}`, invalid);
  };
}

/**
 * The validation of a subgraph's response has reported what is invalid: these are its consequences, or conflicts between
 * subgraphs. Each costs time and memory, and a response can have hundreds of thousands.
 */
const maxInvalid = 1_000;

/** Records that a value cannot be returned to the client. */
export function reportInvalid(message: string, invalid: InvalidValue[]): null {
  if (invalid.length < maxInvalid) invalid.push({ message, reversedPath: [] });
  return null;
}

/** Adds a step to the paths of the invalid values that were found since `before`. */
export function addPathStep(invalid: readonly InvalidValue[], before: number, step: string | number): void {
  for (let index = before; index < invalid.length; index += 1) invalid[index]?.reversedPath.push(step);
}

/** The path of an invalid value, from the root. */
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
  // A custom scalar of the contract may be any JSON value.
  return scalarChecks[type.name] ?? (() => true);
}
