import { type DocumentNode, Kind, type SelectionSetNode, visit } from 'graphql';

/** What is counted of an operation's text. */
export type SizeMetric = 'characters' | 'aliases' | 'rootFields' | 'fragments' | 'directives' | 'fields';

export function measureOperation(document: DocumentNode): Readonly<Record<SizeMetric, number>> {
  const characters = document.loc?.source.body.length ?? 0;
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition.selectionSet] as const] : [],
    ),
  );
  const found = { characters, aliases: 0, rootFields: 0, fragments: 0, directives: 0, fields: 0 };
  visit(document, {
    Field: ({ alias }) => {
      found.fields += 1;
      if (alias) found.aliases += 1;
    },
    FragmentSpread: () => {
      found.fragments += 1;
    },
    InlineFragment: () => {
      found.fragments += 1;
    },
    Directive: () => {
      found.directives += 1;
    },
    OperationDefinition: ({ selectionSet }) => {
      found.rootFields = Math.max(found.rootFields, countFields(selectionSet, fragments));
    },
  });
  return found;
}

/** The fields of a set and of the fragments in it, each fragment once: it asks for the same, however often it is spread. */
function countFields(set: SelectionSetNode, fragments: ReadonlyMap<string, SelectionSetNode>): number {
  const sets = new Set([set]);
  let found = 0;
  for (const { selections } of sets)
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) found += 1;
      const within = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : undefined;
      if (within) sets.add(within);
      if (selection.kind === Kind.INLINE_FRAGMENT) sets.add(selection.selectionSet);
    }
  return found;
}

/**
 * How many values there are, those in lists and objects counted each. Not by recursion, because a stranger's lists may lie in one another deeper than a stack goes.
 */
export function countValues(variables: unknown): number {
  const left = [variables];
  let found = 0;
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    for (const item of Object.values(value) as unknown[]) left.push(item);
    found += Object.keys(value).length;
  }
  return found;
}
