import {
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  Kind,
  Location,
  type SelectionNode,
  type SelectionSetNode,
  Token,
  TokenKind,
} from 'graphql';

/** A document for a cache, and about how much memory it takes. */
export interface CompactDocument {
  readonly document: DocumentNode;
  readonly bytes: number;
}

const compacted = new WeakMap<DocumentNode, CompactDocument>();

/**
 * Returns a document that selects the same and takes a fraction of the memory. The parser's tokens are left out: with them a
 * document takes over a hundred times the memory of its text. Of the positions, those that errors of an execution report are
 * kept. What is selected twice in a set is selected once.
 *
 * @param document is valid. The result for it is always the same object, so that caches share it.
 */
export function compactDocument(document: DocumentNode): CompactDocument {
  let compact = compacted.get(document);
  if (!compact) {
    compact = copyDocument(document);
    compacted.set(document, compact);
    compacted.set(compact.document, compact);
  }
  return compact;
}

/** The memory of a node with its name, of a position, and of the rest of a document: measured, with a margin. */
const bytesPer = { node: 90, position: 70, document: 1_000 } as const;

/** The nodes whose positions are in errors of an execution: fields that fail, and variables with invalid values. */
const isLocated = ({ kind }: ASTNode): boolean => kind === Kind.FIELD || kind === Kind.VARIABLE_DEFINITION;

/** A position has to refer to a token, which nothing reads. */
const noToken = new Token(TokenKind.SOF, 0, 0, 0, 0);
const nothing: readonly unknown[] = [];

function copyDocument(document: DocumentNode): CompactDocument {
  let bytes = bytesPer.document + sizeOfText(document.loc?.source.body ?? '');

  const copyNode = (node: ASTNode): object => {
    const { loc, ...members } = node;
    const copy: Record<string, unknown> = members;
    for (const name in copy) copy[name] = copyValue(copy[name]);
    bytes += bytesPer.node;
    if (loc && isLocated(node)) {
      copy['loc'] = Object.assign(new Location(noToken, noToken, loc.source), { start: loc.start, end: loc.end });
      bytes += bytesPer.position;
    }
    return copy;
  };
  const copyValue = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.length === 0 ? nothing : value.map(copyValue);
    if (typeof value === 'string') bytes += value.length;
    if (typeof value !== 'object' || value === null) return value;
    return copyNode(mergeDuplicates(value as ASTNode));
  };

  return { document: copyNode(document) as DocumentNode, bytes };
}

/** The bytes of a text: V8 stores two for each character if one is outside of Latin-1. */
export function sizeOfText(text: string): number {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 0xff) return 2 * text.length;
  return text.length;
}

const mergeDuplicates = (node: ASTNode): ASTNode =>
  node.kind === Kind.SELECTION_SET ? { ...node, selections: mergeSelections(node.selections) } : node;

/** A selection that later ones are merged into: the fields within, or null for a leaf or a fragment. */
interface Merged {
  readonly within: SelectionNode[] | null;
}

/**
 * Merges the selections of a set that have no directives. The order of the response stays the same: where a fragment or a
 * conditional field, which may select more of the same object, is in between, objects are not merged.
 */
function mergeSelections(selections: readonly SelectionNode[]): SelectionNode[] {
  const merged: SelectionNode[] = [];
  const first = new Map<string, Merged>();
  for (const selection of selections) {
    const key = getKey(selection);
    const isConditional = (selection.directives?.length ?? 0) > 0;
    const before = isConditional ? undefined : first.get(key);
    if (before) {
      if (before.within && selection.kind === Kind.FIELD)
        before.within.push(...(selection.selectionSet?.selections ?? []));
      continue;
    }
    if (selection.kind !== Kind.FIELD) forgetObjects(first);
    else if (isConditional && first.get(key)?.within) first.delete(key);
    const within =
      selection.kind === Kind.FIELD && selection.selectionSet ? [...selection.selectionSet.selections] : null;
    merged.push(within && selection.kind === Kind.FIELD ? withSelections(selection, within) : selection);
    if (!isConditional && selection.kind !== Kind.INLINE_FRAGMENT) first.set(key, { within });
  }
  return merged;
}

const withSelections = (field: FieldNode, selections: readonly SelectionNode[]): FieldNode => ({
  ...field,
  selectionSet: { ...(field.selectionSet as SelectionSetNode), selections },
});

function getKey(selection: SelectionNode): string {
  if (selection.kind === Kind.FIELD) return (selection.alias ?? selection.name).value;
  return selection.kind === Kind.FRAGMENT_SPREAD ? `...${selection.name.value}` : '';
}

function forgetObjects(first: Map<string, Merged>): void {
  for (const [key, { within }] of first) if (within) first.delete(key);
}
