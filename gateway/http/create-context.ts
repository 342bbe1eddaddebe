import type { IncomingHttpHeaders } from 'node:http';

import { childTraceparent, newTraceparent, parseTraceparent } from '../../services/kit/observability/trace-context.js';
import { currentTraceparent } from '../../services/kit/observability/tracing.js';
import type { CostAccount } from '../../services/kit/limits/cost-budget.js';
import type { CancellationToken } from '../request/cancellation.js';
import type { GatewayContext } from '../request/request-context.js';

export interface ContextOptions {
  readonly cancellation: CancellationToken;
  readonly timeoutMs: number;
  readonly account: CostAccount | undefined;
}

/** Creates the context of a request, which continues the client's trace. */
export function createContext(
  { traceparent }: IncomingHttpHeaders,
  { requestId, client }: Pick<GatewayContext, 'requestId' | 'client'>,
  { cancellation, timeoutMs, account }: ContextOptions,
): GatewayContext {
  return {
    requestId,
    client,
    // Where spans are recorded, the current span is already in the client's trace.
    traceparent: currentTraceparent() ?? continueTrace(parseTraceparent(traceparent)),
    deadline: performance.now() + timeoutMs,
    cancellation,
    outcome: { services: new Map() },
    account,
  };
}

const continueTrace = (parent: string | undefined): string =>
  parent === undefined ? newTraceparent() : childTraceparent(parent);
