import { ConfigError } from '../../services/kit/config/config.js';

/** The default port of the local issuer. */
export const issuerPort = 4030;

/** The audience of tokens for a country's catalogue, unless `<COUNTRY>_OIDC_AUDIENCE` is set. */
export const defaultAudience = (country: string): string => `reuse-graph-${country}`;

/** The issuer cannot start or gives no token; the message states why and what to do. */
export class IssuerError extends Error {
  override readonly name = 'IssuerError';
}

/** Every error that the user of these commands can correct ends them with exit code 2. */
export const exitCodeFor = (error: Error): number | undefined =>
  error instanceof IssuerError || error instanceof ConfigError ? 2 : undefined;
