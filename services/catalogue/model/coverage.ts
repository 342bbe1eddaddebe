import { type CountedValues, countOnDays } from '../../shared/count-on-days.js';
import type { Day } from '../../shared/dates.js';
import type { AdministrationKind } from '../generated/resolver-types.js';

/** Members that count on some days; a value is the id of a member. */
interface CoveringMembers extends CountedValues {
  readonly kind: AdministrationKind | null;
  /** Whether they are in an area to which the consortium is open. */
  readonly isInOpenArea: boolean;
}

/** The eligible administrations, if they are all known, and whether the members are. */
interface Eligible {
  readonly eligible: number | null;
  readonly complete: boolean;
}

/**
 * Counts the members of a kind on a day. The share counts only those that are eligible themselves; it is null unless the catalogue
 * knows all members, and all that are eligible.
 */
export function countCoverage(
  members: readonly CoveringMembers[],
  { eligible, complete }: Eligible,
  { kind, day }: { readonly kind: AdministrationKind; readonly day: Day },
): { readonly knownMembers: number; readonly share: number | null } {
  const ofKind = members.filter((one) => one.kind === kind);
  const count = (counted: readonly CoveringMembers[]): number => countOnDays(counted, [day])[0] ?? 0;
  return {
    knownMembers: count(ofKind),
    share: complete && eligible ? count(ofKind.filter(({ isInOpenArea }) => isInOpenArea)) / eligible : null,
  };
}
