import type { AskedParents } from '../../kit/loaders.js';
import { createParameters, type Parameters } from '../../kit/sql.js';
import type { Day } from '../rows.js';

/** Which parent, and which day, a row answers. */
export interface Asked {
  readonly askedId: string;
  readonly askedDay: Day;
}

/** The parents of a batch and their days, as a table; its values are the statement's first two. */
export const asked = 'unnest($1::text[], $2::date[]) AS asked (id, day)';

/** What `Asked` is read from. */
export const askedColumns = 'asked.id AS "askedId", asked.day AS "askedDay"';

/** Starts the values of a statement over `asked`. */
export function startWith({ ids, days }: AskedParents): Parameters {
  const parameters = createParameters();
  parameters(ids);
  parameters(days);
  return parameters;
}

/** Whether a row of a counted view (`counted_membership`, `counted_adoption`) counts on a day. */
export const countsOn = (alias: string, day: string): string =>
  `${alias}.counts_from <= ${day} AND (${alias}.counts_until IS NULL OR ${day} < ${alias}.counts_until)`;

/**
 * Whether a NUTS region lies in an area: its code begins with the area's. Written as a range, which an index serves also where
 * the area comes out of a row; every code is of digits and capitals, before the tilde. What has no region lies in the country.
 */
export const inArea = (nuts: string, area: string, country: string): string =>
  `((${nuts} >= ${area} AND ${nuts} < ${area} || '~') OR (${nuts} IS NULL AND ${area} = ${country}))`;
