import {
  type FieldNode,
  getNamedType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNullableType,
  isAbstractType,
  isListType,
  isObjectType,
  Kind,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  type ValueNode,
} from 'graphql';

import { defaultPageSize, maxPageSize } from './pagination.js';
import { doesFragmentConditionMatch, type OperationContext } from './selection.js';

/** The assumed length of a list whose length nothing in the operation determines. */
const defaultListLength = 10;

/**
 * Estimates the maximum number of fields in the response to an operation, before it is executed. A page counts with its requested
 * length, a list with the number of requested items, any other list as ten. For a field of an abstract type, the most expensive
 * of its types counts.
 *
 *     { denmark { administrations(first: 50) { nodes { name } } } }   → 1 + (1 + (1 + 50 × 1))
 */
export function estimateCost(context: OperationContext): number {
  const root = context.schema.getRootType(context.operation.operation);
  return root ? new CostEstimator(context).costOf(root, context.operation.selectionSet, null) : 0;
}

class CostEstimator {
  readonly #context: OperationContext;
  /** By selection set, type and page length, so that a fragment that is used many times is estimated once. */
  readonly #estimated = new Map<SelectionSetNode, Map<string, number>>();

  constructor(context: OperationContext) {
    this.#context = context;
  }

  /** @param pageLength of the connection to which the set belongs; null: it does not belong to a connection. */
  costOf(type: GraphQLNamedType, set: SelectionSetNode, pageLength: number | null): number {
    const { schema } = this.#context;
    const concrete = isAbstractType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? [type] : [];
    return Math.max(0, ...concrete.map((one) => this.#costOfObject(one, set, pageLength)));
  }

  #costOfObject(type: GraphQLObjectType, set: SelectionSetNode, pageLength: number | null): number {
    const key = `${type.name} ${String(pageLength)}`;
    const costs = this.#estimated.get(set) ?? new Map<string, number>();
    const estimated = costs.get(key);
    if (estimated !== undefined) return estimated;
    // A set that is reached again from within contains a fragment in itself, which validation rejects.
    this.#estimated.set(set, costs.set(key, 0));
    const { schema, fragments } = this.#context;
    const cost = set.selections.reduce((sum, selection) => {
      if (selection.kind === Kind.FIELD) return sum + this.#costOfField(type, selection, pageLength);
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (!fragment || !doesFragmentConditionMatch(schema, fragment.typeCondition?.name.value, type)) return sum;
      return sum + this.#costOfObject(type, fragment.selectionSet, pageLength);
    }, 0);
    costs.set(key, cost);
    return cost;
  }

  #costOfField(type: GraphQLObjectType, node: FieldNode, pageLength: number | null): number {
    const field = type.getFields()[node.name.value] ?? introspectionFields.get(node.name.value);
    if (!field || !node.selectionSet) return 1;
    const length = isList(field.type) ? (pageLength ?? this.#countItems(node) ?? this.#assumeLength(type, field)) : 1;
    const each = this.costOf(
      getNamedType(field.type),
      node.selectionSet,
      isConnection(field) ? this.#getPageLength(node) : null,
    );
    return Math.min(Number.MAX_SAFE_INTEGER, 1 + length * each);
  }

  /** The requested length of a page. One that is out of bounds is rejected by `parsePage`. */
  #getPageLength(node: FieldNode): number {
    const [first, last] = ['first', 'last'].map((name) => this.#getArgument(node, name));
    const length = typeof first === 'number' ? first : typeof last === 'number' ? last : defaultPageSize;
    return Math.max(0, Math.min(length, maxPageSize));
  }

  /** The number of items that are requested by name: `ids`, `identifiers`, `countries`. */
  #countItems(node: FieldNode): number | null {
    const lists = (node.arguments ?? []).map(({ name }) => this.#getArgument(node, name.value)).filter(Array.isArray);
    return lists.length === 0 ? null : lists.reduce((sum, list) => sum + list.length, 0);
  }

  /** Lists of introspection are short, except for that of all types. */
  #assumeLength(type: GraphQLObjectType, { name }: GraphQLField<unknown, unknown>): number {
    if (!type.name.startsWith('__')) return defaultListLength;
    return name === 'types' ? Object.keys(this.#context.schema.getTypeMap()).length : 4;
  }

  #getArgument(node: FieldNode, name: string): unknown {
    const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
    return value && toValue(value, this.#context.variables);
  }
}

/** The fields that every schema has on Query. */
const introspectionFields: ReadonlyMap<string, GraphQLField<unknown, unknown>> = new Map(
  [SchemaMetaFieldDef, TypeMetaFieldDef].map((field) => [field.name, field]),
);

const isList = (type: GraphQLOutputType): boolean => isListType(getNullableType(type));

const isConnection = ({ args }: GraphQLField<unknown, unknown>): boolean => args.some(({ name }) => name === 'first');

function toValue(value: ValueNode, variables: Readonly<Record<string, unknown>>): unknown {
  if (value.kind === Kind.VARIABLE) return variables[value.name.value];
  if (value.kind === Kind.INT) return Number(value.value);
  return value.kind === Kind.LIST ? value.values : undefined;
}
