import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** An operation with what its selection sets refer to. */
export interface OperationContext {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** Whether a fragment applies to every object of a type, by its type condition: none, the type itself, or an abstract type that has it. */
export function doesFragmentConditionMatch(
  schema: GraphQLSchema,
  condition: string | undefined,
  type: GraphQLCompositeType,
): boolean {
  if (condition === undefined || condition === type.name) return true;
  const named = schema.getType(condition);
  return isAbstractType(named) && !isUnionType(type) && schema.isSubType(named, type);
}

/** The fields that a selection makes of one type, by their response names. */
export type FieldNodes = Map<string, [FieldNode, ...FieldNode[]]>;

/**
 * Collects the selected fields of a type by their response names. Fields that are selected twice are merged. Of an interface: those
 * that all its objects have. `@skip` and `@include` are not applied.
 */
export function collectFields(
  context: OperationContext,
  type: GraphQLObjectType | GraphQLInterfaceType,
  sets: readonly SelectionSetNode[],
): FieldNodes {
  const nodes: FieldNodes = new Map();
  for (const set of sets) collectFieldsOf(context, type, set, nodes);
  return nodes;
}

function collectFieldsOf(
  context: OperationContext,
  type: GraphQLObjectType | GraphQLInterfaceType,
  set: SelectionSetNode,
  nodes: FieldNodes,
): void {
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      const { value } = selection.alias ?? selection.name;
      const before = nodes.get(value);
      if (before) before.push(selection);
      else nodes.set(value, [selection]);
    } else {
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : context.fragments.get(selection.name.value);
      if (fragment && doesFragmentConditionMatch(context.schema, fragment.typeCondition?.name.value, type))
        collectFieldsOf(context, type, fragment.selectionSet, nodes);
    }
  }
}
