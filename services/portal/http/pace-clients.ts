import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';

import { getClientIp } from '../../kit/limits/client-ip.js';
import { isRejection, RejectionPace } from '../../kit/limits/rejection-pace.js';
import type { ClientTurns } from './client-turns.js';

/** Delays what a client repeats although it gets nothing for it. */
export interface PacedClients {
  /** Preflight requests, which have no cost. */
  readonly preflights: RequestHandler;
  /** Rejections, in whichever form they are sent: to render one as a page takes as long as to serve one. */
  readonly rejections: ErrorRequestHandler;
}

export function paceClients(trustedProxyHops: number, turns: ClientTurns): PacedClients {
  const pace = new RejectionPace();
  const wait = async (request: Request, response: Response): Promise<void> => {
    const client = getClientIp(request, trustedProxyHops);
    await pace.wait(client, response);
    await turns.take(client);
  };
  return {
    preflights: async (request, response, next) => {
      if (request.method === 'OPTIONS') await wait(request, response);
      next();
    },
    rejections: async (error: unknown, request, response, next) => {
      const { status = 500 } = error as { readonly status?: number };
      if (isRejection(status)) await wait(request, response);
      next(error);
    },
  };
}
