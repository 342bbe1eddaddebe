import {
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

import {
  addPathStep,
  type CompleteValue,
  completeValueAs,
  type InvalidValue,
  reportInvalid,
} from './complete-values.js';
import { safeName, setField } from './safe-name.js';
import { type Data, isData } from './result-tree.js';

/** What of an operation decides how its answer looks, for one set of values of the variables in `@skip` and `@include`. */
export interface OperationContext {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** How answers to an operation are made. */
export interface ResponseShape {
  /**
   * Makes an answer's data of what subgraphs sent: the fields asked for, in the order in which they were asked for, and none
   * that were fetched for the gateway alone. Null: nothing of it could be kept.
   */
  readonly complete: (data: Data, problems: InvalidValue[]) => Data | null;
  /** What is asked of the schema itself: `__schema`, `__type`. To be put into the data before. */
  readonly introspection: readonly FieldNode[];
}

/** A field of an answer, its kind already found out. */
interface ResponseField {
  /** What the answer calls it. */
  readonly name: string;
  readonly complete: (data: Data, problems: InvalidValue[]) => unknown;
}

export function compileResponseShape(asked: OperationContext): ResponseShape {
  const root = asked.schema.getRootType(asked.operation.operation);
  if (!root) throw new Error(`There is no ${asked.operation.operation} here.`);
  const nodes = collectFields(asked, root, [asked.operation.selectionSet]);
  const fields = toResponseFields(asked, root, nodes);
  return {
    complete: (data, problems) => completeFields(fields, data, problems),
    introspection: [...nodes.values()]
      .flat()
      .filter(({ name }) => name.value === '__schema' || name.value === '__type'),
  };
}

function completeFields(fields: readonly ResponseField[], data: Data, problems: InvalidValue[]): Data | null {
  const completed: Data = {};
  let isWhole = true;
  for (const { name, complete } of fields) {
    const before = problems.length;
    const value = complete(data, problems);
    if (problems.length > before) addPathStep(problems, before, name);
    if (value === undefined) isWhole = false;
    setField(completed, name, value);
  }
  return isWhole ? completed : null;
}

/** The fields asked of an object of this type, by what the answer calls them: what is asked for twice is put together. */
function collectFields(
  asked: OperationContext,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
): FieldNodes {
  const nodes: FieldNodes = new Map();
  for (const set of sets) collectFieldsOf(asked, type, set, nodes);
  return nodes;
}

type FieldNodes = Map<string, [FieldNode, ...FieldNode[]]>;

const toResponseFields = (asked: OperationContext, type: GraphQLObjectType, nodes: FieldNodes): ResponseField[] =>
  [...nodes].map(([name, ofName]) => ({ name, complete: completeField(asked, type, name, ofName) }));

function collectFieldsOf(
  asked: OperationContext,
  type: GraphQLObjectType,
  set: SelectionSetNode,
  nodes: FieldNodes,
): void {
  for (const selection of set.selections) {
    if (!shouldIncludeNode(selection, asked.variables)) continue;
    if (selection.kind === Kind.FIELD) {
      const { value } = selection.alias ?? selection.name;
      const before = nodes.get(value);
      if (before) before.push(selection);
      else nodes.set(value, [selection]);
    } else {
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : asked.fragments.get(selection.name.value);
      if (fragment && doesFragmentConditionMatch(asked.schema, fragment.typeCondition?.name.value, type))
        collectFieldsOf(asked, type, fragment.selectionSet, nodes);
    }
  }
}

function shouldIncludeNode({ directives = [] }: SelectionNode, variables: Readonly<Record<string, unknown>>): boolean {
  return directives.every(({ name, arguments: [condition] = [] }) => {
    if (name.value !== 'skip' && name.value !== 'include') return true;
    const value = condition?.value;
    const holds =
      value?.kind === Kind.VARIABLE
        ? variables[value.name.value] === true
        : value?.kind === Kind.BOOLEAN && value.value;
    return holds === (name.value === 'include');
  });
}

function doesFragmentConditionMatch(
  schema: GraphQLSchema,
  condition: string | undefined,
  type: GraphQLObjectType,
): boolean {
  if (condition === undefined || condition === type.name) return true;
  const named = schema.getType(condition);
  return isAbstractType(named) && schema.isSubType(named, type);
}

function completeField(
  asked: OperationContext,
  type: GraphQLObjectType,
  name: string,
  nodes: readonly [FieldNode, ...FieldNode[]],
): ResponseField['complete'] {
  const [node] = nodes;
  if (node.name.value === '__typename') return () => type.name;
  const field = type.getFields()[node.name.value];
  // `__schema` and `__type`: see `introspection`.
  if (!field) return (data) => data[name];
  const named = getNamedType(field.type);
  const sets = nodes.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []));
  const object: CompleteValue = isCompositeType(named) ? completeObject(asked, named, sets) : (value) => value;
  const complete = completeValueAs(field.type, object);
  const fetched = safeName(name);
  return (data, problems) => {
    const value = data[fetched];
    // A client may call a field `toString`, which every object inherits.
    return complete(typeof value === 'function' ? null : value, problems);
  };
}

/** What an object is, it says itself in `__typename`; each type's fields are prepared when the first one comes. */
function completeObject(
  asked: OperationContext,
  type: GraphQLCompositeType,
  sets: readonly SelectionSetNode[],
): CompleteValue {
  const known = new Map<unknown, readonly ResponseField[] | null>();
  const fieldsFor = (typename: unknown): readonly ResponseField[] | null => {
    let fields = known.get(typename);
    if (fields === undefined) {
      const concrete = findObjectType(asked.schema, type, typename);
      fields = concrete && toResponseFields(asked, concrete, collectFields(asked, concrete, sets));
      // A name that the schema has not is a subgraph's invention, and there are endlessly many.
      if (fields) known.set(typename, fields);
    }
    return fields;
  };
  return (value, problems) => {
    if (value === null || value === undefined) return null;
    if (!isData(value)) return reportInvalid(`no ${type.name}`, problems);
    const fields = fieldsFor(value['__typename']);
    return fields ? completeFields(fields, value, problems) : reportInvalid(`no ${type.name}`, problems);
  };
}

function findObjectType(
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
  typename: unknown,
): GraphQLObjectType | null {
  if (typename === undefined) return isObjectType(type) ? type : null;
  const named = typeof typename === 'string' ? schema.getType(typename) : undefined;
  if (!isObjectType(named)) return null;
  return named === type || (isAbstractType(type) && schema.isSubType(type, named)) ? named : null;
}
