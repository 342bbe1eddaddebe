import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  errors,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
} from 'jose';

export interface JwksTimes {
  /** The time limit of each request to the issuer. */
  readonly timeoutMs: number;
  /** How long keys are used without fetching them again. */
  readonly maxAgeMs: number;
  /** How long keys are used while the issuer is down: a withdrawn key is rejected after that at the latest. */
  readonly maxStaleMs: number;
  /** The least time between two fetches, whatever keys tokens name: any client can make up a token. */
  readonly cooldownMs: number;
}

export const defaultJwksTimes: JwksTimes = {
  timeoutMs: 3_000,
  maxAgeMs: 10 * 60_000,
  maxStaleMs: 60 * 60_000,
  cooldownMs: 10_000,
};

/** The keys cannot be fetched at the moment. */
export class KeysUnavailableError extends Error {
  override readonly name = 'KeysUnavailableError';
}

/**
 * Finds the key with which a token claims to be signed. Keys are fetched when the first token comes, when they are older than
 * `maxAgeMs`, and when a token names an unknown one.
 *
 * jose's remote key set fetches, caches and selects keys. Two things it does not do are added here: it would fetch again for
 * every token while the issuer is down, and it would reject tokens by known keys meanwhile.
 *
 * @param fetchJwks fetches the keys of the issuer.
 * @param onFailure gets the reason why keys could not be fetched.
 */
export function createJwksCache(
  fetchJwks: () => Promise<JSONWebKeySet>,
  onFailure: (error: unknown) => void,
  { maxAgeMs, maxStaleMs, cooldownMs }: Omit<JwksTimes, 'timeoutMs'>,
): JWTVerifyGetKey {
  let last: { readonly findKey: JWTVerifyGetKey; readonly fetchedAt: number } | undefined;
  let failedAt = -Infinity;

  const fetchUnlessFailedLately = async (): Promise<Response> => {
    if (elapsedSince(failedAt) < cooldownMs) throw new KeysUnavailableError();
    try {
      const keys = await fetchJwks();
      last = { findKey: createLocalJWKSet(keys), fetchedAt: performance.now() };
      return Response.json(keys);
    } catch (error) {
      failedAt = performance.now();
      onFailure(error);
      throw new KeysUnavailableError();
    }
  };
  // The address is not used: `fetchJwks` knows it, or discovers it.
  const findFreshKey = createRemoteJWKSet(new URL('https://issuer.invalid'), {
    [customFetch]: fetchUnlessFailedLately,
    cacheMaxAge: maxAgeMs,
    cooldownDuration: cooldownMs,
  });

  return async (header, token) => {
    try {
      return await findFreshKey(header, token);
    } catch (error) {
      if (!(error instanceof KeysUnavailableError)) throw error;
      if (!last || elapsedSince(last.fetchedAt) > maxStaleMs) throw error;
      try {
        return await last.findKey(header, token);
      } catch (cause) {
        // A token that names an unknown key may be signed by a new one, so it is not known to be invalid.
        throw cause instanceof errors.JWKSNoMatchingKey ? error : cause;
      }
    }
  };
}

const elapsedSince = (moment: number): number => performance.now() - moment;
