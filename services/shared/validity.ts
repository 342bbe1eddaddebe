/** SQL condition: a row of a `counted_…` view, with its `counts_from` and `counts_until`, counts on a day. */
export const countsOn = (alias: string, day: string): string =>
  `${alias}.counts_from <= ${day} AND (${alias}.counts_until IS NULL OR ${day} < ${alias}.counts_until)`;
