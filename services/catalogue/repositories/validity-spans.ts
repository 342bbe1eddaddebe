/** When a row counts, as SQL: from its first day until the day on which it no longer does; null if unknown or endless. */
export interface Span {
  readonly from: string;
  readonly until: string;
}

/** The span that a row's own columns state. See the view `counted_membership`. */
export const statedSpan = (alias: string, hasEnded = `${alias}.ended`): Span => ({
  from: `coalesce(${alias}.start_date, ${alias}.observed_on)`,
  until: `coalesce(${alias}.end_date, CASE WHEN ${hasEnded} THEN coalesce(${alias}.observed_on, ${alias}.start_date) END)`,
});

/** The span of a code, which an organisation holds only while it exists. */
export const heldSpan = (code: string, organisation: { readonly start: string; readonly end: string }): Span => ({
  from: `greatest(${code}.start_date, ${organisation.start})`,
  until: `least(${code}.end_date, ${organisation.end})`,
});

/** Whether a row has an end date if it has ended: one that ended on an unknown day conflicts with no other. */
export const isDated = (alias: string): string => `(${alias}.ended IS NOT TRUE OR ${alias}.end_date IS NOT NULL)`;

/** Whether a day is before a span's end. */
const isBefore = (day: string, end: string): string => `coalesce(${day} < ${end}, true)`;

/** Whether there is a day that both may count on, if each counts on some day. */
export const canOverlap = (one: Span, other: Span): string =>
  `${isBefore(one.from, other.until)} AND ${isBefore(other.from, one.until)}`;

/** Whether there is a day on which both count. */
export const overlap = (one: Span, other: Span): string =>
  `${isBefore(one.from, one.until)} AND ${isBefore(other.from, other.until)} AND ${canOverlap(one, other)}`;

/** An adoption may end by its status, too. */
export const adoptionEnded = (alias: string): string => `${alias}.ended OR ${alias}.status = 'ENDED'`;
