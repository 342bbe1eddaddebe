import { errors, type JWTPayload, jwtVerify } from 'jose';

import type { Logger } from '../observability/logger.js';
import { createRateLimitedLog } from '../observability/rate-limited-log.js';
import { fetchJwks } from './fetch-jwks.js';
import { createJwksCache, defaultJwksTimes, type JwksTimes, KeysUnavailableError } from './jwks-cache.js';
import { invalidToken, issuerUnavailable } from './auth-errors.js';
import type { IdentitySettings } from './oidc-settings.js';

/** The verified content of an access token. */
export interface VerifiedToken {
  readonly issuer: string;
  /** The user it was issued to: unique and never reassigned at its issuer. */
  readonly subject: string;
  readonly claims: JWTPayload;
}

/**
 * Verifies the token of an `Authorization` header. Null if it contains no bearer token.
 *
 * @throws GraphQLError UNAUTHENTICATED if the token is rejected, ISSUER_UNAVAILABLE if it cannot be verified at the moment.
 */
export type TokenVerifier = (authorization: string | undefined) => Promise<VerifiedToken | null>;

/** A token with many roles has a few thousand characters. */
const maxTokenLength = 12_000;

/** The types of access tokens (RFC 9068), including those of older issuers. Other tokens of an issuer are not access tokens. */
const accessTokenTypes: readonly unknown[] = [undefined, 'jwt', 'at+jwt', 'application/at+jwt'];

/** Creates the verifier for access tokens of one issuer. Why a token is rejected is logged; the token never is. */
export function createTokenVerifier(
  settings: IdentitySettings,
  logger: Logger,
  times: JwksTimes = defaultJwksTimes,
): TokenVerifier {
  const logOnce = createRateLimitedLog();
  const findKey = createJwksCache(
    () => fetchJwks(settings, times.timeoutMs),
    (error) => {
      logger.error({ err: error }, 'the keys of the login system cannot be fetched');
    },
    times,
  );
  const verify = async (token: string): Promise<VerifiedToken> => {
    if (token.length > maxTokenLength) throw new RejectedTokenError(`longer than ${maxTokenLength} characters`);
    const { payload, protectedHeader } = await jwtVerify(token, findKey, {
      issuer: settings.issuer,
      audience: settings.audience,
      algorithms: [...settings.algorithms],
      clockTolerance: settings.clockToleranceSeconds,
      requiredClaims: ['exp', 'sub'],
    });
    if (!accessTokenTypes.includes(protectedHeader.typ?.toLowerCase()))
      throw new RejectedTokenError('not of the type of an access token');
    const subject: unknown = payload.sub;
    if (typeof subject !== 'string' || subject === '' || subject.length > 255)
      throw new RejectedTokenError('an invalid subject');
    return { issuer: settings.issuer, subject, claims: payload };
  };
  return async (authorization = '') => {
    const token = /^bearer(?: +(.*))?$/i.exec(authorization);
    if (!token) return null;
    try {
      return await verify(token[1] ?? '');
    } catch (error) {
      if (error instanceof KeysUnavailableError) throw issuerUnavailable();
      const reason = toReason(error);
      logOnce(reason, (suppressed) => {
        logger.warn({ reason, suppressed }, `access token rejected: ${reason}`);
      });
      throw invalidToken();
    }
  };
}

/** A token is rejected for something that jose does not check. */
class RejectedTokenError extends Error {}

/** Why a token was rejected: one of a few texts, none of which quotes the token. */
function toReason(error: unknown): string {
  if (error instanceof RejectedTokenError) return error.message;
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed) return `an invalid claim ${error.claim}: ${error.reason}`;
  // Any other error is caused by the token: nothing of it has been trusted yet.
  return error instanceof errors.JOSEError ? error.code : 'ERR_UNREADABLE';
}
