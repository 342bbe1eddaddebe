import type { Day } from '../../shared/dates.js';
import type { ParentBatch } from '../../kit/graphql/loaders.js';
import { createParameters, type Parameters, keyArray, keysSql } from '../../kit/database/sql-parameters.js';

/** The parent, and its day, that a row belongs to. */
export interface ParentColumns {
  readonly parentId: string;
  readonly parentDay: Day;
}

/** The parents of a batch and their days, as a table; its values are the statement's first two. */
export const requestedParents = `unnest(${keysSql}, ${keyArray('$2', 'date')}) AS parent (id, day)`;

/** What a statement selects to get `ParentColumns`. */
export const parentColumns = 'parent.id AS "parentId", parent.day AS "parentDay"';

/** A moment as the graph writes it: ISO 8601, in UTC. */
export const inUtc = (moment: string): string =>
  `to_char(${moment} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The values of a statement over `requestedParents`, to which more can be added. */
export function createParentParameters({ ids, days }: ParentBatch): Parameters {
  const parameters = createParameters();
  parameters(ids);
  parameters(days);
  return parameters;
}
