import { type Cost, findCost } from '../../shared/fees.js';
import type { TermsContent } from '../rows.js';
import type { JoiningFacts } from './may-join.js';
import type { CheckedAdministration } from './reuse-check.js';

type Fee = TermsContent['fees'][number];

/**
 * The fees that an administration pays for a solution on a day, by all terms that are stated for it. An administration that is not
 * known as a member may be one: lists of members have gaps.
 */
export function assessCost(
  administration: CheckedAdministration | null,
  day: string,
  terms: readonly TermsContent[],
  consortia: readonly JoiningFacts[],
): Cost<Fee> {
  const costs = terms.map(({ consortiumId, fees }) => {
    const isMember = consortia.some((consortium) => consortium.consortiumId === consortiumId && consortium.isMember);
    return findCost(fees, {
      population: administration?.population ?? null,
      kind: administration?.kind ?? null,
      isMember: isMember ? true : null,
      day,
    });
  });
  return { fees: costs.flatMap(({ fees }) => fees), undecided: costs.flatMap(({ undecided }) => undecided) };
}
