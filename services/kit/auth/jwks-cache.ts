import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey, type LocalJWKSet } from 'jose';

/** In milliseconds. */
export interface IssuerTimes {
  /** How long it may take to answer. */
  readonly answer: number;
  /** How long keys are taken for the issuer's without asking it. */
  readonly fresh: number;
  /** How long they are while it does not answer: what it has withdrawn is refused after that at the latest. */
  readonly kept: number;
  /** It is asked once in this time at most, whatever keys are named by tokens that anybody can make up. */
  readonly pause: number;
}

export const standardTimes: IssuerTimes = { answer: 3_000, fresh: 10 * 60_000, kept: 60 * 60_000, pause: 10_000 };

/** The keys cannot be had just now. */
export class KeysUnavailable extends Error {}

/**
 * Finds the key by which a token says that it is signed. It asks for the keys when the first token comes, when they are no longer
 * fresh, and when a token names one that is new.
 *
 * @param onFailure told why the keys could not be had.
 */
export function createKeyCache(
  load: () => Promise<JSONWebKeySet>,
  onFailure: (error: unknown) => void,
  { fresh, kept, pause }: IssuerTimes,
): JWTVerifyGetKey {
  let known: { readonly find: LocalJWKSet; readonly since: number } | undefined;
  let loading: Promise<void> | undefined;
  let lastTry = { at: -Infinity, failed: false };

  const reload = async (): Promise<void> => {
    try {
      known = { find: createLocalJWKSet(await load()), since: performance.now() };
      lastTry = { at: performance.now(), failed: false };
    } catch (error) {
      lastTry = { at: performance.now(), failed: true };
      onFailure(error);
    } finally {
      loading = undefined;
    }
  };
  const ask = async (): Promise<void> => {
    if (!loading && since(lastTry.at) < pause) return;
    await (loading ??= reload());
  };

  return async (header, token) => {
    if (!known || since(known.since) > fresh) await ask();
    if (!known || since(known.since) > kept) throw new KeysUnavailable();
    try {
      return await known.find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
    }
    await ask();
    if (lastTry.failed) throw new KeysUnavailable();
    return known.find(header, token);
  };
}

const since = (moment: number): number => performance.now() - moment;
