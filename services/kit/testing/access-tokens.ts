import { exportJWK, generateKeyPair, type JSONWebKeySet, type JWTPayload, SignJWT } from 'jose';

import type { LocalIssuer } from '../auth/local-issuer.js';
import type { IdentitySettings } from '../auth/oidc-settings.js';

/** The identity settings of a service that accepts the tokens of a local issuer. */
export const settingsFor = (issuer: string, audience: string): IdentitySettings => ({
  issuer,
  audience,
  jwksUrl: null,
  rolesClaim: 'roles',
  algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
  tokenTypes: ['at+jwt', 'JWT'],
  clockToleranceSeconds: 5,
  allowsLocalIssuer: true,
});

const seconds = (): number => Math.floor(Date.now() / 1_000);
const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/**
 * Tokens that every service must reject, by their fault. Each has the given claims, and would be accepted without its fault.
 */
export async function badTokens(
  issuer: LocalIssuer,
  good: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, string>>> {
  const token = await issuer.sign(good);
  const [header, payload, signature] = token.split('.') as [string, string, string];
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as JWTPayload;
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string };
  const forgery = async (alg: string, id: { kid?: string } = { kid }): Promise<string> => {
    const { privateKey } = await generateKeyPair(alg);
    return new SignJWT(claims).setProtectedHeader({ alg, ...id }).sign(privateKey);
  };
  return {
    expired: await issuer.sign({ ...good, exp: seconds() - 60 }),
    'without an expiry': await issuer.sign({ ...good, exp: undefined }),
    'whose expiry is not a number': await issuer.sign({ ...good, exp: 'never' }),
    'not yet valid': await issuer.sign({ ...good, nbf: seconds() + 60 }),
    'of another issuer': await issuer.sign({ ...good, iss: 'https://login.elsewhere.example' }),
    'without an issuer': await issuer.sign({ ...good, iss: undefined }),
    'for another audience': await issuer.sign({ ...good, aud: 'another-service' }),
    'without an audience': await issuer.sign({ ...good, aud: undefined }),
    'without a subject': await issuer.sign({ ...good, sub: undefined }),
    'with an empty subject': await issuer.sign({ ...good, sub: '' }),
    'with the algorithm none': `${encode({ alg: 'none' })}.${payload}.`,
    'with the algorithm none and a signature': `${encode({ alg: 'none' })}.${payload}.${signature}`,
    'signed by HS256 with the public key': await signWithPublicKey(issuer, claims),
    'signed by HS256': await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new Uint8Array(32)),
    'signed by an algorithm that is not allowed': await forgery('ES384'),
    'signed by another key with the id of the issuer’s key': await forgery('ES256'),
    'naming an unknown key': await issuer.sign(good, { kid: 'unknown' }),
    'containing its own key': await signedByItsOwnKey(claims),
    tampered: `${header}.${encode({ ...claims, exp: Number(claims.exp) + 1 })}.${signature}`,
    truncated: token.slice(0, -10),
    'without a signature': `${header}.${payload}.`,
    'a logout token': await issuer.sign(good, { typ: 'logout+jwt' }),
    'a logout token of an older issuer': await issuer.sign({ ...good, scope: 'openid', events: {} }, { typ: 'JWT' }),
    'an ID token without a telling claim': await issuer.sign({ ...good, azp: 'editor' }, { typ: 'JWT' }),
    'an ID token without a telling claim or type': await issuer.sign({ ...good, auth_time: 1 }, { typ: undefined }),
    'an ID token with a nonce': await issuer.sign({ ...good, scope: 'openid', nonce: 'n' }, { typ: 'JWT' }),
    'an ID token with a nonce and without a type': await issuer.sign(
      { ...good, scope: 'openid', nonce: 'n' },
      { typ: undefined },
    ),
    'an ID token with the hash of an access token': await issuer.sign(
      { ...good, scope: 'openid', at_hash: 'h' },
      { typ: 'JWT' },
    ),
    'an ID token with the hash of a code': await issuer.sign({ ...good, scope: 'openid', c_hash: 'h' }, { typ: 'JWT' }),
    'an ID token of Cognito': await issuer.sign({ ...good, scope: 'openid', token_use: 'id' }, { typ: undefined }),
    'an ID token of Keycloak': await issuer.sign({ ...good, scope: 'openid', typ: 'ID' }, { typ: 'JWT' }),
    'bound to a key by DPoP': await issuer.sign({ ...good, cnf: { jkt: 'thumbprint' } }),
    'bound to a certificate': await issuer.sign({ ...good, cnf: { 'x5t#S256': 'hash' } }, { typ: 'JWT' }),
    'bound to nothing that is known': await issuer.sign({ ...good, cnf: null }),
    'without the id of a key, signed by another': await forgery('ES256', {}),
    empty: '',
    'not a JWT': 'letmein',
    'only dots': '..',
    oversized: await issuer.sign({ ...good, filler: 'x'.repeat(10_000) }),
  };
}

async function signWithPublicKey({ issuer }: LocalIssuer, claims: JWTPayload): Promise<string> {
  const { keys } = (await (await fetch(`${issuer}/keys`)).json()) as JSONWebKeySet;
  const [jwk] = keys;
  const secret = new TextEncoder().encode(JSON.stringify(jwk));
  return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: jwk?.kid ?? '' }).sign(secret);
}

async function signedByItsOwnKey(claims: JWTPayload): Promise<string> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk = await exportJWK(publicKey);
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', jwk, jku: 'https://evil.example/keys' })
    .sign(privateKey);
}
