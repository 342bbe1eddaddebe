import {
  type GraphQLEnumType,
  type GraphQLOutputType,
  isEnumType,
  isListType,
  isNonNullType,
  isScalarType,
} from 'graphql';

import { addStep, type InvalidValue } from '../validation/findings.js';

/**
 * Completes a value from a subgraph as the client gets it. `undefined` means null where the schema does not allow it: the
 * parent has to become null.
 */
export type CompleteValue = (value: unknown, invalid: InvalidValue[]) => unknown;

/** Returns how the values of a type are completed, with `object` for composite types. */
export function completeValueAs(type: GraphQLOutputType, object: CompleteValue): CompleteValue {
  if (isNonNullType(type)) return completeNonNull(completeValueAs(type.ofType, object));
  if (isListType(type)) return completeList(completeValueAs(type.ofType, object));
  if (isEnumType(type)) return completeEnum(type);
  return isScalarType(type) ? completeScalar : object;
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
      if (invalid.length > before) addStep(invalid, before, index);
      if (item === undefined) isWhole = false;
      items.push(item);
    }
    return isWhole ? items : null;
  };

/** The validation of the subgraph's response has checked it. */
const completeScalar: CompleteValue = (value) => value ?? null;

/** A subgraph may have values that are hidden from clients. */
function completeEnum(type: GraphQLEnumType): CompleteValue {
  const names = new Set<unknown>(type.getValues().map(({ name }) => name));
  return (value, invalid) =>
    value === null || value === undefined || names.has(value)
      ? (value ?? null)
      : reportInvalid(`not a ${type.name}`, invalid);
}

/**
 * The validation of a subgraph's response has reported what is invalid: these are its consequences, or conflicts between
 * subgraphs. Each costs time and memory, and a response can have hundreds of thousands.
 */
const maxInvalid = 1_000;

/** Records that a value cannot be returned to the client. */
export function reportInvalid(fault: string, invalid: InvalidValue[]): null {
  if (invalid.length < maxInvalid) invalid.push({ fault, reversedPath: [] });
  return null;
}
