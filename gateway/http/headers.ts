import type { IncomingMessage } from 'node:http';

import type { RawHeaders } from '../../services/kit/http-error.js';

/**
 * The headers of all responses. All data is public and the same for all clients: pages of any origin may read it. There is
 * no CSRF protection, because a foreign page can forge nothing: there are no cookies or other credentials that a browser
 * would add, and nothing that a request could change.
 */
const commonHeaders: RawHeaders = [
  'access-control-expose-headers',
  'age, etag, ratelimit, ratelimit-policy, retry-after, x-request-cost, x-request-id',
  'content-security-policy',
  "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy',
  'cross-origin',
  'referrer-policy',
  'no-referrer',
  'x-content-type-options',
  'nosniff',
];

export const allowedMethods = 'GET, HEAD, POST, OPTIONS';

/** The headers of the response to a CORS preflight request. */
export const preflightHeaders: RawHeaders = [
  'access-control-allow-methods',
  allowedMethods,
  'access-control-allow-headers',
  // The last ones are sent by common GraphQL clients by default; the gateway ignores them.
  'accept, content-type, if-none-match, traceparent, tracestate, x-request-id, ' +
    'apollo-require-preflight, apollographql-client-name, apollographql-client-version, x-apollo-operation-name',
  'access-control-max-age',
  '86400',
];

/**
 * Creates the headers of each response.
 *
 * @param origins the only origins whose pages may read responses. Undefined: any.
 */
export function createResponseHeaders(
  origins: readonly string[] | undefined,
): (request: IncomingMessage, requestId: string) => string[] {
  if (!origins) {
    const openHeaders = [
      ...commonHeaders,
      'access-control-allow-origin',
      '*',
      'vary',
      'accept, accept-encoding',
      'x-request-id',
    ];
    return (_request, requestId) => [...openHeaders, requestId];
  }
  return ({ headers: { origin } }, requestId) => {
    const allowedOrigin =
      origin !== undefined && origins.includes(origin) ? ['access-control-allow-origin', origin] : [];
    return [...commonHeaders, ...allowedOrigin, 'vary', 'accept, accept-encoding, origin', 'x-request-id', requestId];
  };
}
