/**
 * Which adoptions count at all: those of a known body, of which its own country says nothing else, and that speak of use. Who
 * signed an agreement, or took part in something (OTHER), is listed and not counted. An index has the same words.
 */
export const isCounted = (alias: string): string =>
  `${alias}.user_id IS NOT NULL AND NOT ${alias}.user_is_unknown AND NOT ${alias}.is_superseded
    AND ${alias}.status NOT IN ('AGREEMENT', 'OTHER')`;

/** Whether a place in a portfolio holds on a day, and its consortium still exists. */
export const isInPortfolio = (entry: string, consortium: string, day: string): string =>
  `coalesce(${entry}.start_date, ${entry}.observed_on, ${day}) <= ${day}
    AND coalesce(${day} < ${entry}.end_date, ${entry}.ended IS NOT TRUE OR ${day} < ${entry}.observed_on)
    AND exists_on(${consortium}.start_date, ${consortium}.end_date, ${consortium}.ended, ${day})`;
