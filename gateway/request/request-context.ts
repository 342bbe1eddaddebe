import type { GatewayExecutionResult } from '@apollo/server-gateway-interface';

import type { CancellationToken } from './cancellation.js';

/** How a service did in one answer. ERROR: it answered, with errors of its own or nothing that could be used. */
export type ServiceState = 'OK' | 'UNAVAILABLE' | 'TIMEOUT' | 'ERROR';

/** What became of a request, written down while it is answered. */
export interface Outcome {
  /** The worst that each service which was asked did, by its name. */
  readonly services: Map<string, ServiceState>;
  /** For how many seconds the answer may be given again. Absent: it is not whole, or nobody has looked yet. */
  maxAgeSeconds?: number;
}

/** What is known of one request on its way through the gateway: Apollo Server's context. */
export interface GatewayContext {
  /** Names the request in every log, the gateway's and the subgraphs'. */
  readonly requestId: string;
  /** W3C Trace Context, as it goes down to subgraphs. */
  readonly traceparent: string;
  /** When nobody waits any longer, in milliseconds of `performance.now()`. */
  readonly deadline: number;
  /** Comes at the deadline, and when the client leaves. */
  readonly cancellation: CancellationToken;
  readonly outcome: Outcome;
  /** What the operation led to, when Apollo Server has only to say it. */
  executionResult?: GatewayExecutionResult;
}
