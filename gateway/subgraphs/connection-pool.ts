import { Pool } from 'undici';

import type { GatewayContext } from '../request/request-context.js';
import { HttpExchange } from './http-exchange.js';
import { maxResponseBytes, ResponseLimits } from './response-limits.js';

export interface ConnectionPoolOptions {
  /** The URL of its `/subgraph`. */
  readonly url: string;
  /** The bearer token that identifies the gateway to the subgraph. */
  readonly secret?: string | undefined;
  readonly timeoutMs: number;
  /** Maximum connections. Default: 64. */
  readonly maxConnections?: number | undefined;
  /** Maximum size of a response. Default: that of any legitimate one. */
  readonly maxBytes?: number | undefined;
}

/** The ids by which a request is found in a subgraph's log and in a trace. */
export type RequestIds = Pick<GatewayContext, 'requestId' | 'traceparent'>;

/** The connections to one subgraph. */
export interface ConnectionPool {
  /** @param msLeft the time until the deadline: the subgraph receives it, and stops by then too. */
  readonly send: (body: string, names: RequestIds, msLeft: number) => HttpExchange;
  /** Rejects all requests in flight with this error, and closes their connections: later requests get new ones. */
  readonly reset: (error: Error) => void;
  /** Rejects all requests in flight. */
  readonly close: () => Promise<void>;
}

export function createConnectionPool({
  url,
  secret,
  timeoutMs,
  maxConnections = 64,
  maxBytes = maxResponseBytes,
}: ConnectionPoolOptions): ConnectionPool {
  const { origin, pathname, search } = new URL(url);
  const path = pathname + search;
  const open = (): Pool =>
    new Pool(origin, {
      connections: maxConnections,
      pipelining: 1,
      // Each new connection looks up DNS again: connections end after a while, so that they follow a subgraph that moves.
      maxRequestsPerClient: 1_000,
      maxResponseSize: maxBytes,
      connectTimeout: Math.min(timeoutMs, 3_000),
      // Each fetch has a timer of its own, which closes its connection: undici's timers would come on top.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  let pool = open();
  const limits = new ResponseLimits();
  const commonHeaders = ['accept', 'application/json', 'content-type', 'application/json'];
  if (secret !== undefined) commonHeaders.push('authorization', `Bearer ${secret}`);

  return {
    send: (body, { requestId, traceparent }, msLeft) => {
      const exchange = new HttpExchange(limits);
      const headers = commonHeaders.concat('traceparent', traceparent, 'x-request-id', requestId);
      headers.push('x-deadline-ms', String(Math.max(1, Math.floor(msLeft))));
      pool.dispatch({ method: 'POST', path, headers, body }, exchange);
      return exchange;
    },
    reset: (error) => {
      const silent = pool;
      pool = open();
      void silent.destroy(error);
    },
    close: () => pool.destroy(),
  };
}
