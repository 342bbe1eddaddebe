import type { FetchDataRewrite, QueryPlanSelectionNode } from '@apollo/query-planner';

import type { Data, FetchPath } from './result-tree.js';

/** Whether an object is of a type, an interface or a union. */
export type IsOfType = (object: Data, type: string) => boolean;

/** One question to one subgraph, everything prepared that does not depend on the request. */
export interface Fetch {
  readonly service: string;
  /** Where its answer belongs in the whole. Empty: it fills root fields. */
  readonly path: FetchPath;
  readonly query: string;
  /** The body of the request up to the values of its variables. */
  readonly bodyPrefix: string;
  /** The names of the client's variables that it uses. */
  readonly variables: readonly string[];
  /** How the objects that it completes are named to the subgraph. Null: it asks for fields of the root. */
  readonly requires: readonly QueryPlanSelectionNode[] | null;
  readonly inputRewrites: readonly FetchDataRewrite[];
  readonly outputRewrites: readonly FetchDataRewrite[];
}
