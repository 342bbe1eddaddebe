import type { GraphQLError } from 'graphql';

import type { GatewayContext } from '../request/request-context.js';
import type { FindScanner } from './operation-scanners.js';
import type { Subgraph } from '../subgraphs/subgraph.js';
import type { OnFindings } from '../validation/findings-log.js';
import type { IsOfType } from './fetch.js';
import type { Data, Path } from './result-tree.js';

/** What the execution of a plan needs to know of the graph. */
export interface ExecutionEnvironment {
  readonly subgraphs: ReadonlyMap<string, Subgraph>;
  readonly isOfType: IsOfType;
  /** The one subgraph that decides whether an organisation of this type exists. */
  readonly ownerOf: (typename: string) => string | undefined;
  /** Called for each response with invalid values or fields that were not selected. */
  readonly onFindings: OnFindings;
}

/** One execution of a plan. */
export interface PlanExecution extends ExecutionEnvironment {
  /** The values of variables as the client sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly request: GatewayContext;
  /** Finds the scanner of a fetch. Undefined: responses are parsed. */
  readonly findScanner?: FindScanner | undefined;
  /** Whether fetches that could run at the same time run one after the other. Default: no. */
  readonly fetchesInTurn?: boolean | undefined;
  /** Returns the path in the response of a path in `data`. */
  readonly toClientPath: (path: Path) => Path;
  /** The result so far. */
  readonly data: Data;
  readonly errors: GraphQLError[];
}
