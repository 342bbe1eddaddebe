import { Kind, parse, type SelectionNode } from 'graphql';

/**
 * Returns the response names of a query's root fields. For queries from the gateway to subgraphs, which contain inline fragments
 * only, and neither `@skip` nor `@include`.
 */
export function findRootFields(query: string): readonly string[] {
  const namesIn = (selections: readonly SelectionNode[]): string[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [(selection.alias ?? selection.name).value];
      return selection.kind === Kind.INLINE_FRAGMENT ? namesIn(selection.selectionSet.selections) : [];
    });
  const names = parse(query, { noLocation: true }).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? namesIn(definition.selectionSet.selections) : [],
  );
  return [...new Set(names)];
}
