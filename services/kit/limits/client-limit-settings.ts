import { integer } from '../config/fields.js';

/**
 * What an operator configures about the clients of a public endpoint.
 *
 * @param prefix of the variables: `DENMARK_`, or nothing.
 */
export const clientLimitSettings = (prefix: string) => ({
  costBudgetPerMinute: integer({ max: 999_999_999 })
    .default(2_000_000)
    .meta({
      variable: `${prefix}COST_BUDGET_PER_MINUTE`,
      description:
        'Maximum cost per minute of the requests of one client: 100 for each request, and the cost of what is executed; 0 disables the limit.',
    }),
  trustedProxyHops: integer({ max: 999_999 })
    .default(0)
    .meta({
      variable: `${prefix}TRUSTED_PROXY_HOPS`,
      description:
        'Number of trusted reverse proxies (hops of `X-Forwarded-For`) in front of the process, which determine the address of the client.',
    }),
});
