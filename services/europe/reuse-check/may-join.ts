import type { Assessment, JoiningReason } from '../generated/resolver-types.js';

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

/** Assesses whether an administration may join one of the consortia that maintain a solution: the best answer. */
export function assessJoining(joiner: Joiner | null, consortia: readonly JoiningFacts[]): Joining {
  if (consortia.length === 0) return { answer: 'UNKNOWN', because: 'NO_CONSORTIUM', ...nothing };
  const assessed = consortia.map((facts) => assess(joiner, facts));
  const found = (['YES', 'UNKNOWN', 'NO'] as const)
    .map((answer) => assessed.find((joining) => joining.answer === answer))
    .find((joining) => joining !== undefined);
  return found ?? { answer: 'UNKNOWN', because: 'NO_CONSORTIUM', ...nothing };
}

function assess(joiner: Joiner | null, facts: JoiningFacts): Joining {
  const { consortiumId, openToKinds, openToNuts, isMember } = facts;
  const rules = { consortiumId, source: facts.source, observedOn: facts.observedOn };
  if (joiner === null) return { answer: 'UNKNOWN', because: 'NO_ADMINISTRATION', ...rules };
  if (isMember)
    return requireSource('MEMBER', {
      consortiumId,
      source: facts.membershipSource,
      observedOn: facts.memberObservedOn,
    });
  if (facts.status === 'IN_DISSOLUTION') return { answer: 'NO', because: 'IN_DISSOLUTION', ...rules };
  if (openToKinds === null || openToNuts === null)
    return { answer: 'UNKNOWN', because: 'RULES_NOT_RECORDED', ...rules };
  if (!openToKinds.includes(joiner.kind)) return { answer: 'NO', because: 'KIND_NOT_ELIGIBLE', ...rules };
  const isIn = openToNuts.map((area) => isInArea(joiner, area));
  if (isIn.includes(true)) return requireSource('ELIGIBLE', rules);
  return isIn.includes(null)
    ? { answer: 'UNKNOWN', because: 'AREA_NOT_KNOWN', ...rules }
    : { answer: 'NO', because: 'AREA_NOT_ELIGIBLE', ...rules };
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
