import {
  type DirectiveNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  visit,
} from 'graphql';

type Values = Readonly<Record<string, boolean>>;

/**
 * Removes what `@skip` and `@include` exclude, and these directives.
 *
 * @param values of the variables in these directives
 */
export function excludeSelections<Node extends OperationDefinitionNode | FragmentDefinitionNode>(
  definition: Node,
  values: Values,
): Node {
  const resolve = (selection: SelectionNode): SelectionNode | null | undefined => {
    const { directives = [] } = selection;
    const conditions = directives.filter(isCondition);
    if (conditions.length === 0) return undefined;
    if (!conditions.every((directive) => holds(directive, values))) return null;
    return { ...selection, directives: directives.filter((directive) => !isCondition(directive)) };
  };
  return visit(definition, { Field: resolve, InlineFragment: resolve, FragmentSpread: resolve });
}

const isCondition = ({ name }: DirectiveNode): boolean => name.value === 'skip' || name.value === 'include';

function holds({ name, arguments: [condition] = [] }: DirectiveNode, values: Values): boolean {
  const value = condition?.value;
  const isTrue =
    value?.kind === Kind.VARIABLE ? values[value.name.value] === true : value?.kind === Kind.BOOLEAN && value.value;
  return isTrue === (name.value === 'include');
}
