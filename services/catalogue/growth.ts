import { InputError } from '../kit/errors.js';
import { addMonths } from './dates.js';
import type { Interval } from './generated/resolver-types.js';
import type { ClaimRow, Day } from './rows.js';

const months: Readonly<Record<Interval, number>> = { MONTH: 1, QUARTER: 3, YEAR: 12 };
const mostPoints = 500;

/**
 * The days of a series: the first one, one every interval after it, and the last one.
 *
 * @throws InputError INVALID_ARGUMENT when the days run backwards or the series is too long.
 */
export function pointsBetween(from: Day, to: Day, interval: Interval): Day[] {
  if (from > to) throw new InputError('INVALID_ARGUMENT', `\`from\` (${from}) is after \`to\` (${to}).`);
  const points: Day[] = [];
  for (let index = 0; points.length <= mostPoints; index += 1) {
    const point = addMonths(from, index * months[interval]);
    if (point >= to) break;
    points.push(point);
  }
  points.push(to);
  if (points.length > mostPoints) {
    throw new InputError(
      'INVALID_ARGUMENT',
      `That would be more than ${mostPoints} points. Take a longer \`interval\` or a shorter time.`,
    );
  }
  return points;
}

/** Each point with what was counted on it and what was claimed for the days since the one before. */
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
