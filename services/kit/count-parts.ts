import { type DocumentNode, visit } from 'graphql';

/** What is counted of an operation's text. */
export type Part = 'characters' | 'aliases' | 'rootFields' | 'fragments' | 'directives' | 'fields';

export function countParts(document: DocumentNode): Readonly<Record<Part, number>> {
  const characters = document.loc?.source.body.length ?? 0;
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
      found.rootFields = Math.max(found.rootFields, selectionSet.selections.length);
    },
  });
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
