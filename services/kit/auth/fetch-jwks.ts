import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';

import { readBounded } from '../http/read-bounded.js';
import { isLoopback } from './loopback.js';
import type { IdentitySettings } from './oidc-settings.js';

/** The prefix of the id of every key of an issuer for development: see `startLocalIssuer`. */
export const localKeyPrefix = 'not-for-production-';

const discoveryDocument = z.object({ issuer: z.string(), jwks_uri: z.url() });
const keySet = z.object({ keys: z.array(z.object({ kid: z.string().optional() }).loose()).max(100) });

/**
 * Fetches the keys with which an issuer signs now: from the address in its discovery document (OpenID Connect Discovery 1.0),
 * or from the one in the settings.
 *
 * @throws Error if they cannot be fetched, or are for development and the settings do not allow that.
 */
export async function fetchJwks(settings: IdentitySettings, timeoutMs: number): Promise<JSONWebKeySet> {
  const url = settings.jwksUrl === null ? await discoverJwksUrl(settings, timeoutMs) : new URL(settings.jwksUrl);
  const parsed = keySet.safeParse(await fetchJson(url, timeoutMs));
  if (!parsed.success) throw new Error(`${url.href} is not a JSON Web Key Set`);
  if (!settings.allowsLocalIssuer && parsed.data.keys.some(({ kid = '' }) => kid.startsWith(localKeyPrefix)))
    throw new Error(`${url.href} is an issuer for development, which gives any client any role`);
  return parsed.data as JSONWebKeySet;
}

async function discoverJwksUrl({ issuer }: IdentitySettings, timeoutMs: number): Promise<URL> {
  const url = new URL(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const parsed = discoveryDocument.safeParse(await fetchJson(url, timeoutMs));
  if (!parsed.success) throw new Error(`${url.href} is not a discovery document of OpenID Connect`);
  if (parsed.data.issuer !== issuer) throw new Error(`${url.href} names another issuer: ${parsed.data.issuer}`);
  const jwksUrl = new URL(parsed.data.jwks_uri);
  if (jwksUrl.protocol === 'https:' || isSameMachine(jwksUrl, issuer)) return jwksUrl;
  throw new Error(`${url.href} names keys that are not at an https address`);
}

const isSameMachine = (jwksUrl: URL, issuer: string): boolean =>
  jwksUrl.protocol === 'http:' && isLoopback(jwksUrl.hostname) && isLoopback(new URL(issuer).hostname);

/** A key set has a few kilobytes. */
const maxBytes = 256 * 1024;

/**
 * Fetches JSON from an address that an operator set, or that the document there contains.
 *
 * @throws Error if it takes too long, is too large, redirects or is not JSON.
 */
async function fetchJson(url: URL, timeoutMs: number): Promise<unknown> {
  const response = await fetch(url, {
    headers: { accept: 'application/json' },
    // A redirect could lead anywhere, including into the operator's own network.
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`${url.href} responds with status ${response.status}`);
  }
  const tooLarge = () => new Error(`${url.href} responds with more than ${maxBytes} bytes`);
  return JSON.parse(await readBounded(response.body, maxBytes, tooLarge)) as unknown;
}
