import type { Assessment, JoiningReason } from '../generated/resolver-types.js';

/** Terms of a consortium, or of a solution, that its own catalogue states. Null: not stated. */
export interface JoiningTerms {
  readonly openToKinds: readonly string[] | null;
  readonly openToNuts: readonly string[] | null;
  /** Whether they state in words who can join. */
  readonly hasEligibility: boolean;
  readonly exceptionGround: string | null;
  readonly source: string | null;
  readonly observedOn: string | null;
}

/** What the index knows of a consortium that maintains a solution, and of the administration that may join it. */
export interface JoiningFacts {
  readonly consortiumId: string;
  readonly status: string | null;
  readonly openToKinds: readonly string[] | null;
  readonly openToNuts: readonly string[] | null;
  /** Who states the rules, and when it was observed. */
  readonly source: string | null;
  readonly observedOn: string | null;
  /** Whether the administration is a member, and who states it. */
  readonly isMember: boolean;
  readonly membershipSource: string | null;
  readonly memberObservedOn: string | null;
  /** Of joining it, then of its solution, each ordered by id. */
  readonly terms: readonly JoiningTerms[];
}

/** The administration that may join. */
export interface Joiner {
  readonly country: string;
  readonly kind: string;
  readonly nuts: string | null;
}

/** Whether an administration may join a consortium. */
export interface Joining {
  readonly answer: Assessment;
  readonly because: JoiningReason;
  readonly consortiumId: string | null;
  readonly source: string | null;
  readonly observedOn: string | null;
}

const nothing = { consortiumId: null, source: null, observedOn: null };

/**
 * Assesses whether an administration may join one of the consortia that maintain a solution: the best answer.
 *
 * @param terms of the solution, by its owner, which concern every consortium.
 */
export function assessJoining(
  joiner: Joiner | null,
  consortia: readonly JoiningFacts[],
  terms: readonly JoiningTerms[],
): Joining {
  const notShared = terms.find(({ exceptionGround }) => exceptionGround !== null);
  if (notShared && !consortia.some(({ isMember }) => isMember))
    return { answer: 'NO', because: 'NOT_SHARED', consortiumId: null, ...statedBy(notShared) };
  return (
    selectBest(consortia.map((facts) => assess(joiner, facts))) ?? {
      answer: 'UNKNOWN',
      because: 'NO_CONSORTIUM',
      ...nothing,
    }
  );
}

const statedBy = ({ source, observedOn }: Pick<Joining, 'source' | 'observedOn'>) => ({ source, observedOn });

/** The first of the best ones. */
const selectBest = (assessed: readonly Joining[]): Joining | undefined =>
  (['YES', 'UNKNOWN', 'NO'] as const)
    .map((answer) => assessed.find((joining) => joining.answer === answer))
    .find((joining) => joining !== undefined);

function assess(joiner: Joiner | null, facts: JoiningFacts): Joining {
  const { consortiumId, isMember } = facts;
  const rules = { consortiumId, ...statedBy(facts) };
  if (joiner === null) return { answer: 'UNKNOWN', because: 'NO_ADMINISTRATION', ...rules };
  if (isMember)
    return requireSource('MEMBER', {
      consortiumId,
      source: facts.membershipSource,
      observedOn: facts.memberObservedOn,
    });
  if (facts.status === 'IN_DISSOLUTION') return { answer: 'NO', because: 'IN_DISSOLUTION', ...rules };
  const notShared = facts.terms.find(({ exceptionGround }) => exceptionGround !== null);
  if (notShared) return { answer: 'NO', because: 'NOT_SHARED', consortiumId, ...statedBy(notShared) };
  // Each of the terms admits some administrations, so that one is enough.
  const assessed = [facts, ...facts.terms].flatMap((stated) => assessRules(joiner, facts, stated) ?? []);
  const inWords = facts.terms.find(({ hasEligibility }) => hasEligibility);
  return (
    selectBest(assessed) ?? {
      answer: 'UNKNOWN',
      ...(inWords
        ? { because: 'RULES_IN_WORDS', consortiumId, ...statedBy(inWords) }
        : { because: 'RULES_NOT_RECORDED', ...rules }),
    }
  );
}

type Rules = Pick<JoiningTerms, 'openToKinds' | 'openToNuts' | 'source' | 'observedOn'>;

/** Whether rules admit an administration. Terms that state only the kinds or only the areas complete the consortium's own rules. */
function assessRules(joiner: Joiner, own: JoiningFacts, stated: Rules): Joining | null {
  const openToKinds = stated.openToKinds ?? own.openToKinds;
  const openToNuts = stated.openToNuts ?? own.openToNuts;
  if (stated.openToKinds === null && stated.openToNuts === null) return null;
  const rules = { consortiumId: own.consortiumId, ...statedBy(stated) };
  if (openToKinds !== null && !openToKinds.includes(joiner.kind))
    return { answer: 'NO', because: 'KIND_NOT_ELIGIBLE', ...rules };
  const isIn = openToNuts === null ? [null] : openToNuts.map((area) => isInArea(joiner, area));
  if (!isIn.includes(true) && !isIn.includes(null)) return { answer: 'NO', because: 'AREA_NOT_ELIGIBLE', ...rules };
  if (openToKinds === null || openToNuts === null)
    return { answer: 'UNKNOWN', because: 'RULES_NOT_RECORDED', ...rules };
  if (!isIn.includes(true)) return { answer: 'UNKNOWN', because: 'AREA_NOT_KNOWN', ...rules };
  const isCompleted = stated.openToKinds === null || stated.openToNuts === null;
  return requireSource('ELIGIBLE', isCompleted && own.source === null ? { ...rules, source: null } : rules);
}

/** Without a source, nothing holds for certain. */
const requireSource = (
  because: 'MEMBER' | 'ELIGIBLE',
  stated: Pick<Joining, 'consortiumId' | 'source' | 'observedOn'>,
): Joining =>
  stated.source === null
    ? { answer: 'UNKNOWN', because: 'SOURCE_NOT_RECORDED', ...stated }
    : { answer: 'YES', because, ...stated };

/** Null if the area is a part of the country, and it is not known in which part the administration is. */
function isInArea({ country, nuts }: Joiner, area: string): boolean | null {
  if (area === country) return true;
  if (nuts === null) return area.startsWith(country) ? null : false;
  if (nuts.startsWith(area)) return true;
  return area.startsWith(nuts) ? null : false;
}
