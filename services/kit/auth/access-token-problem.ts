import type { JWTPayload } from 'jose';

/**
 * The types of access tokens in their header (`typ`): `at+jwt` of RFC 9068, and `JWT` or none of issuers that do not implement it,
 * such as Keycloak, Entra ID and Okta by default.
 */
export const tokenTypes = ['at+jwt', 'JWT'] as const;
export type TokenType = (typeof tokenTypes)[number];

/**
 * Why a token that an issuer has signed for this service is not one that gives its bearer access. Null if it is.
 *
 * ID tokens state who has logged in at a client, and any such client can obtain one; RFC 9068 and RFC 8725 (3.11) tell them apart by
 * `typ`. Where an issuer gives both the same type, these rules do:
 *
 * - A claim that names the use of the token decides: `token_use` (Cognito) or the claim `typ` (Keycloak).
 * - Otherwise it must have a claim that only access tokens have: what its client may do, or the client it was issued to. An ID token needs no
 *   claim beyond those that an access token has too, so that one without telling claims would pass without this rule.
 * - It has none of the claims that only other tokens have: `nonce`, `at_hash`, `c_hash` and `s_hash` of ID tokens (OpenID Connect Core), `events` of
 *   logout tokens (OpenID Connect Back-Channel Logout). Keycloak's older access tokens have a `nonce` too, and name their use.
 *
 * A token that is bound to a key (`cnf`: DPoP, RFC 9449; mutual TLS, RFC 8705) is worth nothing without a proof of that key, which
 * this service does not check: it would accept a stolen one.
 */
export function findAccessTokenProblem(
  headerType: string | undefined,
  claims: JWTPayload,
  accepted: readonly TokenType[],
): string | null {
  if (claims['cnf'] !== undefined) return 'bound to a key (cnf), of which no proof is checked';
  const type = normaliseType(headerType);
  if (type === null || !accepted.includes(type)) return 'not of the type of an access token';
  if (type === 'at+jwt') return null;
  const uses = useClaims.filter(([claim]) => claims[claim] !== undefined);
  if (uses.some(([claim, use]) => String(claims[claim]).toLowerCase() !== use))
    return 'not for access, by its own claim';
  if (uses.length === 0 && !accessClaims.some((claim) => claims[claim] !== undefined))
    return 'without a claim by which it is an access token (scope, client_id)';
  const otherClaims = uses.length > 0 ? hashClaims : ['nonce', ...hashClaims];
  return otherClaims.some((claim) => claims[claim] !== undefined)
    ? 'an ID token or a logout token, by its claims'
    : null;
}

const useClaims = [
  ['token_use', 'access'],
  ['typ', 'bearer'],
] as const;
/** Of RFC 9068, Okta (`scp`, `cid`) and Entra ID (`scp`, and `appid` or `azpacr` without a user). `azp` and `roles` are in ID tokens too. */
const accessClaims: readonly string[] = ['scope', 'scp', 'client_id', 'cid', 'appid', 'azpacr'];
const hashClaims: readonly string[] = ['at_hash', 'c_hash', 's_hash', 'events'];

/** Media types are case-insensitive, and their `application/` may be left out. */
function normaliseType(type: string | undefined): TokenType | null {
  if (type === undefined) return 'JWT';
  const short = type.toLowerCase().replace(/^application\//, '');
  return tokenTypes.find((known) => known.toLowerCase() === short) ?? null;
}
