import { Pool } from 'undici';

import type { GatewayContext } from '../request/request-context.js';
import { HttpExchange } from './http-exchange.js';

export interface ConnectionPoolOptions {
  /** Where its `/subgraph` is. */
  readonly url: string;
  /** Shows the subgraph that it is the gateway who asks. */
  readonly secret?: string | undefined;
  readonly timeoutMs: number;
}

/** The names by which a request is found again in a subgraph's log and in a trace. */
export type RequestIds = Pick<GatewayContext, 'requestId' | 'traceparent'>;

/** The connections to a subgraph. */
export interface ConnectionPool {
  /** @param msLeft how long the answer is waited for: the subgraph is told, and stops by then too. */
  readonly send: (body: string, names: RequestIds, msLeft: number) => HttpExchange;
  /** Whoever is still waiting is let go. */
  readonly close: () => Promise<void>;
}

/** No honest answer is larger: a page of 200 bodies with everything is a twentieth of it. */
const maxResponseBytes = 20 * 1024 * 1024;

export function createConnectionPool({ url, secret, timeoutMs }: ConnectionPoolOptions): ConnectionPool {
  const { origin, pathname, search } = new URL(url);
  const path = pathname + search;
  const pool = new Pool(origin, {
    connections: 64,
    pipelining: 1,
    // Each new connection asks DNS again. So that one moves to where the subgraph now is, it ends after a while.
    maxRequestsPerClient: 1_000,
    maxResponseSize: maxResponseBytes,
    connectTimeout: Math.min(timeoutMs, 3_000),
    // Each fetch has a timer of its own, which closes its connection: undici's would only be more of them.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const standing = ['accept', 'application/json', 'content-type', 'application/json'];
  if (secret !== undefined) standing.push('authorization', `Bearer ${secret}`);

  return {
    send: (body, { requestId, traceparent }, msLeft) => {
      const exchange = new HttpExchange();
      const headers = standing.concat('traceparent', traceparent, 'x-request-id', requestId);
      headers.push('x-deadline-ms', String(Math.max(1, Math.floor(msLeft))));
      pool.dispatch({ method: 'POST', path, headers, body }, exchange);
      return exchange;
    },
    close: () => pool.destroy(),
  };
}
