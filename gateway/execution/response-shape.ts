import {
  type FieldNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  type SelectionSetNode,
} from 'graphql';

import { bytesPerCompiled, type OperationMemory } from '../../services/kit/graphql/operation-memory.js';
import { collectFields, type FieldNodes, type OperationContext } from '../../services/kit/graphql/selection.js';
import { RawJson } from '../raw/raw-json.js';
import { addStep, type InvalidValue } from '../validation/findings.js';
import { type CompleteValue, completeValueAs, reportInvalid } from './complete-values.js';
import { setField } from '../../services/kit/execution/set-field.js';
import type { ResponseNames } from './response-names.js';
import { type Data, isData } from './result-tree.js';

/** The compiled shape of an operation's responses. */
export interface ResponseShape {
  /**
   * Completes a response's data from the merged data of subgraphs: the selected fields in the order of the selection, and
   * none that were fetched for the gateway only. Null: a non-null root field has no valid value.
   */
  readonly complete: (data: Data, invalid: InvalidValue[]) => Data | null;
  /** The fields `__schema` and `__type`. Their values have to be in the data before. */
  readonly introspection: readonly FieldNode[];
}

/** A field of a response, with its type resolved. */
interface ResponseField {
  /** Its name in the response. */
  readonly name: string;
  readonly complete: (data: Data, invalid: InvalidValue[]) => unknown;
}

export interface ShapeOptions {
  readonly names: Pick<ResponseNames, 'toFetched'>;
  /** The interfaces of whose objects a subgraph may not return the type. */
  readonly interfaceObjects: ReadonlySet<string>;
  /** That of the operation. */
  readonly memory: OperationMemory;
}

type ShapeContext = OperationContext & ShapeOptions;

/** Compiles the shape of an operation's responses. */
export function compileResponseShape(operation: OperationContext, options: ShapeOptions): ResponseShape {
  const context: ShapeContext = { ...operation, ...options };
  const root = context.schema.getRootType(context.operation.operation);
  if (!root) throw new Error(`The schema has no ${context.operation.operation} type.`);
  const nodes = collectFields(context, root, [context.operation.selectionSet]);
  const fields = toResponseFields(context, root, nodes);
  return {
    complete: (data, invalid) => completeFields(fields, data, invalid),
    introspection: [...nodes.values()]
      .flat()
      .filter(({ name }) => name.value === '__schema' || name.value === '__type'),
  };
}

function completeFields(fields: readonly ResponseField[], data: Data, invalid: InvalidValue[]): Data | null {
  const completed: Data = {};
  let isWhole = true;
  for (const { name, complete } of fields) {
    const before = invalid.length;
    const value = complete(data, invalid);
    if (invalid.length > before) addStep(invalid, before, name);
    if (value === undefined) isWhole = false;
    setField(completed, name, value);
  }
  return isWhole ? completed : null;
}

function toResponseFields(context: ShapeContext, type: RuntimeType, nodes: FieldNodes): ResponseField[] {
  context.memory.bytes += nodes.size * bytesPerCompiled.field;
  return [...nodes].map(([name, ofName]) => ({ name, complete: completeField(context, type, name, ofName) }));
}

function completeField(
  context: ShapeContext,
  type: RuntimeType,
  name: string,
  nodes: readonly [FieldNode, ...FieldNode[]],
): ResponseField['complete'] {
  const [node] = nodes;
  if (node.name.value === '__typename')
    return isObjectType(type) ? () => type.name : (_data, invalid) => reportUnknownType(type, invalid);
  const field = type.getFields()[node.name.value];
  // `__schema` and `__type`: see `introspection`.
  if (!field) return (data) => data[name];
  const named = getNamedType(field.type);
  const sets = nodes.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []));
  const object: CompleteValue = isCompositeType(named) ? completeObject(context, named, sets) : (value) => value;
  const complete = completeValueAs(field.type, object);
  const fetched = context.names.toFetched(node);
  return (data, invalid) => {
    const value = data[fetched];
    // Its scan has completed it.
    if (value instanceof RawJson) return value;
    // A client may use the alias `toString`, which every object inherits.
    return complete(typeof value === 'function' ? null : value, invalid);
  };
}

/** The type of an object is in its `__typename`; the fields of each type are compiled when its first object comes. */
function completeObject(
  context: ShapeContext,
  type: GraphQLCompositeType,
  sets: readonly SelectionSetNode[],
): CompleteValue {
  const known = new Map<unknown, readonly ResponseField[] | null>();
  const fieldsFor = (typename: unknown): readonly ResponseField[] | null => {
    let fields = known.get(typename);
    if (fields === undefined) {
      const concrete = findRuntimeType(context, type, typename);
      fields = concrete && toResponseFields(context, concrete, collectFields(context, concrete, sets));
      // Names that are not in the schema are not cached: a subgraph could return any number of them.
      if (fields) known.set(typename, fields);
    }
    return fields;
  };
  return (value, invalid) => {
    if (value === null || value === undefined) return null;
    if (!isData(value)) return reportInvalid(`not a ${type.name}`, invalid);
    const fields = fieldsFor(value['__typename']);
    return fields ? completeFields(fields, value, invalid) : reportInvalid(`not a ${type.name}`, invalid);
  };
}

/**
 * The type of an object in a response: an interface if the subgraph has it as an `@interfaceObject`, and no other subgraph was
 * requested.
 */
type RuntimeType = GraphQLObjectType | GraphQLInterfaceType;

/** The operation selects `__typename`, and no subgraph returned it. */
function reportUnknownType(type: RuntimeType, invalid: InvalidValue[]): unknown {
  reportInvalid(`an object of type ${type.name}, of which no subgraph returned the type`, invalid);
  return undefined;
}

function findRuntimeType(
  { schema, interfaceObjects }: ShapeContext,
  type: GraphQLCompositeType,
  typename: unknown,
): RuntimeType | null {
  const name = typename ?? (isUnionType(type) ? undefined : type.name);
  const named = typeof name === 'string' ? schema.getType(name) : undefined;
  const isKnown = isObjectType(named) || (isInterfaceType(named) && interfaceObjects.has(named.name));
  if (!isKnown) return null;
  return named === type || (isAbstractType(type) && schema.isSubType(type, named)) ? named : null;
}
