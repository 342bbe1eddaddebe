import type { IncomingHttpHeaders } from 'node:http';

import { childOf, newTraceparent, readTraceparent } from '../../services/kit/trace-context.js';
import type { GatewayContext } from '../request.js';

export interface ContextOptions {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/** What is known of a request when it begins. It goes on with the trace in which it came. */
export function createContext(
  { traceparent }: IncomingHttpHeaders,
  requestId: string,
  { signal, timeoutMs }: ContextOptions,
): GatewayContext {
  const parent = readTraceparent(traceparent);
  return {
    requestId,
    traceparent: parent === undefined ? newTraceparent() : childOf(parent),
    deadline: performance.now() + timeoutMs,
    signal,
    outcome: { services: new Map() },
  };
}
