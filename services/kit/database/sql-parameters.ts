/** The values of a statement while it is written: each call adds one and gives its placeholder. */
export interface Parameters {
  (value: unknown): string;
  readonly values: readonly unknown[];
}

/** Starts a statement's list of values. */
export function createParameters(): Parameters {
  const values: unknown[] = [];
  const add = (value: unknown): string => {
    values.push(value);
    return `$${values.length}`;
  };
  return Object.assign(add, { values });
}

/** Whether a row of a counted view, with its `counts_from` and `counts_until`, counts on a day. */
export const countsOn = (alias: string, day: string): string =>
  `${alias}.counts_from <= ${day} AND (${alias}.counts_until IS NULL OR ${day} < ${alias}.counts_until)`;

/**
 * Whether a region lies in an area: its NUTS code begins with the area's. Written as a range, which an index serves also where
 * the area comes out of a row; every code is of digits and capitals, before the tilde. What has no region lies in the country.
 */
export const inArea = (nuts: string, area: string, country: string): string =>
  `((${nuts} >= ${area} AND ${nuts} < ${area} || '~') OR (${nuts} IS NULL AND ${area} = ${country}))`;
