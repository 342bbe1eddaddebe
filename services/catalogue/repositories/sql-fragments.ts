import type { Day } from '../../shared/dates.js';
import type { ParentBatch } from '../../kit/graphql/loaders.js';
import { createParameters, type Parameters } from '../../kit/database/sql-parameters.js';

/** Which parent, and which day, a row answers. */
export interface Asked {
  readonly parentId: string;
  readonly parentDay: Day;
}

/** The parents of a batch and their days, as a table; its values are the statement's first two. */
export const asked = 'unnest($1::text[], $2::date[]) AS asked (id, day)';

/** What `Asked` is read from. */
export const askedColumns = 'asked.id AS "parentId", asked.day AS "parentDay"';

/** A moment as the graph writes it: ISO 8601, in UTC. */
export const inUtc = (moment: string): string =>
  `to_char(${moment} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Starts the values of a statement over `asked`. */
export function startWith({ ids, days }: ParentBatch): Parameters {
  const parameters = createParameters();
  parameters(ids);
  parameters(days);
  return parameters;
}
