import {
  BREAK,
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  Kind,
  type ObjectFieldNode,
  print,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
  visit,
} from 'graphql';

// To validate that fields of one name can be merged, graphql-js compares each of them with each other: 190 repeated fields took
// 0.2 seconds. So fields that are equal are merged before it validates, and of those that differ two are reported. What remains to
// compare is bounded by the limits of fragments and directives.

/**
 * Merges the fields that a selection set contains several times, as execution does. Objects before and after a fragment, or a
 * conditional field of the same name, stay apart, so that the order of the response is the same.
 *
 *     { a { b } c a { d } ...F c }   → { a { b d } c ...F }
 */
export function mergeRepeatedFields(document: DocumentNode): DocumentNode {
  const definitions = document.definitions.map((definition) =>
    'selectionSet' in definition ? withSelections(definition) : definition,
  );
  return definitions.some((definition, index) => definition !== document.definitions[index])
    ? { ...document, definitions }
    : document;
}

/** The same node if nothing within it is repeated. */
function withSelections<Node extends { readonly selectionSet?: SelectionSetNode | undefined }>(node: Node): Node {
  if (!node.selectionSet) return node;
  const { selections } = node.selectionSet;
  const merged = mergeEqual(selections).map((selection) =>
    selection.kind === Kind.FRAGMENT_SPREAD ? selection : withSelections(selection),
  );
  const isSame = merged.length === selections.length && merged.every((each, index) => each === selections[index]);
  return isSame ? node : { ...node, selectionSet: { ...node.selectionSet, selections: merged } };
}

function mergeEqual(selections: readonly SelectionNode[]): readonly SelectionNode[] {
  const groups: SelectionNode[][] = [];
  /** The fields without a selection so far: further ones select nothing more. */
  const leaves = new Set<string>();
  /** The latest objects, by their name in the response. */
  const objects = new Map<string, { readonly key: string; readonly group: SelectionNode[] }>();
  for (const selection of selections) {
    const group: SelectionNode[] = [selection];
    if (selection.kind !== Kind.FIELD) objects.clear();
    else {
      const key = toKey(selection);
      if (leaves.has(key)) continue;
      const name = toResponseName(selection);
      const latest = objects.get(name);
      if (latest?.key === key) {
        latest.group.push(selection);
        continue;
      }
      if (selection.selectionSet) objects.set(name, { key, group });
      else leaves.add(key);
    }
    groups.push(group);
  }
  return groups.flatMap(mergeGroup);
}

function mergeGroup(group: readonly SelectionNode[]): readonly SelectionNode[] {
  const [first] = group;
  if (group.length === 1 || first?.kind !== Kind.FIELD || !first.selectionSet) return group;
  const selections = group.flatMap((field) =>
    field.kind === Kind.FIELD ? (field.selectionSet?.selections ?? []) : [],
  );
  return [{ ...first, selectionSet: { ...first.selectionSet, selections } }];
}

const toKey = (field: FieldNode): string =>
  [
    toResponseName(field),
    toSignature(field),
    ...(field.directives ?? []).map(print),
    field.selectionSet ? '{}' : '',
  ].join(' ');

const toResponseName = ({ alias, name }: FieldNode): string => (alias ?? name).value;

/** Equal for fields with equal names and arguments, in whatever order these are written. */
const toSignature = ({ name, arguments: args = [] }: FieldNode): string =>
  args.length === 0 ? name.value : `${name.value}${fieldsToText(args)}`;

const fieldsToText = (fields: readonly Pick<ObjectFieldNode, 'name' | 'value'>[]): string =>
  `{${fields
    .map(({ name, value }) => `${name.value}:${valueToText(value)}`)
    .sort()
    .join()}}`;

function valueToText(value: ValueNode): string {
  if (value.kind === Kind.OBJECT) return fieldsToText(value.fields);
  return value.kind === Kind.LIST ? `[${value.values.map(valueToText).join()}]` : print(value);
}

/** The error of graphql-js for the first two fields that have one name in one selection set, but differ; null if there are none. */
export function findConflict(document: DocumentNode): GraphQLError | null {
  let conflict: GraphQLError | null = null;
  visit(document, {
    SelectionSet: ({ selections }) => {
      conflict = findConflictIn(selections);
      return conflict ? BREAK : undefined;
    },
  });
  return conflict;
}

function findConflictIn(selections: readonly SelectionNode[]): GraphQLError | null {
  const fields = new Map<string, FieldNode>();
  for (const field of selections) {
    if (field.kind !== Kind.FIELD) continue;
    const name = toResponseName(field);
    const other = fields.get(name);
    if (!other) fields.set(name, field);
    else if (toSignature(other) !== toSignature(field)) {
      const [one, two] = [other.name.value, field.name.value];
      const reason = one === two ? 'they have differing arguments' : `"${one}" and "${two}" are different fields`;
      const advice = 'Use different aliases on the fields to fetch both if this was intentional.';
      return new GraphQLError(`Fields "${name}" conflict because ${reason}. ${advice}`, { nodes: [other, field] });
    }
  }
  return null;
}
