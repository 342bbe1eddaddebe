import type { Store } from './store.js';
import { findBody } from './store.js';
import { countsOn, holds } from './time.js';
import type { Administration, Claim, Consortium, Day, Membership, Organisation } from './types.js';

/** Of which kinds, where and since when this catalogue lists every administration. */
export const completeness = [
  { kind: 'MUNICIPALITY', nuts: 'DK014', since: '2003-01-01' },
  { kind: 'REGION', nuts: null, since: '2007-01-01' },
] as const;

/** What lies in no known region lies in the country. */
export const isIn = ({ nuts }: Administration, area: string): boolean =>
  nuts === null ? area === 'DK' : nuts.startsWith(area);

/** How many administrations of a kind existed. Null, and never a smaller number, where not all are known. */
export function administrationCount(store: Store, kind: string, area: string, day: Day): number | null {
  const isComplete = completeness.some(
    (list) => list.kind === kind && area.startsWith(list.nuts ?? 'DK') && list.since <= day,
  );
  if (!isComplete) return null;
  return store
    .all('ADMINISTRATION')
    .filter((body) => body.kind === kind && isIn(body, area) && holds(body.existed, day)).length;
}

/** Whether a membership counts on a day, while both bodies exist. */
export function isCounted(store: Store, membership: Membership, day: Day): boolean {
  const bodies = [findBody(store, membership.memberId), findBody(store, membership.consortiumId)];
  return countsOn(
    membership,
    bodies.flatMap((body) => (body ? [body.existed] : [])),
    day,
  );
}

const memberRoles = ['FOUNDER', 'MEMBER', 'BOARD'];

/** Who is a member on a day, each once: neither observers nor partners. */
export function membersOn(store: Store, consortiumId: string, day: Day): Organisation[] {
  const ids = store
    .all('MEMBERSHIP')
    .filter((one) => one.consortiumId === consortiumId && memberRoles.includes(one.role) && isCounted(store, one, day))
    .map(({ memberId }) => memberId);
  return [...new Set(ids)].flatMap((id) => findBody(store, id) ?? []);
}

/** How far a consortium reaches among those it is open to. Counted, never taken from a claim. */
export function coverageOf(store: Store, consortium: Consortium, kind: string, day: Day) {
  const { openTo, membersCompleteSince } = consortium;
  const areas = openTo?.kinds.includes(kind) ? openTo.nuts : [];
  const inAreas = areas.map((area) => administrationCount(store, kind, area, day));
  const isKnown = areas.length > 0 && !inAreas.includes(null);
  const eligible = isKnown ? inAreas.reduce<number>((sum, count) => sum + (count ?? 0), 0) : null;
  const known = membersOn(store, consortium.id, day).flatMap((body) =>
    body.type === 'ADMINISTRATION' && body.kind === kind ? [body] : [],
  );
  const complete = membersCompleteSince !== null && membersCompleteSince <= day;
  const reached = known.filter((body) => areas.some((area) => isIn(body, area))).length;
  return {
    asOf: day,
    kind,
    knownMembers: known.length,
    eligible,
    share: complete && eligible !== null && eligible > 0 ? reached / eligible : null,
    complete,
    closestClaim: closestClaim(store, consortium.id, kind, day),
  };
}

const relations = ['MEMBERS', 'SERVED', 'USERS'];

export const claimedOn = ({ asOf, publishedOn }: Claim): Day | null => asOf ?? publishedOn;

function closestClaim(store: Store, consortiumId: string, kind: string, day: Day): Claim | null {
  const candidates = store.all('CLAIM').flatMap((claim) => {
    const on = claimedOn(claim);
    const rank = relations.indexOf(claim.relation ?? '');
    const fits = claim.consortiumId === consortiumId && claim.solutionAddress === null && claim.kind === kind;
    return fits && rank >= 0 && on !== null ? [{ claim, rank, far: Math.abs(Date.parse(on) - Date.parse(day)) }] : [];
  });
  candidates.sort((one, other) => one.far - other.far || one.rank - other.rank);
  return candidates[0]?.claim ?? null;
}
