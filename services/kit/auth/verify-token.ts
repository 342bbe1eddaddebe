import { errors, type JWTPayload, jwtVerify } from 'jose';

import type { Logger } from '../observability/logger.js';
import { createRateLimitedLog } from '../observability/rate-limited-log.js';
import { fetchKeys } from './fetch-jwks.js';
import { createKeyCache, KeysUnavailable, type IssuerTimes, standardTimes } from './jwks-cache.js';
import { invalidToken, issuerUnavailable } from './auth-errors.js';
import type { IdentitySettings } from './oidc-settings.js';

/** What an access token says, after it was checked. */
export interface VerifiedToken {
  readonly issuer: string;
  /** Who it was given to: unique and never reassigned at its issuer. */
  readonly subject: string;
  readonly claims: JWTPayload;
}

/**
 * Reads an `Authorization` header. Null when it holds no bearer token.
 *
 * @throws GraphQLError UNAUTHENTICATED when the token is not taken, ISSUER_UNAVAILABLE when that cannot be found out just now.
 */
export type TokenVerifier = (authorization: string | undefined) => Promise<VerifiedToken | null>;

/** A token with many roles has a few thousand characters. */
const longestToken = 12_000;

/** Of access tokens (RFC 9068), and of issuers older than that. Other tokens of an issuer are no access tokens, whatever else they say. */
const types: readonly unknown[] = [undefined, 'jwt', 'at+jwt', 'application/at+jwt'];

/** Checks access tokens of one issuer by its keys. What is wrong with a token stands in the log, and never the token. */
export function createTokenVerifier(
  settings: IdentitySettings,
  logger: Logger,
  times: IssuerTimes = standardTimes,
): TokenVerifier {
  const logOnce = createRateLimitedLog();
  const findKey = createKeyCache(
    () => fetchKeys(settings, times.answer),
    (error) => {
      logger.error({ err: error }, 'the keys of the login system cannot be had');
    },
    times,
  );
  const verify = async (token: string): Promise<VerifiedToken> => {
    if (token.length > longestToken) throw new Refused(`longer than ${longestToken} characters`);
    const { payload, protectedHeader } = await jwtVerify(token, findKey, {
      issuer: settings.issuer,
      audience: settings.audience,
      algorithms: [...settings.algorithms],
      clockTolerance: settings.clockToleranceSeconds,
      requiredClaims: ['exp', 'sub'],
    });
    if (!types.includes(protectedHeader.typ?.toLowerCase())) throw new Refused('no access token by its type');
    const subject: unknown = payload.sub;
    if (typeof subject !== 'string' || subject === '' || subject.length > 255) throw new Refused('its subject');
    return { issuer: settings.issuer, subject, claims: payload };
  };
  return async (authorization = '') => {
    const token = /^bearer(?: +(.*))?$/i.exec(authorization);
    if (!token) return null;
    try {
      return await verify(token[1] ?? '');
    } catch (error) {
      if (error instanceof KeysUnavailable) throw issuerUnavailable();
      const reason = reasonOf(error);
      logOnce(reason, (suppressed) => {
        logger.warn({ reason, suppressed }, `an access token was refused: ${reason}`);
      });
      throw invalidToken();
    }
  };
}

/** A token that is refused for something that jose does not look at. */
class Refused extends Error {}

/** What was wrong, in words of which there are few, and none from the token. */
function reasonOf(error: unknown): string {
  if (error instanceof Refused) return error.message;
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed) return `its claim ${error.claim}, ${error.reason}`;
  // Whatever else goes wrong is wrong with the token: nothing of it has been trusted yet.
  return error instanceof errors.JOSEError ? error.code : 'ERR_UNREADABLE';
}
