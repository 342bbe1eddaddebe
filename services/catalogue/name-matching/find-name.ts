import type { NameCandidate } from './name-candidate.js';
import { withoutSpaces, type ReadName, withoutSmallWords } from './read-name.js';
import { editDistance } from './edit-distance.js';

/** One of the names of a candidate. */
export interface NameEntry {
  readonly candidate: NameCandidate;
  readonly read: ReadName;
}

export interface FoundNames {
  readonly entries: readonly NameEntry[];
  /** How sure it is that one of these is meant, from 0 to 1. */
  readonly confidence: number;
}

/** How sure a match is by what the name had in common with the body's. */
const confidences = {
  name: 1,
  stem: 0.95,
  onePiece: 0.95,
  smallWords: 0.9,
  typo: 0.8,
  partOfName: 0.5,
} as const;
type Level = keyof typeof confidences;
/** A name alone, without a word that says what kind of body is meant: it may be anybody's. */
const withoutKindFactor = 0.72;

/** Makes a function that finds the names that have most in common with one. */
export function createNameFinder(entries: readonly NameEntry[]): (name: ReadName) => FoundNames {
  const index = new Map<string, NameEntry[]>();
  for (const entry of entries) {
    for (const key of searchKeys(entry.read).flatMap(({ keys }) => [...new Set(keys)])) {
      const there = index.get(key);
      if (there) there.push(entry);
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

/** Under what a name is found, the surest first. A stem (`kobenhavn` of `kobenhavns`) is another body's name. */
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
 * Names with a typing error between, or of which this one is a part. Where it is both, nobody can tell: Prignano may be
 * Frignano mistyped, or Prignano sulla Secchia in short.
 */
function findApproximately(entries: readonly NameEntry[], { name }: ReadName): FoundNames {
  const longer = entries.filter(({ read }) => read.name.startsWith(`${name} `));
  const mistyped = nearest(entries, name);
  if (mistyped.entries.length > 0 && longer.length === 0) {
    const isLong = name.length >= (mistyped.errors === 1 ? 8 : 14);
    return { entries: mistyped.entries, confidence: isLong ? confidences.typo : confidences.partOfName };
  }
  const shorter = entries.filter(({ read }) => name.startsWith(`${read.name} `));
  return { entries: [...longer, ...mistyped.entries, ...shorter], confidence: confidences.partOfName };
}

/**
 * Those with the fewest typing errors. The shorter a name, the likelier that one error makes another town's of it: of the
 * Italian names of eight letters and more three in a hundred would be taken for another if their own body were not in the
 * list, of those of six letters and more eleven.
 */
function nearest(entries: readonly NameEntry[], written: string) {
  let errors = written.length < 6 ? 0 : written.length < 12 ? 1 : 2;
  let found: NameEntry[] = [];
  for (const entry of errors === 0 ? [] : entries) {
    const count = editDistance(written, entry.read.name, errors);
    if (count < errors) found = [];
    if (count <= errors) found.push(entry);
    errors = Math.min(errors, count);
  }
  return { entries: found, errors };
}
