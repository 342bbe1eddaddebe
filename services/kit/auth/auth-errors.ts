import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';

/** Whoever asks has not said who they are, though what they ask for needs it (RFC 6750). */
export const unauthenticated = (message: string): GraphQLError =>
  refusal(message, 'UNAUTHENTICATED', 401, ['www-authenticate', 'Bearer']);

/** The same words whatever is wrong with a token: what exactly stands in the log. */
export const invalidToken = (): GraphQLError =>
  refusal(
    'This access token is not taken here. Ask your login system for a new one; reading needs none.',
    'UNAUTHENTICATED',
    401,
    ['www-authenticate', 'Bearer error="invalid_token"'],
  );

/** It is not the fault of whoever shows a token: it cannot be checked just now. */
export const issuerUnavailable = (): GraphQLError =>
  refusal(
    'No access token can be checked just now. Try again in a moment; reading needs none.',
    'ISSUER_UNAVAILABLE',
    503,
    ['retry-after', '10'],
  );

function refusal(message: string, code: string, status: number, header: readonly [string, string]): GraphQLError {
  // Apollo Server wants a Map of headers, where others who extend the type of an error want an object.
  const http: object = { status, headers: new HeaderMap([header]) };
  return new GraphQLError(message, { extensions: { code, http } });
}
