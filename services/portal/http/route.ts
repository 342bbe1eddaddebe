import cors from 'cors';
import compression from 'compression';
import { type Request, type RequestHandler, type Response, Router } from 'express';

import { HttpError } from '../../kit/http-error.js';
import { setHeaders } from '../../kit/http/request-error.js';
import { getClientIp } from '../../kit/limits/client-ip.js';
import { type CostAccount, type CostBudget, requestCost } from '../../kit/limits/cost-budget.js';
import type { ExecutionSlots, Slot } from '../../kit/limits/execution-slots.js';
import type { Logger } from '../../kit/observability/logger.js';
import { newRequestId } from '../../kit/observability/trace-context.js';
import { withServerSpan } from '../../kit/observability/tracing.js';
import { onceClosed } from '../../kit/once-closed.js';
import type { Sender } from '../gateway/gateway-client.js';
import type { ClientTurns } from './client-turns.js';

/** The client of a request. */
export interface RequestSender extends Sender {
  /**
   * Resolves when a response may begin that is sent part by part, at the pace of the client. From then on it takes no place of
   * responses that are sent at once.
   *
   * @throws HttpError when too many are being sent, of this client or of all.
   */
  readonly beginStream: () => Promise<void>;
}

/** Serves a request. What it throws before the first byte is the response. */
export type Handler = (request: Request, response: Response, sender: RequestSender) => Promise<void> | void;

/** A path, and what serves each of its methods. HEAD is served like GET. */
export interface Route {
  /** As Express writes paths; it is also the label of its metrics, unless several pages share it. */
  readonly path: string;
  readonly get?: Handler;
  readonly post?: Handler;
}

export interface RouterOptions {
  /** The cost per minute of each client. Default: it has no limit. */
  readonly budget: CostBudget | undefined;
  /** Bounds how many requests are served at the same time, until their responses begin. */
  readonly slots: ExecutionSlots;
  /** Bounds how many responses are sent part by part at the same time, for minutes if their clients read slowly. */
  readonly streams: ExecutionSlots;
  /** Those of synchronous work, such as rendering. */
  readonly turns: ClientTurns;
  readonly trustedProxyHops: number;
  readonly logger: Logger;
}

const exposedHeaders = ['etag', 'link', 'ratelimit', 'ratelimit-policy', 'retry-after', 'x-request-id'];

/** Serves routes, each within the limits of its client. All data is public: pages of any origin may read it. */
export function createRouter(routes: readonly Route[], options: RouterOptions): Router {
  const router = Router({ caseSensitive: true });
  router.use(
    routes.map(({ path }) => path),
    ignoreCacheControl,
    cors({ exposedHeaders, methods: ['GET', 'HEAD', 'POST'], maxAge: 86_400 }),
    compression(),
  );
  for (const { path, get, post } of routes) {
    const route = router.route(path);
    if (get) route.get(limited(path, get, options));
    if (post) route.post(limited(path, post, options));
    const allowed = [...(get ? ['GET', 'HEAD'] : []), ...(post ? ['POST'] : [])].join(', ');
    route.all(() => {
      throw new HttpError(`The method is not allowed here. Allowed: ${allowed}.`, {
        status: 405,
        code: 'METHOD_NOT_ALLOWED',
        headers: ['allow', allowed],
      });
    });
  }
  return router;
}

/** It is for caches: `fetch` in Node sends `no-cache` with each conditional request, for which Express would send the whole body. */
const ignoreCacheControl: RequestHandler = (request, _response, next) => {
  delete request.headers['cache-control'];
  next();
};

/** Serves a request within its client's budget, a share of the slots, and in turns with other clients. */
const limited =
  (
    path: string,
    handler: Handler,
    { budget, slots, streams, turns, trustedProxyHops, logger }: RouterOptions,
  ): RequestHandler =>
  (request, response, next) => {
    const serve = async (): Promise<void> => {
      const client = getClientIp(request, trustedProxyHops);
      const account = budget?.open(client);
      const signal = signalOf(response);
      const requestId = newRequestId();
      response.set('x-request-id', requestId);
      try {
        await account?.charge(requestCost);
      } finally {
        // What its operations cost is not known yet.
        setHeaders(response, account?.budgetHeaders() ?? []);
      }
      const leaveTurns = turns.enter(client);
      const takeTurn = (): Promise<void> | undefined => turns.take(client);
      const slot = slots.take(client);
      let stream: Slot | undefined;
      const beginStream = async (): Promise<void> => {
        stream = streams.take(client);
        await stream.granted;
        slot.leave();
      };
      try {
        await slot.granted;
        await takeTurn();
        const sender = { client, requestId, signal, ...createCharges(account, signal), takeTurn, beginStream };
        await handler(request, response, sender);
      } finally {
        slot.leave();
        stream?.leave();
        leaveTurns();
      }
    };
    withServerSpan(`${request.method} ${path}`, undefined, response, () => {
      serve().catch((error: unknown) => {
        // An error after the client has disconnected is not a fault.
        if (request.socket.destroyed) return;
        if (!response.headersSent) {
          next(error);
          return;
        }
        // A client must not take what was sent for the whole: its transfer ends without the last chunk.
        logger.warn({ err: error, path }, 'a response was cut off');
        response.destroy();
      });
    });
  };

/**
 * Charges a client for the operations of one request. Only the first is rejected if the budget is used up: a client that reads a long
 * list gets it at the pace of its budget, and not a part of it.
 */
function createCharges(account: CostAccount | undefined, signal: AbortSignal): Pick<Sender, 'charge' | 'chargeRest'> {
  let hasBegun = false;
  return {
    charge: async () => {
      if (hasBegun) await account?.chargeWhenAvailable(requestCost, signal);
      else await account?.charge(requestCost);
      hasBegun = true;
    },
    chargeRest: async (cost) => {
      if (cost > requestCost) await account?.chargeAfterwards(cost - requestCost);
    },
  };
}

/** Aborted when the client disconnects before the response is sent. */
function signalOf(response: Response): AbortSignal {
  const controller = new AbortController();
  onceClosed(response, () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}

/** The route of a path, for metrics: `/export/solutions.csv` -> `/export/:file`. */
export function createRouteFinder(paths: readonly string[]): (path: string) => string | undefined {
  const starts = paths.map((path) => {
    const [start = ''] = path.split(/\{?\/[:*]/, 1);
    return { path, start, isExact: start === path, isOptional: path.startsWith(`${start}{`) };
  });
  const byLength = starts.sort((one, other) => other.start.length - one.start.length);
  return (path) =>
    byLength.find(
      ({ start, isExact, isOptional }) =>
        ((isExact || isOptional) && path === start) || (!isExact && path.startsWith(`${start}/`)),
    )?.path;
}
