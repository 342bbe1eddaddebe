import type { NameCandidate } from './name-candidate.js';
import { withoutSpaces, type ReadName, withoutSmallWords } from './read-name.js';
import { editDistance } from '../../shared/edit-distance.js';
import { letterSet, mayBeWithin } from '../../shared/letter-set.js';

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
  const findApproximately = createApproximateFinder(entries);
  return (name) => {
    const isOfKind = ({ candidate, read }: NameEntry) =>
      name.kind === null || candidate.kind === name.kind || read.whole === name.whole;
    for (const { level, keys } of searchKeys(name)) {
      const found = keys.flatMap((key) => index.get(key) ?? []).filter(isOfKind);
      if (found.length > 0)
        return { entries: found, confidence: confidences[level] * (name.kind === null ? withoutKindFactor : 1) };
    }
    return name.kind === null ? { entries: [], confidence: 0 } : findApproximately(name.kind, name.name);
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

/** A name of one kind of organisation, with what rules most others out before their edit distance is computed. */
interface IndexedName {
  readonly entry: NameEntry;
  readonly name: string;
  readonly position: number;
  readonly letters: number;
}

/** The names of one kind of organisation. */
interface KindIndex {
  readonly byLength: Map<number, IndexedName[]>;
  readonly byName: Map<string, IndexedName[]>;
  /** By each of its beginnings that end with a word. */
  readonly byBeginning: Map<string, IndexedName[]>;
}

/**
 * Creates a function that finds names within a small edit distance, or that contain one or are contained in it. If there are both,
 * the match is ambiguous: Prignano may be a misspelt Frignano, or short for Prignano sulla Secchia.
 */
function createApproximateFinder(entries: readonly NameEntry[]): (kind: string, name: string) => FoundNames {
  const kinds = new Map<string, KindIndex>();
  for (const [position, entry] of entries.entries()) {
    const { name } = entry.read;
    const index = kinds.get(entry.candidate.kind) ?? { byLength: new Map(), byName: new Map(), byBeginning: new Map() };
    kinds.set(entry.candidate.kind, index);
    const indexed = { entry, name, position, letters: letterSet(name) };
    append(index.byLength, name.length, indexed);
    append(index.byName, name, indexed);
    for (const beginning of beginningsOf(name)) append(index.byBeginning, beginning, indexed);
  }
  return (kind, name) => {
    const index = kinds.get(kind);
    if (!index) return { entries: [], confidence: confidences.partOfName };
    const longer = entriesOf(index.byBeginning.get(name) ?? []);
    const similar = nearest(index, name);
    if (similar.entries.length > 0 && longer.length === 0) {
      const isLong = name.length >= (similar.distance === 1 ? 8 : 14);
      return { entries: similar.entries, confidence: isLong ? confidences.typo : confidences.partOfName };
    }
    const shorter = entriesOf(beginningsOf(name).flatMap((beginning) => index.byName.get(beginning) ?? []));
    return { entries: [...longer, ...similar.entries, ...shorter], confidence: confidences.partOfName };
  };
}

/** `prignano` and `prignano sulla` of `prignano sulla secchia`. */
function beginningsOf(name: string): string[] {
  const beginnings: string[] = [];
  for (let end = name.indexOf(' '); end !== -1; end = name.indexOf(' ', end + 1)) beginnings.push(name.slice(0, end));
  return beginnings;
}

/** The entries in their original order. */
const entriesOf = (found: readonly IndexedName[]): NameEntry[] =>
  [...found].sort((one, other) => one.position - other.position).map(({ entry }) => entry);

function append<Key, Item>(index: Map<Key, Item[]>, key: Key, item: Item): void {
  const items = index.get(key);
  if (items) items.push(item);
  else index.set(key, [item]);
}

/**
 * The names with the smallest edit distance. The shorter a name, the likelier one edit turns it into the name of another town:
 * of the Italian names of eight letters and more, 3 in 100 would be matched to another one if their own organisation were
 * missing from the list, and of those of six letters and more 11.
 */
function nearest({ byLength }: KindIndex, written: string) {
  let maxEdits = written.length < 6 ? 0 : written.length < 12 ? 1 : 2;
  let found: IndexedName[] = [];
  const letters = letterSet(written);
  const lengths =
    maxEdits === 0 ? [] : Array.from({ length: 2 * maxEdits + 1 }, (_, index) => written.length + index - maxEdits);
  for (const length of lengths) {
    for (const indexed of byLength.get(length) ?? []) {
      if (!mayBeWithin(letters, indexed.letters, maxEdits)) continue;
      const edits = editDistance(written, indexed.name, maxEdits);
      if (edits < maxEdits) found = [];
      if (edits <= maxEdits) found.push(indexed);
      maxEdits = Math.min(maxEdits, edits);
    }
  }
  return { entries: entriesOf(found), distance: maxEdits };
}
