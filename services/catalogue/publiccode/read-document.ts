import {
  CST,
  Composer,
  type Document,
  isNode,
  isScalar,
  Lexer,
  LineCounter,
  Parser,
  visit,
  type YAMLError,
} from 'yaml';

import { decodeText } from './decode-text.js';
import { abbreviate, type Position, type Report } from './rules.js';
import { toValue } from './to-value.js';
import { isSection, type YamlPath, type YamlSection } from './values.js';

/** The largest of a thousand real files has 56 kB and 5,000 tokens. Larger files are not parsed. */
const maxBytes = 1_000_000;
const maxTokens = 100_000;
/** A publiccode.yml has five levels. */
const maxDepth = 50;

/** The top-level section of a YAML document. */
export interface ReadDocument {
  readonly values: YamlSection;
  /** The position of a value, else of the section or list that would contain it. Null for the file as a whole. */
  readonly positionOf: (path: YamlPath) => Position | null;
  /** Whether the document has no syntax error, and exceeds no limit. */
  readonly isComplete: boolean;
}

/**
 * Reads the top-level section of a YAML document: all of it, or what precedes the first syntax error. Null if there is none.
 * Never throws; time and memory are bounded by the limits above, whatever the bytes are.
 */
export function readDocument(bytes: Uint8Array, report: Report): ReadDocument | null {
  if (bytes.length > maxBytes) {
    report('', 'too-large', `has ${String(bytes.length)} bytes; at most ${String(maxBytes)} are allowed`);
    return null;
  }
  const text = decodeText(bytes, report);
  if (text === null) return null;
  try {
    return readText(text, report);
  } catch (error) {
    report('', 'yaml-syntax', `could not be read: ${abbreviate(String(error), 200)}`);
    return null;
  }
}

function readText(text: string, report: Report): ReadDocument | null {
  const lines = new LineCounter();
  lines.addNewLine(0);
  const positionAt = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const tokens = readTokens(text, lines, report);
  if (tokens === null) return null;
  const documents = compose(tokens);
  for (const document of documents) {
    const { errors, warnings } = document;
    for (const [index, error] of errors.entries()) {
      const rule = error.code === 'RESOURCE_EXHAUSTION' ? 'too-deep' : 'yaml-syntax';
      // Finding what is not closed takes time in proportion to the document.
      const opened = index < maxLocatedErrors ? findOpened(document, error) : null;
      const hint = opened === null ? '' : ', which begins here';
      report(
        '',
        rule,
        `${abbreviate(error.message, 200)}${hint}`,
        positionAt(opened ?? skipBlanks(text, error.pos[0])),
      );
    }
    for (const { message, pos } of warnings) report('', 'unknown-tag', abbreviate(message, 200), positionAt(pos[0]));
  }
  const filled = documents.filter(
    ({ contents }) => contents !== null && !(isScalar(contents) && contents.value === null),
  );
  if (filled.length > 1) {
    report('', 'several-documents', `contains ${String(filled.length)} documents; the first one with keys is read`);
  }
  for (const document of filled) {
    const found = new Map<YamlPath, number>();
    const positionOf = (path: YamlPath): Position | null => {
      for (let known = path; known !== ''; known = parentOf(known)) {
        const offset = found.get(known);
        if (offset !== undefined) return positionAt(offset);
      }
      return path === '' ? null : positionAt(document.contents?.range[0] ?? 0);
    };
    const { value, isComplete } = toValue(document, maxDepth, found, (path, rule, message) => {
      report(path, rule, message, positionOf(path));
    });
    if (!isSection(value)) continue;
    return {
      values: value,
      positionOf,
      isComplete: isComplete && documents.every(({ errors }) => errors.length === 0),
    };
  }
  return null;
}

/** Where the text goes on after blank lines and comments: the parser reports a wrong indentation at the end of the line before. */
function skipBlanks(text: string, offset: number): number {
  const blanks = /(?:\s|(?<=\s)#[^\n]*)*/y;
  blanks.lastIndex = offset;
  blanks.exec(text);
  return blanks.lastIndex < text.length ? blanks.lastIndex : offset;
}

const maxLocatedErrors = 10;

/**
 * Where a quoted text begins that is never closed: the parser reports where it gave up, often the end of the file.
 */
function findOpened(document: Document.Parsed, { code, pos: [end] }: YAMLError): number | null {
  if (code !== 'MISSING_CHAR') return null;
  let start: number | null = null;
  visit(document, (_key, node) => {
    if (!isNode(node) || !node.range) return undefined;
    const [from, to] = node.range;
    if (isScalar(node) && node.type?.startsWith('QUOTE') && from < end && to >= end) start = from;
    return to < end ? visit.SKIP : undefined;
  });
  return start;
}

/** `a.b[0].c` is in `a.b[0]`. */
const parentOf = (path: YamlPath): YamlPath => path.slice(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['), 0));

/** Splits the document into tokens only, so that a hostile one costs no more than its first tokens. */
function readTokens(text: string, lines: LineCounter, report: Report): CST.Token[] | null {
  const parser = new Parser(lines.addNewLine);
  const tokens: CST.Token[] = [];
  let count = 0;
  let levels = 0;
  for (const lexeme of new Lexer().lex(text)) {
    count += 1;
    const type = CST.tokenType(lexeme);
    if (type === 'flow-seq-start' || type === 'flow-map-start') levels += 1;
    if (type === 'flow-seq-end' || type === 'flow-map-end') levels -= 1;
    if (count > maxTokens) report('', 'too-large', `has more than ${String(maxTokens)} tokens`);
    if (levels > maxDepth) report('', 'too-deep', `has more than ${String(maxDepth)} levels`);
    if (count > maxTokens || levels > maxDepth) return null;
    tokens.push(...parser.next(lexeme));
  }
  return [...tokens, ...parser.end()];
}

function compose(tokens: readonly CST.Token[]): Document.Parsed[] {
  // Duplicate keys are found when the values are read, since the parser would compare each key with all before it.
  const composer = new Composer({ uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  return [...tokens.flatMap((token) => [...composer.next(token)]), ...composer.end()];
}
