import type { FetchDataRewrite, QueryPlanSelectionNode } from '@apollo/query-planner';

import type { FetchValidation } from '../validation/fetch-validation.js';
import type { Data, FetchPath } from './result-tree.js';

/** Whether an object is of a type, an interface or a union. */
export type IsOfType = (object: Data, type: string) => boolean;

/** A fetch from one subgraph, with everything prepared that does not depend on the request. */
export interface Fetch {
  readonly service: string;
  /** Where its response belongs in the result. Empty: it fills root fields. */
  readonly path: FetchPath;
  readonly query: string;
  /** The request body up to the values of its variables. */
  readonly bodyPrefix: string;
  /** The names of the operation's variables that it uses. */
  readonly variables: readonly string[];
  /** The fields of the representations by which it requests entities. Null: it requests root fields. */
  readonly requires: readonly QueryPlanSelectionNode[] | null;
  readonly inputRewrites: readonly FetchDataRewrite[];
  readonly outputRewrites: readonly FetchDataRewrite[];
  readonly validation: FetchValidation;
}
