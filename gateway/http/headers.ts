import type { IncomingMessage } from 'node:http';

import type { RawHeaders } from '../request/http-error.js';

/**
 * Whatever is answered. All data is public and the same for everybody: pages of any origin may read it. Nothing can be forged
 * by a foreign page either, so there is no protection against it: there are no cookies and no other credentials that a
 * browser would add, and nothing that a request could change.
 */
const commonHeaders: RawHeaders = [
  'access-control-expose-headers',
  'age, etag, ratelimit, ratelimit-policy, retry-after, x-request-id',
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

/** What answers a browser that asks whether a page may send a request. */
export const preflightHeaders: RawHeaders = [
  'access-control-allow-methods',
  allowedMethods,
  'access-control-allow-headers',
  // The last ones are sent by common GraphQL clients of their own accord; the gateway takes no notice of them.
  'accept, content-type, if-none-match, traceparent, tracestate, x-request-id, ' +
    'apollo-require-preflight, apollographql-client-name, apollographql-client-version, x-apollo-operation-name',
  'access-control-max-age',
  '86400',
];

/**
 * The headers of every answer to a request.
 *
 * @param origins the only ones whose pages may read answers. Undefined: any.
 */
export function createResponseHeaders(
  origins: readonly string[] | undefined,
): (request: IncomingMessage, requestId: string) => string[] {
  if (!origins) {
    const open = [...commonHeaders, 'access-control-allow-origin', '*', 'vary', 'accept', 'x-request-id'];
    return (_request, requestId) => [...open, requestId];
  }
  return ({ headers: { origin } }, requestId) => {
    const named = origin !== undefined && origins.includes(origin) ? ['access-control-allow-origin', origin] : [];
    return [...commonHeaders, ...named, 'vary', 'accept, origin', 'x-request-id', requestId];
  };
}
