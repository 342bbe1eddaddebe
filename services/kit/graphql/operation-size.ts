import { type DocumentNode, Kind, type SelectionSetNode, visit } from 'graphql';

/** What is counted in the text of an operation. */
export type SizeMetric = 'characters' | 'aliases' | 'rootFields' | 'fragments' | 'directives' | 'fields';

export function measureOperation(document: DocumentNode): Readonly<Record<SizeMetric, number>> {
  const characters = document.loc?.source.body.length ?? 0;
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition.selectionSet] as const] : [],
    ),
  );
  const size = { characters, aliases: 0, rootFields: 0, fragments: 0, directives: 0, fields: 0 };
  visit(document, {
    Field: ({ alias }) => {
      size.fields += 1;
      if (alias) size.aliases += 1;
    },
    FragmentSpread: () => {
      size.fragments += 1;
    },
    InlineFragment: () => {
      size.fragments += 1;
    },
    Directive: () => {
      size.directives += 1;
    },
    OperationDefinition: ({ selectionSet }) => {
      size.rootFields = Math.max(size.rootFields, countFields(selectionSet, fragments));
    },
  });
  return size;
}

/** The fields of a set and of the fragments in it. Each fragment counts once: it selects the same, however often it is spread. */
function countFields(set: SelectionSetNode, fragments: ReadonlyMap<string, SelectionSetNode>): number {
  const sets = new Set([set]);
  let count = 0;
  for (const { selections } of sets)
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) count += 1;
      const spread = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : undefined;
      if (spread) sets.add(spread);
      if (selection.kind === Kind.INLINE_FRAGMENT) sets.add(selection.selectionSet);
    }
  return count;
}

/**
 * Counts values, those in lists and objects each by itself. Not recursive, because a client's lists may be nested more deeply than
 * a stack goes.
 */
export function countValues(variables: unknown): number {
  const remaining = [variables];
  let count = 0;
  for (let value = remaining.pop(); value !== undefined; value = remaining.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    for (const item of Object.values(value) as unknown[]) remaining.push(item);
    count += Object.keys(value).length;
  }
  return count;
}
