import type { ErrorRequestHandler } from 'express';

import { isClientLimit } from '../../kit/http-error.js';
import { getClientIp } from '../../kit/limits/client-ip.js';
import { RejectionPace } from '../../kit/limits/rejection-pace.js';

/** Delays the rejections of a client that exceeds its limits again and again, in whichever form they are sent. */
export function paceRejections(trustedProxyHops: number): ErrorRequestHandler {
  const pace = new RejectionPace();
  return async (error: unknown, request, response, next) => {
    if (isClientLimit(error)) await pace.wait(getClientIp(request, trustedProxyHops), response);
    next(error);
  };
}
