import { normalise, spellings } from '../../shared/normalise.js';
import { createNameFinder, type FoundNames, type NameEntry } from './find-name.js';
import type { NameCandidate } from './name-candidate.js';
import { readName, splitName } from './read-name.js';

export interface ScoredCandidate {
  readonly administrationId: string;
  /** From 0 to 1. */
  readonly confidence: number;
}

export interface NameMatch {
  /** The matched organisation. Null if the match is too uncertain or ambiguous. */
  readonly administrationId: string | null;
  readonly confidence: number | null;
  /** The candidates for a person to choose from if there is no match: at most five, the likeliest first. */
  readonly candidates: readonly ScoredCandidate[];
}

/** The confidence below which a match is rejected. */
const minConfidence = 0.7;
/** For the name of a site or an office of an organisation: `Comune di Modena – siti tematici`. */
const detailFactor = 0.95;

/**
 * Creates a function that finds the organisation that a name refers to among candidates. It never chooses between organisations
 * of the same name, unless the detail after the name is the area of one of them.
 */
export function createNameMatcher(candidates: readonly NameCandidate[]): (written: string) => NameMatch {
  const find = createNameFinder(
    candidates.flatMap((candidate) =>
      [...new Set(candidate.names.flatMap(spellings))].map((name): NameEntry => ({ candidate, read: readName(name) })),
    ),
  );
  return (written) => {
    const text = written.slice(0, 300);
    const split = splitName(text);
    const attempts = [{ name: text, detail: '' }, ...(split ? [split] : [])];
    const matches = attempts.flatMap(({ name, detail }) =>
      spellings(name).map((spelling) => decide(find(readName(spelling)), name, detail)),
    );
    const [best] = matches
      .filter(({ administrationId }) => administrationId !== null)
      .sort((one, other) => (other.confidence ?? 0) - (one.confidence ?? 0));
    return (
      best ??
      matches.find((match) => match.candidates.length > 0) ?? {
        administrationId: null,
        confidence: null,
        candidates: [],
      }
    );
  };
}

function decide({ entries, confidence }: FoundNames, written: string, detail: string): NameMatch {
  const found = [...new Map(entries.map(({ candidate }) => [candidate.id, candidate])).values()];
  const area = normalise(detail);
  const inArea = found.filter(({ areas = [] }) => areas.some((name) => normalise(name) === area));
  const matchConfidence = confidence * (detail === '' || inArea.length === 1 ? 1 : detailFactor);
  const [only, ...more] = found.length > 1 ? inArea : found;
  if (only && more.length === 0 && matchConfidence >= minConfidence && !isOthersAcronym(written, only)) {
    return { administrationId: only.id, confidence: rounded(matchConfidence), candidates: [] };
  }
  const shared = rounded(matchConfidence / Math.max(1, found.length));
  const unmatched = found.slice(0, 5).map(({ id }) => ({ administrationId: id, confidence: shared }));
  return { administrationId: null, confidence: null, candidates: unmatched };
}

/** Whether a name is probably the acronym of another organisation: `ISPRA` is an agency, Ispra is a town. */
const isOthersAcronym = (written: string, { names }: NameCandidate): boolean =>
  !/\p{Ll}/u.test(written) && readName(written).kind === null && !names.includes(written.trim());

const rounded = (number: number): number => Math.round(number * 100) / 100;
