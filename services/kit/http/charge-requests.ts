import type { RequestHandler } from 'express';

import { getClientIp } from '../limits/client-ip.js';
import { type CostBudget, requestCost } from '../limits/cost-budget.js';
import { setHeaders } from './request-error.js';

/** Charges each request, and a large response, to the budget of its client: sending the playground takes as long as ten operations. */
export const chargeRequests =
  (budget: CostBudget, trustedProxyHops: number): RequestHandler =>
  async (request, response, next) => {
    const account = budget.open(getClientIp(request, trustedProxyHops));
    await account.charge(requestCost);
    setHeaders(response, account.headers());
    response.once('finish', () => {
      account.chargeBytes(Number(response.getHeader('content-length') ?? 0));
    });
    next();
  };
