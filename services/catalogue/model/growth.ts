import { type CountedSpan, countOnDays } from '../../shared/count-on-days.js';
import type { Day } from '../../shared/dates.js';
import type { ClaimRow } from './rows.js';

/** Each point with the count of its day and the claims for the days since the point before. */
export function growthPoints(
  days: readonly Day[],
  members: readonly (CountedSpan & { readonly memberId: string; readonly isAbroad: boolean })[],
  claims: readonly ClaimRow[],
): { asOf: Day; knownMembers: number; unconfirmedMembers: number; claims: ClaimRow[] }[] {
  const [known, unconfirmed] = [false, true].map((abroad) =>
    countOnDays(
      members.filter(({ isAbroad }) => isAbroad === abroad),
      ({ memberId }) => memberId,
      days,
    ),
  );
  return days.map((day, index) => {
    const before = days[index - 1];
    const isSince = (claimed: Day): boolean =>
      claimed <= day && (before === undefined ? claimed === day : claimed > before);
    return {
      asOf: day,
      knownMembers: known?.[index] ?? 0,
      unconfirmedMembers: unconfirmed?.[index] ?? 0,
      claims: claims.filter(({ asOf, publishedOn }) => {
        const claimed = asOf ?? publishedOn;
        return claimed !== null && isSince(claimed);
      }),
    };
  });
}
