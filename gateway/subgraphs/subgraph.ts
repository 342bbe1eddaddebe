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
  /** Whether its data is validated and contains raw JSON. Default: it is parsed, and validated when it is merged. */
  readonly isValidated?: boolean;
  /** The number of further errors that are not in `errors`, because there were too many. Default: none. */
  readonly omittedErrors?: number;
}

/** Reads the body of a response without parsing it. Undefined: it has to be parsed. */
export type ScanBody = (body: Buffer) => SubgraphResponse | undefined;

/** A subgraph that executes queries. */
export interface Subgraph {
  readonly name: string;
  /**
   * @param body the request's body, JSON: `{"query":…,"variables":…}`
   * @param scan reads a response without parsing it, if it can. Default: responses are parsed.
   * @throws SubgraphError when there is no valid GraphQL response.
   */
  readonly execute: (
    body: string,
    request: Pick<GatewayContext, 'requestId' | 'traceparent' | 'deadline' | 'cancellation'>,
    scan?: ScanBody,
  ) => Promise<SubgraphResponse>;
  readonly close: () => Promise<void>;
}
