import {
  type ASTVisitor,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';

/** How deeply fields may be nested. Sensible operations need ten levels; lists within lists multiply. */
export const maxDepth = 14;
/** The same for introspection, which tools nest deeply: a type may be wrapped many times. */
export const maxIntrospectionDepth = 24;

/** Validation rule: rejects operations whose fields are nested too deeply with QUERY_TOO_DEEP. */
export function depthLimitRule(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition: (operation) => {
      const depth = depthOf(operation.selectionSet, (name) => context.getFragment(name) ?? undefined, new Map());
      const reportTooDeep = (found: number, allowed: number, advice: string): void => {
        const message = `The operation is nested ${found} fields deep; at most ${allowed} are allowed. ${advice}`;
        const names = { code: 'QUERY_TOO_DEEP', inputCode: 'QUERY_TOO_DEEP' };
        const extensions = { ...names, limit: 'depth', found, allowed };
        context.reportError(new GraphQLError(message, { nodes: operation, extensions }));
      };
      if (depth.data > maxDepth)
        reportTooDeep(depth.data, maxDepth, 'Query deeper objects by their id, in a second operation.');
      if (depth.introspection > maxIntrospectionDepth)
        reportTooDeep(depth.introspection, maxIntrospectionDepth, 'No type of this schema is wrapped that often.');
    },
  };
}

type FindFragment = (name: string) => FragmentDefinitionNode | undefined;

/** The depth of the deepest field: of data, and of introspection. */
interface Depth {
  readonly data: number;
  readonly introspection: number;
}

const none: Depth = { data: 0, introspection: 0 };
const max = (one: Depth, other: Depth): Depth => ({
  data: Math.max(one.data, other.data),
  introspection: Math.max(one.introspection, other.introspection),
});

/** @param fragmentDepths the depths found so far, because each fragment may contain the next one many times. */
function depthOf(set: SelectionSetNode, findFragment: FindFragment, fragmentDepths: Map<string, Depth>): Depth {
  return set.selections
    .map((selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD)
        return depthOfFragment(selection.name.value, findFragment, fragmentDepths);
      const inner = selection.selectionSet ? depthOf(selection.selectionSet, findFragment, fragmentDepths) : none;
      if (selection.kind === Kind.INLINE_FRAGMENT) return inner;
      const isMeta = selection.name.value.startsWith('__');
      // What is within `__schema` or `__type` is not data, whatever its names.
      return isMeta
        ? { data: 0, introspection: 1 + inner.data }
        : { data: 1 + inner.data, introspection: inner.introspection };
    })
    .reduce(max, none);
}

/** A fragment within itself is rejected by another rule. */
function depthOfFragment(name: string, findFragment: FindFragment, fragmentDepths: Map<string, Depth>): Depth {
  const before = fragmentDepths.get(name);
  if (before !== undefined) return before;
  fragmentDepths.set(name, none);
  const fragment = findFragment(name);
  const depth = fragment ? depthOf(fragment.selectionSet, findFragment, fragmentDepths) : none;
  fragmentDepths.set(name, depth);
  return depth;
}
