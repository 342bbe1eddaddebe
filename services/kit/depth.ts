import {
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
  type ASTVisitor,
} from 'graphql';

/** How many fields may stand within one another. Sensible questions need ten; lists within lists multiply. */
export const deepest = 14;

/**
 * Refuses operations whose fields stand too deep within one another: QUERY_TOO_DEEP. The schema's own description of itself
 * is not counted, because tools ask it deeply, and it has an end.
 */
export function limitDepth(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition: (operation) => {
      const depth = depthOf(operation.selectionSet, (name) => context.getFragment(name) ?? undefined, new Set());
      if (depth > deepest) {
        const message = `The operation is ${depth} fields deep; it can be ${deepest}. Ask for what is deeper by its id, in a second operation.`;
        context.reportError(
          new GraphQLError(message, {
            nodes: operation,
            extensions: { code: 'QUERY_TOO_DEEP', inputCode: 'QUERY_TOO_DEEP' },
          }),
        );
      }
    },
  };
}

type FindFragment = (name: string) => FragmentDefinitionNode | undefined;

/** The depth of the deepest field. A fragment within itself is another rule's to refuse. */
function depthOf(set: SelectionSetNode, findFragment: FindFragment, within: ReadonlySet<string>): number {
  return Math.max(
    0,
    ...set.selections.map((selection) => {
      if (selection.kind === Kind.FIELD) {
        const isMeta = selection.name.value.startsWith('__');
        return isMeta ? 0 : 1 + (selection.selectionSet ? depthOf(selection.selectionSet, findFragment, within) : 0);
      }
      if (selection.kind === Kind.INLINE_FRAGMENT) return depthOf(selection.selectionSet, findFragment, within);
      const { value } = selection.name;
      const fragment = within.has(value) ? undefined : findFragment(value);
      return fragment ? depthOf(fragment.selectionSet, findFragment, new Set([...within, value])) : 0;
    }),
  );
}
