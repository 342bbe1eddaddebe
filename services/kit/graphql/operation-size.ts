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

/** What is counted in the values of variables: values, those in lists and objects each by itself, and characters of texts and names. */
export type VariablesMetric = 'values' | 'variableCharacters';

/**
 * Measures the values of variables, and stops as soon as one of the limits is exceeded: what is found then is a lower bound. Not
 * recursive, because a client's lists may be nested more deeply than a stack goes.
 */
export function measureVariables(
  variables: unknown,
  limits: Readonly<Record<VariablesMetric, number>>,
): Readonly<Record<VariablesMetric, number>> {
  const size = { values: 0, variableCharacters: 0 };
  const remaining = [variables];
  while (remaining.length > 0 && size.values <= limits.values && size.variableCharacters <= limits.variableCharacters) {
    const value = remaining.pop();
    if (typeof value === 'string') size.variableCharacters += value.length;
    if (typeof value !== 'object' || value === null) continue;
    const items: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
    size.values += items.length;
    if (size.values > limits.values) break;
    remaining.push(...items);
    if (!Array.isArray(value)) for (const name of Object.keys(value)) size.variableCharacters += name.length;
  }
  return size;
}

/** Whether a value contains a number that JSON does not have. Not recursive, as above. */
export function hasInfiniteNumber(value: unknown): boolean {
  const remaining = [value];
  while (remaining.length > 0) {
    const one = remaining.pop();
    if (typeof one === 'number' && !Number.isFinite(one)) return true;
    if (typeof one === 'object' && one !== null) remaining.push(...(Object.values(one) as unknown[]));
  }
  return false;
}
