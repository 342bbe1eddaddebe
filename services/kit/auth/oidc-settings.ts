import { z } from 'zod';

import { address, ConfigError, readConfig } from '../config/config.js';
import { isLoopback } from './loopback.js';

/** How tokens may be signed: by a key that nobody but the issuer has. */
export const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const;
export type Algorithm = (typeof algorithms)[number];

/** Whose access tokens a service takes (OpenID Connect), and how it reads them. */
export interface IdentitySettings {
  /** As tokens name it: `iss`. */
  readonly issuer: string;
  /** As tokens name this service: `aud`. */
  readonly audience: string;
  /** Where the issuer's keys are; null: where its discovery document says. */
  readonly jwksUrl: string | null;
  /** The claim that holds roles: its name, or the names that lead to it, with dots between them. */
  readonly rolesClaim: string;
  readonly algorithms: readonly Algorithm[];
  /** How far the issuer's clock and this one may differ. */
  readonly clockToleranceSeconds: number;
  /** Whether the issuer may be one for development, which gives anybody any role. */
  readonly takesLocalIssuer: boolean;
}

const mostTolerance = 300;

const areAlgorithms = (names: readonly string[]): names is Algorithm[] =>
  names.every((name) => (algorithms as readonly string[]).includes(name));

const variables = {
  ISSUER: address('https', 'http').optional(),
  AUDIENCE: z.string().optional(),
  JWKS_URL: address('https', 'http').optional(),
  ROLES_CLAIM: z.string().optional(),
  ALGORITHMS: z
    .string()
    .transform((value) => value.split(',').map((name) => name.trim()))
    .refine(areAlgorithms, `must be some of ${algorithms.join(', ')}, with commas between them`)
    .optional(),
  CLOCK_TOLERANCE_SECONDS: z
    .string()
    .regex(/^\d{1,3}$/, `must be a whole number from 0 to ${mostTolerance}`)
    .transform(Number)
    .refine((value) => value <= mostTolerance, `must be a whole number from 0 to ${mostTolerance}`)
    .optional(),
};

/**
 * Reads whose tokens a service takes: `<NAME>_OIDC_ISSUER` and `_AUDIENCE`, and if need be `_JWKS_URL`, `_ROLES_CLAIM`,
 * `_ALGORITHMS` and `_CLOCK_TOLERANCE_SECONDS`. Null when none of them is set: then nobody can log in.
 *
 * @throws ConfigError naming what is wrong or missing.
 */
export function readIdentitySettings(name: string, environment: NodeJS.ProcessEnv): IdentitySettings | null {
  const nameOf = (what: string): string => `${name}_OIDC_${what}`;
  const shape = Object.fromEntries(Object.entries(variables).map(([what, variable]) => [nameOf(what), variable]));
  const read = readConfig(shape, environment);
  const values = Object.fromEntries(Object.keys(variables).map((what) => [what, read[nameOf(what)]])) as Values;
  const set = Object.entries(values).filter(([, value]) => value !== undefined);
  if (set.length === 0) return null;

  const missing = (['ISSUER', 'AUDIENCE'] as const).filter((what) => values[what] === undefined);
  const because = `is missing: it goes with ${set.map(([what]) => nameOf(what)).join(', ')}`;
  const takesLocalIssuer = ['development', 'test'].includes(environment['NODE_ENV'] ?? '');
  const problems = [
    ...missing.map((what) => `${nameOf(what)} ${because}`),
    ...(['ISSUER', 'JWKS_URL'] as const).flatMap((what) =>
      problemsOf(values[what], takesLocalIssuer).map((problem) => `${nameOf(what)} ${problem}`),
    ),
  ];
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    issuer: values.ISSUER ?? '',
    audience: values.AUDIENCE ?? '',
    jwksUrl: values.JWKS_URL ?? null,
    rolesClaim: values.ROLES_CLAIM ?? 'roles',
    algorithms: values.ALGORITHMS ?? algorithms,
    clockToleranceSeconds: values.CLOCK_TOLERANCE_SECONDS ?? 30,
    takesLocalIssuer,
  };
}

type Values = { readonly [What in keyof typeof variables]: z.output<(typeof variables)[What]> };

/** Whoever stands between could put keys of their own in place of the issuer's. Within one machine nobody does. */
function problemsOf(value: string | undefined, takesLocalIssuer: boolean): string[] {
  if (value === undefined) return [];
  const url = new URL(value);
  if (isLoopback(url.hostname) && !takesLocalIssuer)
    return ['must not be on this machine, unless NODE_ENV is development or test'];
  if (url.protocol !== 'https:' && !isLoopback(url.hostname)) return ['must be an https address'];
  if (url.username !== '' || url.password !== '' || url.hash !== '')
    return ['must be without a user, a password and a fragment'];
  return [];
}
