import {
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNullableType,
  isAbstractType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  type ValueNode,
} from 'graphql';

import { defaultPageSize, maxPageSize } from './pagination.js';

/** What an operation is made of, with the values of its variables. */
export interface OperationContext {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** How long a list of data is taken to be that says nothing of its length. */
const defaultListLength = 10;

/**
 * How many fields the answer to an operation may have at most, as far as can be told beforehand: pages count as long as they
 * were asked for, lists by the items that were asked for, other lists as ten. Of a field that may be of several types the
 * dearest counts.
 */
export function estimateCost(asked: OperationContext): number {
  const root = asked.schema.getRootType(asked.operation.operation);
  return root ? costOfSet(asked, root, asked.operation.selectionSet, null, new Map()) : 0;
}

/** What was estimated already, so that fragments used many times are looked at once. */
type Known = Map<SelectionSetNode, Map<string, number>>;

function costOfSet(
  asked: OperationContext,
  type: GraphQLNamedType,
  set: SelectionSetNode,
  pageLength: number | null,
  known: Known,
): number {
  const concrete = isAbstractType(type) ? asked.schema.getPossibleTypes(type) : isObjectType(type) ? [type] : [];
  return Math.max(0, ...concrete.map((one) => costOfConcrete(asked, one, set, pageLength, known)));
}

function costOfConcrete(
  asked: OperationContext,
  type: GraphQLObjectType,
  set: SelectionSetNode,
  pageLength: number | null,
  known: Known,
): number {
  const key = `${type.name} ${String(pageLength)}`;
  const before = known.get(set)?.get(key);
  if (before !== undefined) return before;
  // Whoever comes here again from within is a fragment in itself, which validation refuses.
  const costs = known.get(set) ?? new Map<string, number>();
  known.set(set, costs.set(key, 0));
  const cost = set.selections.reduce((sum, selection) => {
    if (selection.kind === Kind.FIELD) return sum + costOfField(asked, type, selection, pageLength, known);
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : asked.fragments.get(selection.name.value);
    if (!fragment || !appliesTo(asked.schema, fragment.typeCondition?.name.value, type)) return sum;
    return sum + costOfConcrete(asked, type, fragment.selectionSet, pageLength, known);
  }, 0);
  costs.set(key, cost);
  return cost;
}

function costOfField(
  asked: OperationContext,
  type: GraphQLObjectType,
  node: FieldNode,
  pageLength: number | null,
  known: Known,
): number {
  const field = type.getFields()[node.name.value] ?? ofSchema.get(node.name.value);
  if (!field || !node.selectionSet) return 1;
  const ofPage = isPage(field) ? readLength(asked, node) : null;
  const length = isList(field.type) ? (pageLength ?? itemsAsked(asked, node) ?? lengthOf(asked, type, field)) : 1;
  const each = costOfSet(asked, getNamedType(field.type), node.selectionSet, ofPage, known);
  return Math.min(Number.MAX_SAFE_INTEGER, 1 + length * each);
}

/** What every schema says of itself. */
const ofSchema: ReadonlyMap<string, GraphQLField<unknown, unknown>> = new Map(
  [SchemaMetaFieldDef, TypeMetaFieldDef].map((field) => [field.name, field]),
);

/** How long a list is taken to be of which nothing was asked. What a schema says of its types is short, but of all of them. */
function lengthOf(
  { schema }: OperationContext,
  type: GraphQLObjectType,
  { name }: GraphQLField<unknown, unknown>,
): number {
  if (!type.name.startsWith('__')) return defaultListLength;
  return name === 'types' ? Object.keys(schema.getTypeMap()).length : 4;
}

function appliesTo(schema: GraphQLSchema, condition: string | undefined, type: GraphQLObjectType): boolean {
  if (condition === undefined || condition === type.name) return true;
  const named = schema.getType(condition);
  return isAbstractType(named) && schema.isSubType(named, type);
}

const isList = (type: GraphQLOutputType): boolean => isListType(getNullableType(type));

const isPage = ({ args }: GraphQLField<unknown, unknown>): boolean => args.some(({ name }) => name === 'first');

/** How many rows a page was asked to have. One that is out of bounds is refused where it is read. */
function readLength(asked: OperationContext, node: FieldNode): number {
  const [first, last] = ['first', 'last'].map((name) => argument(asked, node, name));
  const length = typeof first === 'number' ? first : typeof last === 'number' ? last : defaultPageSize;
  return Math.max(0, Math.min(length, maxPageSize));
}

/** How many items were asked for by name: `ids`, `identifiers`, `countries`. */
function itemsAsked(asked: OperationContext, node: FieldNode): number | null {
  const lists = (node.arguments ?? []).map(({ name }) => argument(asked, node, name.value)).filter(Array.isArray);
  return lists.length === 0 ? null : lists.reduce((sum, list) => sum + list.length, 0);
}

function argument({ variables }: OperationContext, node: FieldNode, name: string): unknown {
  const value = node.arguments?.find((given) => given.name.value === name)?.value;
  return value && valueOf(value, variables);
}

function valueOf(value: ValueNode, variables: Readonly<Record<string, unknown>>): unknown {
  if (value.kind === Kind.VARIABLE) return variables[value.name.value];
  if (value.kind === Kind.INT) return Number(value.value);
  return value.kind === Kind.LIST ? value.values : undefined;
}
