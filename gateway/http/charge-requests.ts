import type { RequestHandler } from 'express';

import { setHeaders } from '../../services/kit/http/request-error.js';
import { getClientIp } from '../../services/kit/limits/client-ip.js';
import { type CostBudget, requestCost } from '../../services/kit/limits/cost-budget.js';

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
