import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';

import { quoted, type Report } from './rules.js';
import { pathTo, type YamlPath, type YamlSection, type YamlValue } from './values.js';

/** The maximum number of values with all aliases expanded: nine levels of nine aliases each are a billion values. */
const maxValues = 50_000;
/** The maximum length of all texts together, with those that aliases repeat. */
const maxTextLength = 2_000_000;

/**
 * Converts a document to a value. If a key is repeated, the last value counts. Values that are nested too deeply, or beyond the
 * maximum number, are ignored and reported.
 */
export function toValue(document: Document.Parsed, maxDepth: number, report: Report): YamlValue {
  const anchors = new Map<string, Node>();
  let values = 0;
  let text = 0;
  const reported = new Set<string>();
  const once = (rule: 'too-deep' | 'too-large', path: YamlPath, message: string): null => {
    if (!reported.has(rule)) report(path, rule, message);
    reported.add(rule);
    return null;
  };

  const read = (node: unknown, path: YamlPath, level: number): YamlValue => {
    values += 1;
    if (values > maxValues)
      return once('too-large', path, `is ignored: the file has more than ${String(maxValues)} values`);
    if (level > maxDepth)
      return once('too-deep', path, `is ignored: it is nested more than ${String(maxDepth)} levels deep`);
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (!target) report(path, 'yaml-syntax', `is an alias of ${quoted(node.source)}, which is not defined before it`);
      return read(target, path, level + 1);
    }
    if (!isScalar(node) && !isSeq(node) && !isMap(node)) return null;
    if (node.anchor !== undefined) anchors.set(node.anchor, node);
    if (isScalar(node)) {
      text += node.source?.length ?? 0;
      if (text > maxTextLength)
        return once('too-large', path, `is ignored: the file's texts and their aliases are too long`);
      return scalar(node.value, node.source);
    }
    if (isSeq(node)) return node.items.map((item, index) => read(item, pathTo(path, index), level + 1));
    return section(node.items, path, level);
  };

  const section = (pairs: readonly Pair[], path: YamlPath, level: number): YamlSection => {
    const result = new Map<string, YamlValue>();
    for (const pair of pairs) {
      const key = keyOf(read(pair.key, path, level + 1));
      if (key === null) {
        report(path, 'wrong-type', 'has a key that is not a text; it is ignored');
        continue;
      }
      if (result.has(key)) report(pathTo(path, key), 'duplicate-key', `is repeated; the last ${quoted(key)} counts`);
      result.set(key, read(pair.value, pathTo(path, key), level + 1));
    }
    return result;
  };

  return read(document.contents, '', 0);
}

/** Numbers, and the dates and bytes of tags, stay as they are written. */
const scalar = (value: unknown, source: string | undefined): YamlValue =>
  value === null || typeof value === 'boolean' || typeof value === 'string' ? value : { written: source ?? '' };

function keyOf(value: YamlValue): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  return value !== null && 'written' in value ? value.written : null;
}
