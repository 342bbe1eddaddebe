import type { NameCandidate } from './name-candidate.js';
import { withoutSpaces, type ReadName, withoutSmallWords } from './read-name.js';
import { editDistance } from '../../shared/edit-distance.js';

/** One of the names of a candidate. */
export interface NameEntry {
  readonly candidate: NameCandidate;
  readonly read: ReadName;
}

export interface FoundNames {
  readonly entries: readonly NameEntry[];
  /** How certain it is that one of these is meant, from 0 to 1. */
  readonly confidence: number;
}

/** The confidence of a match, by how the names agree. */
const confidences = {
  name: 1,
  stem: 0.95,
  onePiece: 0.95,
  smallWords: 0.9,
  typo: 0.8,
  partOfName: 0.5,
} as const;
type Level = keyof typeof confidences;
/** For a name without a word for the kind of organisation, which may belong to organisations of several kinds. */
const withoutKindFactor = 0.72;

/** Creates a function that finds the names that agree most with one. */
export function createNameFinder(entries: readonly NameEntry[]): (name: ReadName) => FoundNames {
  const index = new Map<string, NameEntry[]>();
  for (const entry of entries) {
    for (const key of searchKeys(entry.read).flatMap(({ keys }) => [...new Set(keys)])) {
      const indexed = index.get(key);
      if (indexed) indexed.push(entry);
      else index.set(key, [entry]);
    }
  }
  return (name) => {
    const isOfKind = ({ candidate, read }: NameEntry) =>
      name.kind === null || candidate.kind === name.kind || read.whole === name.whole;
    for (const { level, keys } of searchKeys(name)) {
      const found = keys.flatMap((key) => index.get(key) ?? []).filter(isOfKind);
      if (found.length > 0)
        return { entries: found, confidence: confidences[level] * (name.kind === null ? withoutKindFactor : 1) };
    }
    return name.kind === null ? { entries: [], confidence: 0 } : findApproximately(entries.filter(isOfKind), name);
  };
}

/** The keys under which a name is found, the most certain first. A stem (`kobenhavn` of `kobenhavns`) matches the name of another entry. */
function searchKeys({
  whole,
  name,
  stem,
}: ReadName): readonly { readonly level: Level; readonly keys: readonly string[] }[] {
  const small = withoutSmallWords(name);
  return [
    { level: 'name', keys: [`name ${whole}`, `name ${name}`] },
    { level: 'stem', keys: stem === null ? [] : [`name ${stem}`] },
    { level: 'onePiece', keys: [`piece ${withoutSpaces(name)}`] },
    { level: 'smallWords', keys: small === null ? [] : [`words ${small}`] },
  ];
}

/**
 * Finds names within a small edit distance, or that contain this one. If there are both, the match is ambiguous: Prignano may be
 * a misspelt Frignano, or short for Prignano sulla Secchia.
 */
function findApproximately(entries: readonly NameEntry[], { name }: ReadName): FoundNames {
  const longer = entries.filter(({ read }) => read.name.startsWith(`${name} `));
  const similar = nearest(entries, name);
  if (similar.entries.length > 0 && longer.length === 0) {
    const isLong = name.length >= (similar.distance === 1 ? 8 : 14);
    return { entries: similar.entries, confidence: isLong ? confidences.typo : confidences.partOfName };
  }
  const shorter = entries.filter(({ read }) => name.startsWith(`${read.name} `));
  return { entries: [...longer, ...similar.entries, ...shorter], confidence: confidences.partOfName };
}

/**
 * The names with the smallest edit distance. The shorter a name, the likelier one edit turns it into the name of another town:
 * of the Italian names of eight letters and more, 3 in 100 would be matched to another one if their own organisation were
 * missing from the list, and of those of six letters and more 11.
 */
function nearest(entries: readonly NameEntry[], written: string) {
  let maxEdits = written.length < 6 ? 0 : written.length < 12 ? 1 : 2;
  let found: NameEntry[] = [];
  for (const entry of maxEdits === 0 ? [] : entries) {
    const edits = editDistance(written, entry.read.name, maxEdits);
    if (edits < maxEdits) found = [];
    if (edits <= maxEdits) found.push(entry);
    maxEdits = Math.min(maxEdits, edits);
  }
  return { entries: found, distance: maxEdits };
}
