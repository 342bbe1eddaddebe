/** When a row counts, as SQL: from its first day until the one on which it no longer does. Null where nobody knows, or it never ends. */
export interface Span {
  readonly from: string;
  readonly until: string;
}

/** By what a row says of itself. See the view `counted_membership`. */
export const statedSpan = (alias: string, hasEnded = `${alias}.ended`): Span => ({
  from: `coalesce(${alias}.start_date, ${alias}.observed_on)`,
  until: `coalesce(${alias}.end_date, CASE WHEN ${hasEnded} THEN coalesce(${alias}.observed_on, ${alias}.start_date) END)`,
});

/** Of a code, which nobody holds who is not there. */
export const heldSpan = (code: string, body: { readonly start: string; readonly end: string }): Span => ({
  from: `greatest(${code}.start_date, ${body.start})`,
  until: `least(${code}.end_date, ${body.end})`,
});

/** What ended nobody knows when is in nobody's way. */
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
