import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Node, type Pair } from 'yaml';

import { quoted, type Report } from './rules.js';
import { isList, isSection, pathTo, type YamlPath, type YamlSection, type YamlValue } from './values.js';

/** The maximum number of values with all aliases expanded: nine levels of nine aliases each are a billion values. */
const maxValues = 50_000;
/** The maximum length of all texts together, with those that aliases repeat. */
const maxTextLength = 2_000_000;

/** A document as a value. */
export interface ReadValue {
  readonly value: YamlValue;
  /** Whether all of it was read: no alias is undefined, and no limit is exceeded. */
  readonly isComplete: boolean;
}

/**
 * Converts a document to a value. If a key is repeated, the last value counts. Merge keys (`<<`) add the keys that their section
 * does not have. Values that are nested too deeply, or beyond the maximum number, are ignored and reported. Nothing is taken from
 * the top-level key with the first syntax error, or after it.
 *
 * @param offsets where each key and item begins in the text, by its path, is added here.
 */
export function toValue(
  document: Document.Parsed,
  maxDepth: number,
  offsets: Map<YamlPath, number>,
  report: Report,
): ReadValue {
  const anchors = new Map<string, Node>();
  let values = 0;
  let text = 0;
  let isComplete = document.errors.length === 0;
  const reported = new Set<string>();
  const once = (rule: 'too-deep' | 'too-large', path: YamlPath, message: string): null => {
    if (!reported.has(rule)) report(path, rule, message);
    reported.add(rule);
    isComplete = false;
    return null;
  };
  const locate = (path: YamlPath, node: unknown): void => {
    const start = isNode(node) ? node.range?.[0] : undefined;
    if (start !== undefined && !offsets.has(path)) offsets.set(path, start);
  };

  const read = (node: unknown, path: YamlPath, level: number): YamlValue => {
    values += 1;
    if (values > maxValues)
      return once('too-large', path, `is ignored: the file has more than ${String(maxValues)} values`);
    if (level > maxDepth)
      return once('too-deep', path, `is ignored: it is nested more than ${String(maxDepth)} levels deep`);
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (!target) {
        report(path, 'yaml-syntax', `is an alias of ${quoted(node.source)}, which is not defined before it`);
        isComplete = false;
      }
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
    if (isSeq(node)) {
      return node.items.map((item, index) => {
        const itemPath = pathTo(path, index);
        locate(itemPath, item);
        return read(item, itemPath, level + 1);
      });
    }
    return section(level === 0 ? beforeErrors(node.items, document) : node.items, path, level);
  };

  const section = (pairs: readonly Pair[], path: YamlPath, level: number): YamlSection => {
    const result = new Map<string, YamlValue>();
    const merged: YamlSection[] = [];
    for (const pair of pairs) {
      if (isMergeKey(pair.key)) {
        const value = read(pair.value, path, level + 1);
        const sections = (isList(value) ? value : [value]).filter(isSection);
        if (sections.length === 0) report(path, 'wrong-type', 'has a merge key (<<) without a section; it is ignored');
        merged.push(...sections);
        continue;
      }
      const key = keyOf(read(pair.key, path, level + 1));
      if (key === null) {
        report(path, 'wrong-type', 'has a key that is not a text; it is ignored');
        continue;
      }
      const keyPath = pathTo(path, key);
      if (result.has(key)) {
        offsets.delete(keyPath);
        locate(keyPath, pair.key);
        report(keyPath, 'duplicate-key', `is repeated; the last ${quoted(key)} counts`);
      }
      locate(keyPath, pair.key);
      result.set(key, read(pair.value, keyPath, level + 1));
    }
    for (const [key, value] of merged.flatMap((other) => [...other])) if (!result.has(key)) result.set(key, value);
    return result;
  };

  return { value: read(document.contents, '', 0), isComplete };
}

/**
 * The pairs before the one with the first syntax error. An error between two pairs, such as a line with the wrong indentation, is
 * one of the pair before it.
 */
function beforeErrors(pairs: readonly Pair[], { errors }: Document.Parsed): readonly Pair[] {
  if (errors.length === 0) return pairs;
  const first = Math.min(...errors.map(({ pos }) => pos[0]));
  const next = pairs.findIndex(({ key }) => !isNode(key) || (key.range?.[0] ?? first) >= first);
  return pairs.slice(0, Math.max((next === -1 ? pairs.length : next) - 1, 0));
}

/** `<<` of YAML 1.1, which most parsers understand. */
const isMergeKey = (key: unknown): boolean => isScalar(key) && key.value === '<<' && key.type === 'PLAIN';

/** Numbers, and the dates and bytes of tags, stay as they are written. */
const scalar = (value: unknown, source: string | undefined): YamlValue =>
  value === null || typeof value === 'boolean' || typeof value === 'string' ? value : { written: source ?? '' };

function keyOf(value: YamlValue): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  return value !== null && 'written' in value ? value.written : null;
}
