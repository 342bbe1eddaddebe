import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';

import { fetchJson } from './fetch-json.js';
import { isLoopback } from './loopback.js';
import type { IdentitySettings } from './oidc-settings.js';

/** Begins the id of every key of an issuer for development: see `startLocalIssuer`. */
export const localKeyPrefix = 'not-for-production-';

const discoveryDocument = z.object({ issuer: z.string(), jwks_uri: z.url() });
const keySet = z.object({ keys: z.array(z.object({ kid: z.string().optional() }).loose()).max(100) });

/**
 * Gets the keys by which an issuer signs now: where its discovery document says (OpenID Connect Discovery 1.0), or where the
 * settings do.
 *
 * @throws Error when they cannot be had, or are for development and this is none.
 */
export async function fetchKeys(settings: IdentitySettings, patienceMs: number): Promise<JSONWebKeySet> {
  const url = settings.jwksUrl === null ? await discover(settings, patienceMs) : new URL(settings.jwksUrl);
  const found = keySet.safeParse(await fetchJson(url, patienceMs));
  if (!found.success) throw new Error(`${url.href} is no JSON Web Key Set`);
  if (!settings.takesLocalIssuer && found.data.keys.some(({ kid = '' }) => kid.startsWith(localKeyPrefix)))
    throw new Error(`${url.href} is an issuer for development, and gives anybody any role`);
  return found.data as JSONWebKeySet;
}

async function discover({ issuer }: IdentitySettings, patienceMs: number): Promise<URL> {
  const url = new URL(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const found = discoveryDocument.safeParse(await fetchJson(url, patienceMs));
  if (!found.success) throw new Error(`${url.href} is no discovery document of OpenID Connect`);
  if (found.data.issuer !== issuer) throw new Error(`${url.href} speaks of another issuer: ${found.data.issuer}`);
  const keys = new URL(found.data.jwks_uri);
  if (keys.protocol === 'https:' || isSameMachine(keys, issuer)) return keys;
  throw new Error(`${url.href} names keys that are not at an https address`);
}

const isSameMachine = (keys: URL, issuer: string): boolean =>
  keys.protocol === 'http:' && isLoopback(keys.hostname) && isLoopback(new URL(issuer).hostname);
