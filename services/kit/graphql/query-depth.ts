import {
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
  type ASTVisitor,
} from 'graphql';

/** How many fields may stand within one another. Sensible questions need ten; lists within lists multiply. */
export const maxDepth = 14;
/** The same of the schema's description of itself, which tools ask deeply: a type may be wrapped many times. */
export const maxIntrospectionDepth = 24;

/** Refuses operations whose fields stand too deep within one another: QUERY_TOO_DEEP. */
export function depthLimitRule(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition: (operation) => {
      const depth = depthOf(operation.selectionSet, (name) => context.getFragment(name) ?? undefined, new Map());
      const tooDeep = (found: number, allowed: number, advice: string): void => {
        const message = `The operation is ${found} fields deep; it can be ${allowed}. ${advice}`;
        const names = { code: 'QUERY_TOO_DEEP', inputCode: 'QUERY_TOO_DEEP' };
        const extensions = { ...names, limit: 'depth', found, allowed };
        context.reportError(new GraphQLError(message, { nodes: operation, extensions }));
      };
      if (depth.data > maxDepth)
        tooDeep(depth.data, maxDepth, 'Ask for what is deeper by its id, in a second operation.');
      if (depth.schema > maxIntrospectionDepth)
        tooDeep(depth.schema, maxIntrospectionDepth, 'No type of this schema is wrapped so often.');
    },
  };
}

type FindFragment = (name: string) => FragmentDefinitionNode | undefined;

/** How deep the deepest field stands: of data, and of the schema's description of itself. */
interface Depth {
  readonly data: number;
  readonly schema: number;
}

const none: Depth = { data: 0, schema: 0 };
const deeper = (one: Depth, other: Depth): Depth => ({
  data: Math.max(one.data, other.data),
  schema: Math.max(one.schema, other.schema),
});

/** @param known what was found of fragments, because each may hold the next one many times. */
function depthOf(set: SelectionSetNode, findFragment: FindFragment, known: Map<string, Depth>): Depth {
  return set.selections
    .map((selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return depthOfFragment(selection.name.value, findFragment, known);
      const within = selection.selectionSet ? depthOf(selection.selectionSet, findFragment, known) : none;
      if (selection.kind === Kind.INLINE_FRAGMENT) return within;
      const isMeta = selection.name.value.startsWith('__');
      // What stands within `__schema` or `__type` is not data, whatever it looks like.
      return isMeta ? { data: 0, schema: 1 + within.data } : { data: 1 + within.data, schema: within.schema };
    })
    .reduce(deeper, none);
}

/** A fragment within itself is another rule's to refuse. */
function depthOfFragment(name: string, findFragment: FindFragment, known: Map<string, Depth>): Depth {
  const before = known.get(name);
  if (before !== undefined) return before;
  known.set(name, none);
  const fragment = findFragment(name);
  const depth = fragment ? depthOf(fragment.selectionSet, findFragment, known) : none;
  known.set(name, depth);
  return depth;
}
