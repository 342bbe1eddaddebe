import {
  defaultFieldResolver,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isLeafType,
  isListType,
  getNullableType,
  isNonNullType,
  isObjectType,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
} from 'graphql';
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js';

import { bytesPerCompiled } from '../graphql/operation-memory.js';
import { type CompileArguments, createArgumentCompiler } from './compile-arguments.js';
import { JsonRows } from '../graphql/json-rows.js';
import { completeAs, completeLeaf, type CompleteObject } from './complete-values.js';
import { type Complete, type Execution, type Holder, Position } from './execution.js';
import { ResolveInfo } from './resolve-info.js';
import { setField } from './set-field.js';
import { compileJsonRows, type WriteJsonRows } from './write-json-rows.js';

/** An operation with the values of the variables in its `@skip` and `@include`. */
export interface CompileContext {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly conditions: Readonly<Record<string, boolean>>;
  /** Called with the bytes of what is compiled. */
  readonly onCompiled: (bytes: number) => void;
}

/** Executes the selected fields of an object. */
export type ExecuteFields = (
  execution: Execution,
  source: unknown,
  at: Position | undefined,
) => Record<string, unknown>;

/** Executes one selected field, and places its value in the object. */
type ExecuteField = (execution: Execution, source: unknown, at: Position | undefined, object: Holder) => void;

/** Compiles the root fields of a query; those of the objects below are compiled when the first object of their type comes. */
export function compileRootFields(context: CompileContext, type: GraphQLObjectType): ExecuteFields {
  const { schema, fragments, conditions, operation } = context;
  const compiler: Compiler = { ...context, compileArguments: createArgumentCompiler() };
  return compileFields(compiler, type, collectFields(schema, fragments, conditions, type, operation.selectionSet));
}

interface Compiler extends CompileContext {
  readonly compileArguments: CompileArguments;
}

function compileFields(
  compiler: Compiler,
  type: GraphQLObjectType,
  selected: ReadonlyMap<string, readonly FieldNode[]>,
): ExecuteFields {
  const fields = [...selected].flatMap(([name, nodes]) => compileField(compiler, type, name, nodes) ?? []);
  compiler.onCompiled(fields.length * bytesPerCompiled.resolver);
  return (execution, source, at) => {
    const object: Record<string, unknown> = {};
    for (const execute of fields) execute(execution, source, at, object);
    return object;
  };
}

function compileField(
  compiler: Compiler,
  parentType: GraphQLObjectType,
  name: string,
  nodes: readonly FieldNode[],
): ExecuteField | undefined {
  const [node] = nodes;
  if (!node) return undefined;
  if (node.name.value === '__typename')
    return (_execution, _source, _at, object) => {
      setField(object, name, parentType.name);
    };
  const field = findField(compiler.schema, parentType, node.name.value);
  if (!field) return undefined;
  const execute = compileResolver(compiler, parentType, { name, nodes, node, field });
  return field.resolve ? execute : readProperty(name, field, execute);
}

function findField(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  const meta = type === schema.getQueryType() ? [SchemaMetaFieldDef, TypeMetaFieldDef] : [];
  return meta.find((field) => field.name === name) ?? type.getFields()[name];
}

interface SelectedField {
  readonly name: string;
  readonly nodes: readonly FieldNode[];
  readonly node: FieldNode;
  readonly field: GraphQLField<unknown, unknown>;
}

function compileResolver(
  compiler: Compiler,
  parentType: GraphQLObjectType,
  { name, nodes, node, field }: SelectedField,
): ExecuteField {
  const { schema, operation, fragments } = compiler;
  const { type: returnType, name: fieldName, resolve = defaultFieldResolver } = field;
  const isNonNull = isNonNullType(returnType);
  const argumentsOf = compiler.compileArguments(field, node);
  const complete = completeAs(returnType, nodes, completeObjects(compiler, nodes));
  const completion = { complete: completeJsonRows(compiler, returnType, nodes, complete), nodes };
  const selected = { fieldName, fieldNodes: nodes, returnType, parentType, schema, fragments, operation };
  return (execution, source, at, object) => {
    const position = new Position(at, name, parentType.name, object, isNonNull);
    const info = new ResolveInfo(selected, position, execution.variables) as unknown as GraphQLResolveInfo;
    let result: unknown;
    try {
      result = resolve(source, argumentsOf(execution), execution.context, info);
    } catch (error) {
      execution.fail(error, nodes, position);
      return;
    }
    execution.place(result, completion, position, info);
  };
}

/** A plain value of a property is placed without any of what only resolvers, objects and errors need. */
function readProperty(
  name: string,
  { type, name: property }: GraphQLField<unknown, unknown>,
  execute: ExecuteField,
): ExecuteField {
  const leaf = getNullableType(type);
  if (!isLeafType(leaf)) return execute;
  const complete = completeLeaf(leaf);
  const isNullable = leaf === type;
  return (execution, source, at, object) => {
    const value: unknown =
      typeof source === 'object' && source !== null ? (source as Record<string, unknown>)[property] : undefined;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      let completed: unknown;
      try {
        completed = complete(execution, value);
      } catch {
        execute(execution, source, at, object);
        return;
      }
      setField(object, name, completed);
    } else if (isNullable && value === null) setField(object, name, null);
    else execute(execution, source, at, object);
  };
}

/** Rows that are stored as JSON are written as they are, if that is possible. */
function completeJsonRows(
  compiler: Compiler,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
  complete: Complete,
): Complete {
  const list = getNullableType(type);
  const itemType = isListType(list) ? getNullableType(list.ofType) : undefined;
  if (!isObjectType(itemType)) return complete;
  const { schema, fragments, conditions } = compiler;
  let write: WriteJsonRows | undefined;
  return (execution, value, at, info) => {
    if (!(value instanceof JsonRows) || !execution.acceptsJsonText) return complete(execution, value, at, info);
    write ??= compileJsonRows(itemType, nodes, (inner, within) =>
      collectSubfields(schema, fragments, conditions, inner, within),
    );
    return write(value as JsonRows) ?? complete(execution, value, at, info);
  };
}

/** Completes the objects that a field returns: the selection of each type is compiled once. */
function completeObjects(compiler: Compiler, nodes: readonly FieldNode[]): CompleteObject {
  const { schema, fragments, conditions } = compiler;
  const byType = new Map<GraphQLObjectType, ExecuteFields>();
  return (type, execution, value, at) => {
    let execute = byType.get(type);
    if (!execute) {
      execute = compileFields(compiler, type, collectSubfields(schema, fragments, conditions, type, nodes));
      byType.set(type, execute);
    }
    return execute(execution, value, at);
  };
}
