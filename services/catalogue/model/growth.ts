import type { Day } from '../../shared/dates.js';
import type { ClaimRow } from './rows.js';

/** Each point with the count of its day and the claims for the days since the point before. */
export function growthPoints(
  counts: readonly { readonly day: Day; readonly knownMembers: number }[],
  claims: readonly ClaimRow[],
): { asOf: Day; knownMembers: number; claims: ClaimRow[] }[] {
  return counts.map(({ day, knownMembers }, index) => {
    const before = counts[index - 1]?.day;
    const isSince = (claimed: Day): boolean =>
      claimed <= day && (before === undefined ? claimed === day : claimed > before);
    return {
      asOf: day,
      knownMembers,
      claims: claims.filter(({ asOf, publishedOn }) => {
        const claimed = asOf ?? publishedOn;
        return claimed !== null && isSince(claimed);
      }),
    };
  });
}
