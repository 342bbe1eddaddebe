import { type CountedValues, countOnDays } from '../../shared/count-on-days.js';
import type { Day } from '../../shared/dates.js';
import type { ClaimRow } from './rows.js';

/** Members that count on some days; a value is the id of a member. */
interface GrowingMembers extends CountedValues {
  readonly isAbroad: boolean;
  /** Whether the start of the membership is recorded; if not, it counts from the day it was observed. */
  readonly isDated: boolean;
}

/** A point without what depends on the consortium only. */
interface CountedPoint {
  readonly asOf: Day;
  readonly knownMembers: number;
  readonly dated: number;
  readonly observed: number;
  readonly unconfirmedMembers: number;
  readonly claims: readonly ClaimRow[];
}

/**
 * Each point with the counts of its day and the claims for the days since the point before: those about the consortium, and not
 * those about one of its solutions, whose users are no members.
 */
export function growthPoints(
  days: readonly Day[],
  members: readonly GrowingMembers[],
  claims: readonly ClaimRow[],
): CountedPoint[] {
  const count = (isCounted: (one: GrowingMembers) => boolean): number[] => countOnDays(members.filter(isCounted), days);
  const known = count(({ isAbroad }) => !isAbroad);
  const dated = count(({ isAbroad, isDated }) => !isAbroad && isDated);
  const unconfirmed = count(({ isAbroad }) => isAbroad);
  return days.map((day, index) => {
    const before = days[index - 1];
    const isSince = (claimed: Day): boolean =>
      claimed <= day && (before === undefined ? claimed === day : claimed > before);
    return {
      asOf: day,
      knownMembers: known[index] ?? 0,
      dated: dated[index] ?? 0,
      observed: (known[index] ?? 0) - (dated[index] ?? 0),
      unconfirmedMembers: unconfirmed[index] ?? 0,
      claims: claims.filter(({ address, asOf, publishedOn }) => {
        const claimed = asOf ?? publishedOn;
        return address === null && claimed !== null && isSince(claimed);
      }),
    };
  });
}
