import { errors, type JWTPayload, jwtVerify, type JWTVerifyOptions, type JWTVerifyResult } from 'jose';

import type { Logger } from '../observability/logger.js';
import { createRateLimitedLog } from '../observability/rate-limited-log.js';
import { findAccessTokenProblem } from './access-token-problem.js';
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

/** How many keys a token without a key's id is tried with. Issuers publish two to seven keys. */
const maxTriedKeys = 10;

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
  const options: JWTVerifyOptions = {
    issuer: settings.issuer,
    audience: settings.audience,
    algorithms: [...settings.algorithms],
    clockTolerance: settings.clockToleranceSeconds,
    requiredClaims: ['exp', 'sub'],
  };
  const verifySignatureAndClaims = async (token: string): Promise<JWTVerifyResult> => {
    try {
      return await jwtVerify(token, findKey, options);
    } catch (error) {
      if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
      return await verifyByAnyKey(token, error, options);
    }
  };
  const verify = async (token: string): Promise<VerifiedToken> => {
    if (token.length > maxTokenLength) throw new RejectedTokenError(`longer than ${maxTokenLength} characters`);
    const { payload, protectedHeader } = await verifySignatureAndClaims(token);
    const problem = findAccessTokenProblem(protectedHeader.typ, payload, settings.tokenTypes);
    if (problem !== null) throw new RejectedTokenError(problem);
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

/** Verifies a token whose header fits several keys of its algorithm, because it has no key's id: one of them must have signed it. */
async function verifyByAnyKey(
  token: string,
  keys: AsyncIterable<CryptoKey>,
  options: JWTVerifyOptions,
): Promise<JWTVerifyResult> {
  let tried = 0;
  for await (const key of keys) {
    tried += 1;
    if (tried > maxTriedKeys) break;
    try {
      return await jwtVerify(token, key, options);
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
    }
  }
  throw new RejectedTokenError(`without a key’s id, and signed by none of the first ${maxTriedKeys} keys that fit`);
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
