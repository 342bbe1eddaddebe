import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';

/** The request needs an access token and has none (RFC 6750). */
export const unauthenticated = (message: string): GraphQLError =>
  toAuthError(message, 'UNAUTHENTICATED', 401, ['www-authenticate', 'Bearer']);

/** The same message whatever is wrong with a token: the exact reason is in the log. */
export const invalidToken = (): GraphQLError =>
  toAuthError(
    'This access token is not accepted. Get a new one from your login system; reading needs none.',
    'UNAUTHENTICATED',
    401,
    ['www-authenticate', 'Bearer error="invalid_token"'],
  );

/** The token cannot be verified at the moment, which is not the client's fault. */
export const issuerUnavailable = (): GraphQLError =>
  toAuthError(
    'Access tokens cannot be verified at the moment. Retry in a few seconds; reading needs none.',
    'ISSUER_UNAVAILABLE',
    503,
    ['retry-after', '10'],
  );

function toAuthError(message: string, code: string, status: number, header: readonly [string, string]): GraphQLError {
  // Apollo Server requires a Map of headers, where other libraries that extend the error type require an object.
  const http: object = { status, headers: new HeaderMap([header]) };
  return new GraphQLError(message, { extensions: { code, http } });
}
