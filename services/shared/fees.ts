import type { Day } from './dates.js';

/** What decides who pays a fee, and when: with the names of the contract. */
export interface FeeConditions {
  readonly memberKind: string | null;
  readonly populationMin: number | null;
  readonly populationMax: number | null;
  readonly forMembers: boolean | null;
  readonly during: { readonly start: Day | null; readonly end: Day | null; readonly ended: boolean | null };
  readonly provenance: { readonly observedOn: Day | null };
}

/** The administration that pays, and the day. Null means not known. */
export interface Payer {
  readonly population: number | null;
  readonly kind: string | null;
  readonly isMember: boolean | null;
  readonly day: Day | null;
}

/** Whether a fee applies; `null` if that depends on something that is not known of the payer. */
function applies(fee: FeeConditions, { population, kind, isMember, day }: Payer): boolean | null {
  const conditions = [
    day === null || isValidOn(fee, day),
    fee.memberKind === null || (kind === null ? null : fee.memberKind === kind),
    fee.forMembers === null || (isMember === null ? null : fee.forMembers === isMember),
    (fee.populationMin === null && fee.populationMax === null) ||
      (population === null
        ? null
        : population >= (fee.populationMin ?? 0) && population <= (fee.populationMax ?? Infinity)),
  ];
  if (conditions.includes(false)) return false;
  return conditions.includes(null) ? null : true;
}

/** A fee applies from its start, else from the day on which a source showed it, until its end. */
function isValidOn({ during: { start, end, ended }, provenance: { observedOn } }: FeeConditions, day: Day): boolean {
  const from = start ?? observedOn;
  const until = end ?? (ended === true ? observedOn : null);
  return (from === null || from <= day) && (until === null || day < until);
}

/** What an administration pays. */
export interface Cost<Fee> {
  /** The fees that it pays, in their order. */
  readonly fees: readonly Fee[];
  /** The fees that it may pay: that depends on something that is not known of it. */
  readonly undecided: readonly Fee[];
}

/** Selects the fees that an administration pays on a day. */
export const findCost = <Fee extends FeeConditions>(fees: readonly Fee[], payer: Payer): Cost<Fee> => ({
  fees: fees.filter((fee) => applies(fee, payer) === true),
  undecided: fees.filter((fee) => applies(fee, payer) === null),
});

/** Selects the fees that may apply to a payer: of what is not known, any value is possible. */
export const findPossibleFees = <Fee extends FeeConditions>(fees: readonly Fee[], payer: Payer): Fee[] =>
  fees.filter((fee) => applies(fee, payer) !== false);
