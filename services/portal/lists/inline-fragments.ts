import { type FragmentDefinitionNode, Kind, type SelectionNode } from 'graphql';

import { HttpError } from '../../kit/http-error.js';

/** As many fields as the gateway accepts in an operation. */
const maxFields = 1_000;
const maxDepth = 30;

/**
 * Replaces fragments by inline fragments, so that a field can be changed in one of the places where a fragment is spread.
 *
 * @throws HttpError QUERY_TOO_LARGE if there are too many fields then, or if a fragment contains itself.
 */
export function inlineFragments(
  selections: readonly SelectionNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): SelectionNode[] {
  let fields = 0;
  const inline = (list: readonly SelectionNode[], depth: number): SelectionNode[] => {
    if (depth > maxDepth) throw tooLarge('depth', depth, maxDepth);
    return list.map((selection): SelectionNode => {
      fields += 1;
      if (fields > maxFields) throw tooLarge('fields', fields, maxFields);
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        if (!fragment)
          throw new HttpError(`The operation has no fragment ${selection.name.value}.`, {
            status: 400,
            code: 'GRAPHQL_VALIDATION_FAILED',
          });
        return {
          kind: Kind.INLINE_FRAGMENT,
          typeCondition: fragment.typeCondition,
          directives: selection.directives ?? [],
          selectionSet: { kind: Kind.SELECTION_SET, selections: inline(fragment.selectionSet.selections, depth + 1) },
        };
      }
      if (!selection.selectionSet) return selection;
      const inner = inline(selection.selectionSet.selections, depth + 1);
      return { ...selection, selectionSet: { kind: Kind.SELECTION_SET, selections: inner } };
    });
  };
  return inline(selections, 1);
}

const tooLarge = (limit: string, found: number, allowed: number): HttpError =>
  new HttpError(`The operation has too many ${limit === 'depth' ? 'levels' : 'fields'}; the maximum is ${allowed}.`, {
    status: 400,
    code: limit === 'depth' ? 'QUERY_TOO_DEEP' : 'QUERY_TOO_LARGE',
    exceeded: { limit, found, allowed },
  });
