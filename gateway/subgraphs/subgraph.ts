import type { GraphQLFormattedError } from 'graphql';

import type { GatewayContext } from '../request/request-context.js';

/** Why a subgraph gave no usable response. */
export type SubgraphErrorCode = 'SUBGRAPH_UNAVAILABLE' | 'SUBGRAPH_TIMEOUT' | 'SUBGRAPH_BAD_RESPONSE';

/** A subgraph gave no usable response. Clients get the code; the message is for the log only. */
export class SubgraphError extends Error {
  readonly code: SubgraphErrorCode;
  constructor(code: SubgraphErrorCode, message: string) {
    super(message);
    this.name = 'SubgraphError';
    this.code = code;
  }
}

/** A subgraph's response, validated. The caller owns it and may change it. */
export interface SubgraphResponse {
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly GraphQLFormattedError[];
  /** The number of further errors that are not in `errors`, because there were too many. Default: none. */
  readonly omittedErrors?: number;
}

/** A subgraph that executes queries. */
export interface Subgraph {
  readonly name: string;
  /**
   * @param body the request's body, JSON: `{"query":…,"variables":…}`
   * @throws SubgraphError when there is no valid GraphQL response.
   */
  readonly execute: (
    body: string,
    request: Pick<GatewayContext, 'requestId' | 'traceparent' | 'deadline' | 'cancellation'>,
  ) => Promise<SubgraphResponse>;
  readonly close: () => Promise<void>;
}
