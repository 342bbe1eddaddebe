import { z } from 'zod';

import { ConfigError, getMeta, parseSettings, type SettingsOf } from '../config/config.js';
import { integer, nameList, url } from '../config/fields.js';
import { type TokenType, tokenTypes } from './access-token-problem.js';
import { isLoopback } from './loopback.js';

/** The algorithms with which tokens may be signed: those with a key that only the issuer has. */
export const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const;
export type Algorithm = (typeof algorithms)[number];

/** The issuer whose access tokens a service accepts (OpenID Connect), and how they are verified. */
export interface IdentitySettings {
  /** Its name in tokens: `iss`. */
  readonly issuer: string;
  /** The name of this service in tokens: `aud`. */
  readonly audience: string;
  /** Where the issuer's keys are; null: at the address in its discovery document. */
  readonly jwksUrl: string | null;
  /** The claim that contains the roles: its name, or the path to it, separated by dots. */
  readonly rolesClaim: string;
  readonly algorithms: readonly Algorithm[];
  /** The accepted types of tokens. */
  readonly tokenTypes: readonly TokenType[];
  /** The accepted difference between the issuer's clock and that of this process. */
  readonly clockToleranceSeconds: number;
  /** Whether the issuer may be one for development, which gives any client any role. */
  readonly allowsLocalIssuer: boolean;
}

/** The settings of OpenID Connect for the service whose variables have this prefix. */
export const oidcSettings = (prefix: string) => ({
  issuer: url('https', 'http')
    .optional()
    .meta({
      variable: `${prefix}_OIDC_ISSUER`,
      description: 'The issuer of access tokens (`iss`). Default: logging in is disabled.',
    }),
  audience: z
    .string()
    .optional()
    .meta({
      variable: `${prefix}_OIDC_AUDIENCE`,
      description: 'The name of this service in access tokens (`aud`). Required with an issuer.',
    }),
  jwksUrl: url('https', 'http')
    .optional()
    .meta({
      variable: `${prefix}_OIDC_JWKS_URL`,
      description: 'The URL of the issuer’s keys. Default: the one in its discovery document.',
    }),
  rolesClaim: z
    .string()
    .optional()
    .meta({
      variable: `${prefix}_OIDC_ROLES_CLAIM`,
      description: 'The claim that contains the roles; dots separate the names on the way to it.',
      defaultText: 'roles',
    }),
  algorithms: nameList(algorithms)
    .optional()
    .meta({
      variable: `${prefix}_OIDC_ALGORITHMS`,
      description: 'The accepted signature algorithms, separated by commas.',
      defaultText: algorithms.join(','),
    }),
  tokenTypes: nameList(tokenTypes)
    .optional()
    .meta({
      variable: `${prefix}_OIDC_TOKEN_TYPES`,
      description:
        'The accepted types of access tokens (`typ` in the header), separated by commas; `JWT` includes tokens without a type, which need a claim that only access tokens have, such as `scope`. Set it to `at+jwt` if the issuer implements RFC 9068, because then no other token can be mistaken for an access token.',
      defaultText: tokenTypes.join(','),
    }),
  clockToleranceSeconds: integer({ max: 300 })
    .optional()
    .meta({
      variable: `${prefix}_OIDC_CLOCK_TOLERANCE_SECONDS`,
      description: 'The accepted difference between the clock of the issuer and that of this process.',
      defaultText: '30',
    }),
});

/** `development` and `test` accept an issuer on this machine. */
export const nodeEnv = z.string().optional().meta({
  variable: 'NODE_ENV',
  description: '`development` accepts an OIDC issuer on this machine, which gives any client any role.',
});

/**
 * Reads the settings of OpenID Connect. Null if none of them is set: then logging in is disabled.
 *
 * @throws ConfigError with a line for every variable that is missing or invalid.
 */
export function readIdentitySettings(prefix: string, environment: NodeJS.ProcessEnv): IdentitySettings | null {
  const { oidc, nodeEnv: mode } = parseSettings({ oidc: oidcSettings(prefix), nodeEnv }, environment);
  return toIdentitySettings(prefix, oidc, mode);
}

/** The same from settings that are parsed already. */
export function toIdentitySettings(
  prefix: string,
  values: SettingsOf<ReturnType<typeof oidcSettings>>,
  mode: string | undefined,
): IdentitySettings | null {
  const list = oidcSettings(prefix);
  const nameOf = (key: keyof typeof list): string => getMeta(list[key]).variable;
  const keys = Object.keys(list) as (keyof typeof list)[];
  const set = keys.filter((key) => values[key] !== undefined);
  if (set.length === 0) return null;

  const missing = (['issuer', 'audience'] as const).filter((key) => values[key] === undefined);
  const allowsLocalIssuer = ['development', 'test'].includes(mode ?? '');
  const problems = [
    ...missing.map((key) => `${nameOf(key)} is missing: it goes with ${set.map(nameOf).join(', ')}`),
    ...(['issuer', 'jwksUrl'] as const).flatMap((key) =>
      problemsOf(values[key], allowsLocalIssuer).map((problem) => `${nameOf(key)} ${problem}`),
    ),
  ];
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    issuer: values.issuer ?? '',
    audience: values.audience ?? '',
    jwksUrl: values.jwksUrl ?? null,
    rolesClaim: values.rolesClaim ?? 'roles',
    algorithms: values.algorithms ?? algorithms,
    tokenTypes: values.tokenTypes ?? tokenTypes,
    clockToleranceSeconds: values.clockToleranceSeconds ?? 30,
    allowsLocalIssuer,
  };
}

/** Without TLS, an attacker on the network path could replace the keys of the issuer. Within one machine there is no such path. */
function problemsOf(value: string | undefined, allowsLocalIssuer: boolean): string[] {
  if (value === undefined) return [];
  const parsed = new URL(value);
  if (isLoopback(parsed.hostname) && !allowsLocalIssuer)
    return ['must not be on this machine, unless NODE_ENV is development or test'];
  if (parsed.protocol !== 'https:' && !isLoopback(parsed.hostname)) return ['must be an https address'];
  if (parsed.username !== '' || parsed.password !== '' || parsed.hash !== '')
    return ['must be without a user, a password and a fragment'];
  return [];
}
