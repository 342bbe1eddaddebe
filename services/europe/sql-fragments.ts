/** Which adoptions count at all: those of a known body, of which its own country says nothing else. */
export const isCounted = (alias: string): string =>
  `${alias}.user_id IS NOT NULL AND NOT ${alias}.user_is_unknown AND NOT ${alias}.is_superseded`;

/** Whether a place in a portfolio holds on a day. */
export const isInPortfolio = (alias: string, day: string): string =>
  `coalesce(${alias}.start_date, ${alias}.observed_on, ${day}) <= ${day}
    AND coalesce(${day} < ${alias}.end_date, ${alias}.ended IS NOT TRUE OR ${day} < ${alias}.observed_on)`;
