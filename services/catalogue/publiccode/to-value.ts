import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';

import { quoted, type Report } from './rules.js';
import { pathTo, type YamlPath, type YamlSection, type YamlValue } from './values.js';

/** What one document may say, its aliases written out: nine aliases of nine aliases, nine times over, are a billion values. */
const maxValues = 50_000;
/** How long its texts may be together, with those that aliases repeat. */
const maxTextLength = 2_000_000;

/**
 * What a document says. Of a key given twice the last value counts. What lies too deep, or beyond the number of values that
 * one file may hold, is left out and reported.
 */
export function toValue(document: Document.Parsed, mostLevels: number, report: Report): YamlValue {
  const anchors = new Map<string, Node>();
  let values = 0;
  let text = 0;
  const told = new Set<string>();
  const once = (rule: 'too-deep' | 'too-large', path: YamlPath, message: string): null => {
    if (!told.has(rule)) report(path, rule, message);
    told.add(rule);
    return null;
  };

  const read = (node: unknown, path: YamlPath, level: number): YamlValue => {
    values += 1;
    if (values > maxValues)
      return once('too-large', path, `is left out: the file has more than ${String(maxValues)} values`);
    if (level > mostLevels)
      return once('too-deep', path, `is left out: it lies more than ${String(mostLevels)} levels deep`);
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (!target) report(path, 'yaml-syntax', `is an alias of ${quoted(node.source)}, which is nowhere before`);
      return read(target, path, level + 1);
    }
    if (!isScalar(node) && !isSeq(node) && !isMap(node)) return null;
    if (node.anchor !== undefined) anchors.set(node.anchor, node);
    if (isScalar(node)) {
      text += node.source?.length ?? 0;
      if (text > maxTextLength)
        return once('too-large', path, `is left out: the file's texts and their aliases are too long`);
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
        report(path, 'wrong-type', 'has a key that is no text; it is left out');
        continue;
      }
      if (result.has(key)) report(pathTo(path, key), 'duplicate-key', `stands twice; the last ${quoted(key)} counts`);
      result.set(key, read(pair.value, pathTo(path, key), level + 1));
    }
    return result;
  };

  return read(document.contents, '', 0);
}

/** Numbers, and the dates and bytes that a tag may ask for, stay as they are written. */
const scalar = (value: unknown, source: string | undefined): YamlValue =>
  value === null || typeof value === 'boolean' || typeof value === 'string' ? value : { written: source ?? '' };

function keyOf(value: YamlValue): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  return value !== null && 'written' in value ? value.written : null;
}
