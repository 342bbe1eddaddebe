import type { GatewayExecutionResult } from '@apollo/server-gateway-interface';

import type { CostAccount } from '../../services/kit/limits/cost-budget.js';
import type { CancellationToken } from './cancellation.js';

/** How a service did in one response. ERROR: it responded with errors of its own, or with nothing usable. */
export type ServiceState = 'OK' | 'UNAVAILABLE' | 'TIMEOUT' | 'ERROR';

/** The outcome of a request, recorded while it is executed. */
export interface Outcome {
  /** The worst state of each service that was requested, by its name. */
  readonly services: Map<string, ServiceState>;
  /** For how many seconds the response may be cached. Absent: it is incomplete, or not determined yet. */
  maxAgeSeconds?: number;
}

/** The context of one request in the gateway, and in Apollo Server. */
export interface GatewayContext {
  /** Identifies the request in the logs of the gateway and the subgraphs. */
  readonly requestId: string;
  /** The client that sent it, as in the limits per client. */
  readonly client: string;
  /** W3C Trace Context, for the subgraphs. */
  readonly traceparent: string;
  /** When the request times out, in milliseconds of `performance.now()`. */
  readonly deadline: number;
  /** Cancelled at the deadline, and when all clients of the request have disconnected. */
  readonly cancellation: CancellationToken;
  readonly outcome: Outcome;
  /** What the execution is charged to. Undefined: clients have no budget. */
  readonly account?: CostAccount | undefined;
  /** The result of the operation, if Apollo Server only has to format it. */
  executionResult?: GatewayExecutionResult;
}
