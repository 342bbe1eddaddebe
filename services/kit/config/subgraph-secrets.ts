import { createHash, timingSafeEqual } from 'node:crypto';

import { ConfigError } from './config.js';
import { readVariableOrFile } from './variable-or-file.js';

/** What the gateway shows at a subgraph's door. Who asks shows the first; the subgraph takes each, so that they can be changed. */
export type Secrets = readonly [string, ...string[]];

const shortest = 32;

/**
 * Reads the secrets of a subgraph: `<NAME>_SECRETS`, or a file at `<NAME>_SECRETS_FILE`, separated by commas or lines.
 *
 * @throws ConfigError when there is none or one could be guessed, without repeating any.
 */
export function readSecrets(name: string, environment: NodeJS.ProcessEnv): Secrets {
  const variable = `${name}_SECRETS`;
  const setting = readVariableOrFile(variable, environment);
  if (!setting)
    throw refused(`${variable} or ${variable}_FILE is missing: what the gateway shows at ${name.toLowerCase()}’s door`);
  const { source, text } = setting;
  const [first, ...others] = text
    .split(/[,\r\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (first === undefined || ![first, ...others].every(isStrong))
    throw refused(`${source} must hold secrets of at least ${shortest} characters each, of ASCII and without blanks`);
  return [first, ...others];
}

/** Made of what a header can carry. */
const isStrong = (secret: string): boolean => secret.length >= shortest && /^[!-~]+$/.test(secret);

const refused = (problem: string): ConfigError => new ConfigError([problem]);

/** Makes the question whether an `Authorization` header shows one of the secrets. How long the answer takes tells nothing. */
export function createBearerCheck(secrets: readonly string[]): (header: string | undefined) => boolean {
  const digests = secrets.map(digest);
  return (header = '') => {
    const shown = digest(/^bearer +(.*)$/i.exec(header)?.[1] ?? '');
    return digests.map((known) => timingSafeEqual(known, shown)).includes(true);
  };
}

/** Of equal length whatever the text, as `timingSafeEqual` wants it. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
