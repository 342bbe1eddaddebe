import { type ASTNode, type DocumentNode, Kind, Location, Token, TokenKind } from 'graphql';

/** A document for a cache, and about how much memory it takes. */
export interface CompactDocument {
  readonly document: DocumentNode;
  readonly bytes: number;
}

const compacted = new WeakMap<DocumentNode, CompactDocument>();

/**
 * Returns a document that selects the same and takes a fraction of the memory. The parser's tokens are left out: with them a
 * document takes over a hundred times the memory of its text. Of the positions, those that errors of an execution report are
 * kept.
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
    return copyNode(value as ASTNode);
  };

  return { document: copyNode(document) as DocumentNode, bytes };
}

/** The bytes of a text: V8 stores two for each character if one is outside of Latin-1. */
export function sizeOfText(text: string): number {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 0xff) return 2 * text.length;
  return text.length;
}
