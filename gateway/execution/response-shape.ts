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

import { addStep, type Complete, completeAs, type Problem, refuse } from './complete-values.js';
import { safeName, setField } from './safe-name.js';
import { type Data, isData } from './result-tree.js';

/** What of an operation decides how its answer looks, for one set of values of the variables in `@skip` and `@include`. */
export interface AskedShape {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** How answers to an operation are made. */
export interface Shape {
  /**
   * Makes an answer's data of what subgraphs sent: the fields asked for, in the order in which they were asked for, and none
   * that were fetched for the gateway alone. Null: nothing of it could be kept.
   */
  readonly complete: (data: Data, problems: Problem[]) => Data | null;
  /** What is asked of the schema itself: `__schema`, `__type`. To be put into the data before. */
  readonly introspection: readonly FieldNode[];
}

/** A field of an answer, its kind already found out. */
interface Field {
  /** What the answer calls it. */
  readonly name: string;
  readonly complete: (data: Data, problems: Problem[]) => unknown;
}

export function compileShape(asked: AskedShape): Shape {
  const root = asked.schema.getRootType(asked.operation.operation);
  if (!root) throw new Error(`There is no ${asked.operation.operation} here.`);
  const nodes = nodesOf(asked, root, [asked.operation.selectionSet]);
  const fields = fieldsOf(asked, root, nodes);
  return {
    complete: (data, problems) => completeFields(fields, data, problems),
    introspection: [...nodes.values()]
      .flat()
      .filter(({ name }) => name.value === '__schema' || name.value === '__type'),
  };
}

function completeFields(fields: readonly Field[], data: Data, problems: Problem[]): Data | null {
  const completed: Data = {};
  let isWhole = true;
  for (const { name, complete } of fields) {
    const before = problems.length;
    const value = complete(data, problems);
    if (problems.length > before) addStep(problems, before, name);
    if (value === undefined) isWhole = false;
    setField(completed, name, value);
  }
  return isWhole ? completed : null;
}

/** The fields asked of an object of this type, by what the answer calls them: what is asked for twice is put together. */
function nodesOf(asked: AskedShape, type: GraphQLObjectType, sets: readonly SelectionSetNode[]): FieldNodes {
  const nodes: FieldNodes = new Map();
  for (const set of sets) collect(asked, type, set, nodes);
  return nodes;
}

type FieldNodes = Map<string, [FieldNode, ...FieldNode[]]>;

const fieldsOf = (asked: AskedShape, type: GraphQLObjectType, nodes: FieldNodes): Field[] =>
  [...nodes].map(([name, ofName]) => ({ name, complete: completeField(asked, type, name, ofName) }));

function collect(asked: AskedShape, type: GraphQLObjectType, set: SelectionSetNode, nodes: FieldNodes): void {
  for (const selection of set.selections) {
    if (!isWanted(selection, asked.variables)) continue;
    if (selection.kind === Kind.FIELD) {
      const { value } = selection.alias ?? selection.name;
      const before = nodes.get(value);
      if (before) before.push(selection);
      else nodes.set(value, [selection]);
    } else {
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : asked.fragments.get(selection.name.value);
      if (fragment && applies(asked.schema, fragment.typeCondition?.name.value, type))
        collect(asked, type, fragment.selectionSet, nodes);
    }
  }
}

function isWanted({ directives = [] }: SelectionNode, variables: Readonly<Record<string, unknown>>): boolean {
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

function applies(schema: GraphQLSchema, condition: string | undefined, type: GraphQLObjectType): boolean {
  if (condition === undefined || condition === type.name) return true;
  const named = schema.getType(condition);
  return isAbstractType(named) && schema.isSubType(named, type);
}

function completeField(
  asked: AskedShape,
  type: GraphQLObjectType,
  name: string,
  nodes: readonly [FieldNode, ...FieldNode[]],
): Field['complete'] {
  const [node] = nodes;
  if (node.name.value === '__typename') return () => type.name;
  const field = type.getFields()[node.name.value];
  // `__schema` and `__type`: see `introspection`.
  if (!field) return (data) => data[name];
  const named = getNamedType(field.type);
  const sets = nodes.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []));
  const object: Complete = isCompositeType(named) ? completeObject(asked, named, sets) : (value) => value;
  const complete = completeAs(field.type, object);
  const fetched = safeName(name);
  return (data, problems) => {
    const value = data[fetched];
    // A client may call a field `toString`, which every object inherits.
    return complete(typeof value === 'function' ? null : value, problems);
  };
}

/** What an object is, it says itself in `__typename`; each type's fields are prepared when the first one comes. */
function completeObject(asked: AskedShape, type: GraphQLCompositeType, sets: readonly SelectionSetNode[]): Complete {
  const known = new Map<unknown, readonly Field[] | null>();
  const fieldsFor = (typename: unknown): readonly Field[] | null => {
    let fields = known.get(typename);
    if (fields === undefined) {
      const concrete = concreteType(asked.schema, type, typename);
      fields = concrete && fieldsOf(asked, concrete, nodesOf(asked, concrete, sets));
      // A name that the schema has not is a subgraph's invention, and there are endlessly many.
      if (fields) known.set(typename, fields);
    }
    return fields;
  };
  return (value, problems) => {
    if (value === null || value === undefined) return null;
    if (!isData(value)) return refuse(`no ${type.name}`, problems);
    const fields = fieldsFor(value['__typename']);
    return fields ? completeFields(fields, value, problems) : refuse(`no ${type.name}`, problems);
  };
}

function concreteType(schema: GraphQLSchema, type: GraphQLCompositeType, typename: unknown): GraphQLObjectType | null {
  if (typename === undefined) return isObjectType(type) ? type : null;
  const named = typeof typename === 'string' ? schema.getType(typename) : undefined;
  if (!isObjectType(named)) return null;
  return named === type || (isAbstractType(type) && schema.isSubType(type, named)) ? named : null;
}
