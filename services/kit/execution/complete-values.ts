import {
  type FieldNode,
  GraphQLError,
  GraphQLID,
  type GraphQLAbstractType,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  GraphQLString,
  defaultTypeResolver,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { inspect } from 'graphql/jsutils/inspect.js';

import { type Complete, type Execution, isPromise, Position } from './execution.js';

/** Completes an object of a type. */
export type CompleteObject = (
  type: GraphQLObjectType,
  execution: Execution,
  value: unknown,
  at: Position | undefined,
) => unknown;

/** How the values of a field are completed, by its type. */
export function completeAs(
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
  completeObject: CompleteObject,
): Complete {
  if (isNonNullType(type)) return completeNonNull(completeAs(type.ofType, nodes, completeObject));
  const complete = isListType(type)
    ? completeList(type.ofType, nodes, completeObject)
    : isLeafType(type)
      ? completeLeaf(type)
      : isAbstractType(type)
        ? completeAbstract(type, nodes, completeObject)
        : completeConcrete(type, completeObject);
  return (execution, value, at, info) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Error) throw value;
    return complete(execution, value, at, info);
  };
}

const completeNonNull =
  (inner: Complete): Complete =>
  (execution, value, at, info) => {
    const completed = inner(execution, value, at, info);
    if (completed !== null) return completed;
    throw new Error(`Cannot return null for non-nullable field ${info.parentType.name}.${info.fieldName}.`);
  };

function completeList(
  itemType: GraphQLOutputType,
  nodes: readonly FieldNode[],
  completeObject: CompleteObject,
): Complete {
  const item = { complete: completeAs(itemType, nodes, completeObject), nodes };
  const isNonNull = isNonNullType(itemType);
  return (execution, value, at, info) => {
    if (typeof value !== 'object' || value === null || !(Symbol.iterator in value))
      throw new GraphQLError(
        `Expected Iterable, but did not find one for field "${info.parentType.name}.${info.fieldName}".`,
      );
    const values = Array.isArray(value) ? value : Array.from(value as Iterable<unknown>);
    const items: unknown[] = [];
    for (let index = 0; index < values.length; index += 1)
      execution.place(values[index], item, new Position(at, index, undefined, items as never, isNonNull), info);
    return items;
  };
}

/** Texts are what most fields have, and need no conversion. */
const isText = (type: GraphQLLeafType): boolean => type === GraphQLString || type === GraphQLID;

export function completeLeaf(type: GraphQLLeafType): (execution: Execution, value: unknown) => unknown {
  const serialize = (_execution: Execution, value: unknown): unknown => {
    const serialized: unknown = type.serialize(value);
    if (serialized !== null && serialized !== undefined) return serialized;
    throw new Error(
      `Expected \`${inspect(type)}.serialize(${inspect(value)})\` to return non-nullable value, returned: ${inspect(serialized)}`,
    );
  };
  return isText(type)
    ? (execution, value) => (typeof value === 'string' ? value : serialize(execution, value))
    : serialize;
}

const completeConcrete =
  (type: GraphQLObjectType, completeObject: CompleteObject): Complete =>
  (execution, value, at) =>
    completeObject(type, execution, value, at);

function completeAbstract(
  type: GraphQLAbstractType,
  nodes: readonly FieldNode[],
  completeObject: CompleteObject,
): Complete {
  const resolveType = type.resolveType ?? defaultTypeResolver;
  return (execution, value, at, info) => {
    const complete = (typename: unknown): unknown =>
      completeObject(requireObjectType(typename, { type, nodes, info, value }), execution, value, at);
    const typename = resolveType(value, execution.context, info, type);
    if (!isPromise(typename)) return complete(typename);
    execution.waitFor(typename, { complete: (_execution, resolved) => complete(resolved), nodes }, at, info);
    return undefined;
  };
}

interface AbstractValue {
  readonly type: GraphQLAbstractType;
  readonly nodes: readonly FieldNode[];
  readonly info: GraphQLResolveInfo;
  readonly value: unknown;
}

/** @throws GraphQLError as graphql-js does, if a resolver has not returned the name of a possible type. */
function requireObjectType(typename: unknown, { type, nodes, info, value }: AbstractValue): GraphQLObjectType {
  const mustResolve = `Abstract type "${type.name}" must resolve to an Object type at runtime for field "${info.parentType.name}.${info.fieldName}"`;
  if (typename === null || typename === undefined)
    throw new GraphQLError(
      `${mustResolve}. Either the "${type.name}" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function.`,
      { nodes },
    );
  if (typeof typename !== 'string')
    throw new GraphQLError(`${mustResolve} with value ${inspect(value)}, received "${inspect(typename)}".`);
  const named = info.schema.getType(typename);
  if (!named)
    throw new GraphQLError(
      `Abstract type "${type.name}" was resolved to a type "${typename}" that does not exist inside the schema.`,
      { nodes },
    );
  if (!isObjectType(named))
    throw new GraphQLError(`Abstract type "${type.name}" was resolved to a non-object type "${typename}".`, { nodes });
  if (!info.schema.isSubType(type, named))
    throw new GraphQLError(`Runtime Object type "${named.name}" is not a possible type for "${type.name}".`, { nodes });
  return named;
}
