import type { GraphQLFormattedError } from 'graphql';

import type { GatewayContext } from '../request/request-context.js';

/** Why a subgraph gave no answer. */
export type SubgraphErrorCode = 'SUBGRAPH_UNAVAILABLE' | 'SUBGRAPH_TIMEOUT' | 'SUBGRAPH_BAD_RESPONSE';

/** A subgraph gave no answer, for a reason that the client may know. The message is for the log alone. */
export class SubgraphError extends Error {
  readonly code: SubgraphErrorCode;
  constructor(failure: SubgraphErrorCode, message: string) {
    super(message);
    this.name = 'SubgraphError';
    this.code = failure;
  }
}

/** What a subgraph answered, in the form that GraphQL prescribes. Whoever asked may change it: nobody else has it. */
export interface SubgraphResponse {
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly GraphQLFormattedError[];
}

/** A subgraph, as the gateway asks it. */
export interface Subgraph {
  readonly name: string;
  /**
   * @param body the request's body, JSON: `{"query":…,"variables":…}`
   * @throws SubgraphFailure when there is no answer of the form that GraphQL prescribes.
   */
  readonly execute: (
    body: string,
    request: Pick<GatewayContext, 'requestId' | 'traceparent' | 'deadline' | 'cancellation'>,
  ) => Promise<SubgraphResponse>;
  readonly close: () => Promise<void>;
}
