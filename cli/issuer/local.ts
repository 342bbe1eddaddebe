import { ConfigError } from '../../services/kit/config/config.js';

/** Where the local issuer listens, and its addressees look for it, unless they are told otherwise. */
export const issuerPort = 4020;

/** How tokens for a country's catalogue name it, unless `<COUNTRY>_OIDC_AUDIENCE` says otherwise. */
export const audienceOf = (country: string): string => `reuse-graph-${country}`;

/** A command, or an environment, that says something wrong: told in one line, without a stack. */
export class Complaint extends Error {}

/** What a person is told of what went wrong. What nobody foresaw is thrown on. */
export function complaintOf(error: unknown): string {
  if (error instanceof Complaint || error instanceof ConfigError) return error.message;
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (code.startsWith('ERR_PARSE_ARGS')) return `${message} (See --help.)`;
  if (code === 'EADDRINUSE') return `${message}. Another program listens there; choose another port.`;
  throw error;
}
