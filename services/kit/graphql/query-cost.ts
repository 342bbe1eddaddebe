import {
  type FieldNode,
  getNamedType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLType,
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

type Arguments = Readonly<Record<string, unknown>>;

/** What the estimate assumes of a field that costs more than an ordinary one. */
export interface FieldCost {
  /** What resolving the field costs, without the fields within; it may depend on arguments. Default: 1, which is what most fields cost. */
  readonly weight?: number | ((argument: (name: string) => unknown) => number);
  /** The length of its list. Default: that of its page or of the items that it requests, else ten. */
  readonly length?: number | ((args: Arguments) => number);
  /** The lengths of its pages. Default: those of `parsePage`. */
  readonly page?: { readonly defaultSize: number; readonly maxSize: number };
  /** Of the fields of its type that are marked so, only the most expensive one counts: at most one has a value, or one statement reads all. */
  readonly isAlternative?: boolean;
}

const fieldCosts = new WeakMap<GraphQLField<unknown, unknown>, FieldCost>();

/**
 * States what fields of a schema cost.
 *
 * @param costs by schema coordinates; that of an interface applies to its types. Fields that the schema lacks are ignored.
 */
export function setFieldCosts(schema: GraphQLSchema, costs: Readonly<Record<string, FieldCost>>): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields()))
      for (const { name } of [...type.getInterfaces(), type]) {
        const coordinate = `${name}.${field.name}`;
        if (Object.hasOwn(costs, coordinate) && costs[coordinate]) fieldCosts.set(field, costs[coordinate]);
      }
  }
}

/** An operation with the values of its variables. */
interface OperationToEstimate extends OperationContext {
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Estimates the maximum cost of an operation, before it is executed. Each field in the response costs one, or its weight. A page
 * counts with its requested length, a list with the number of requested items, any other list as ten. For a field of an abstract
 * type, the most expensive of its types counts.
 *
 *     { denmark { administrations(first: 50) { nodes { name } } } }   → 1 + (1 + (1 + 50 × 1))
 */
export const estimateCost = (context: OperationToEstimate): number => estimateWithVariables(context).cost;

/** The same, with the names of the variables on whose values the estimate depends, whatever these are. */
export function estimateWithVariables(context: OperationToEstimate): {
  readonly cost: number;
  readonly variables: ReadonlySet<string>;
} {
  const root = context.schema.getRootType(context.operation.operation);
  const estimator = new CostEstimator(context);
  const cost = root ? estimator.costOf(root, context.operation.selectionSet, null) : 0;
  return { cost, variables: estimator.variables };
}

class CostEstimator {
  /** Of which the values were read. */
  readonly variables = new Set<string>();
  readonly #context: OperationToEstimate;
  /** By selection set, type and page length, so that a fragment that is used many times is estimated once. */
  readonly #estimated = new Map<SelectionSetNode, Map<string, number>>();

  constructor(context: OperationToEstimate) {
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
    const alternatives = new Map<string, number>();
    const sum = set.selections.reduce((total, selection) => {
      if (selection.kind === Kind.FIELD) {
        const cost = this.#costOfField(type, selection, pageLength);
        const { value: name } = selection.name;
        if (!isAlternative(type, name)) return total + cost;
        // Under several aliases, it has a value in each.
        alternatives.set(name, (alternatives.get(name) ?? 0) + cost);
        return total;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (!fragment || !doesFragmentConditionMatch(schema, fragment.typeCondition?.name.value, type)) return total;
      return total + this.#costOfObject(type, fragment.selectionSet, pageLength);
    }, 0);
    const cost = Math.min(Number.MAX_SAFE_INTEGER, sum + Math.max(0, ...alternatives.values()));
    costs.set(key, cost);
    return cost;
  }

  #costOfField(type: GraphQLObjectType, node: FieldNode, pageLength: number | null): number {
    const field = type.getFields()[node.name.value] ?? introspectionFields.get(node.name.value);
    if (!field) return 1;
    const cost = fieldCosts.get(field);
    const { weight: stated = 1 } = cost ?? {};
    const weight = typeof stated === 'number' ? stated : stated((name) => this.#getArgument(node, name));
    if (!node.selectionSet) return weight;
    const length = isList(field.type) ? this.#getLength(type, field, node, pageLength) : 1;
    const each = this.costOf(
      getNamedType(field.type),
      node.selectionSet,
      isConnection(field) ? this.#getPageLength(node, cost?.page) : null,
    );
    return Math.min(Number.MAX_SAFE_INTEGER, weight + length * each);
  }

  #getLength(
    type: GraphQLObjectType,
    field: GraphQLField<unknown, unknown>,
    node: FieldNode,
    pageLength: number | null,
  ): number {
    const { length } = fieldCosts.get(field) ?? {};
    if (typeof length === 'number') return length;
    if (length) return length(this.#getArguments(node, field));
    return pageLength ?? this.#countItems(node, field) ?? this.#assumeLength(type, field);
  }

  /** The requested length of a page. One that is out of bounds is rejected by `parsePage`. */
  #getPageLength(
    node: FieldNode,
    { defaultSize, maxSize }: NonNullable<FieldCost['page']> = { defaultSize: defaultPageSize, maxSize: maxPageSize },
  ): number {
    const [first, last] = ['first', 'last'].map((name) => this.#getArgument(node, name));
    const length = typeof first === 'number' ? first : typeof last === 'number' ? last : defaultSize;
    return Math.max(0, Math.min(length, maxSize));
  }

  /** The number of items that are requested by name: `ids`, `identifiers`, `countries`. */
  #countItems(node: FieldNode, { args }: GraphQLField<unknown, unknown>): number | null {
    const lists = args.filter(({ type }) => isList(type)).map(({ name }) => this.#getArgument(node, name));
    const requested = lists.filter(Array.isArray);
    return requested.length === 0 ? null : requested.reduce((sum, list) => sum + list.length, 0);
  }

  /** Lists of introspection are short, except for that of all types. */
  #assumeLength(type: GraphQLObjectType, { name }: GraphQLField<unknown, unknown>): number {
    if (!type.name.startsWith('__')) return defaultListLength;
    return name === 'types' ? Object.keys(this.#context.schema.getTypeMap()).length : 4;
  }

  #getArguments(node: FieldNode, { args }: GraphQLField<unknown, unknown>): Arguments {
    return Object.fromEntries(args.map(({ name }) => [name, this.#getArgument(node, name)]));
  }

  #getArgument(node: FieldNode, name: string): unknown {
    const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
    return value && this.#toValue(value);
  }

  #toValue(value: ValueNode): unknown {
    switch (value.kind) {
      case Kind.VARIABLE:
        this.variables.add(value.name.value);
        return this.#context.variables[value.name.value];
      case Kind.INT:
        return Number(value.value);
      case Kind.STRING:
      case Kind.ENUM:
        return value.value;
      case Kind.LIST:
        return value.values;
      case Kind.OBJECT:
        return Object.fromEntries(value.fields.map(({ name, value: inner }) => [name.value, this.#toValue(inner)]));
      default:
        return undefined;
    }
  }
}

/** The fields that every schema has on Query. */
const introspectionFields: ReadonlyMap<string, GraphQLField<unknown, unknown>> = new Map(
  [SchemaMetaFieldDef, TypeMetaFieldDef].map((field) => [field.name, field]),
);

const isAlternative = (type: GraphQLObjectType, name: string): boolean => {
  const field = type.getFields()[name];
  return field !== undefined && fieldCosts.get(field)?.isAlternative === true;
};

const isList = (type: GraphQLType): boolean => isListType(getNullableType(type));

const isConnection = ({ args }: GraphQLField<unknown, unknown>): boolean => args.some(({ name }) => name === 'first');
