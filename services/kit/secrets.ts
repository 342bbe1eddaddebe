import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { ConfigError } from './config.js';

/** What the gateway shows at a subgraph's door. Who asks shows the first; the subgraph takes each, so that they can be changed. */
export type Secrets = readonly [string, ...string[]];

const shortest = 32;

/**
 * Reads the secrets of a subgraph: `<NAME>_SECRETS`, or a file at `<NAME>_SECRETS_FILE`, separated by commas or lines.
 *
 * @throws ConfigError when there is none or one could be guessed, without repeating any.
 */
export function readSecrets(name: string, environment: NodeJS.ProcessEnv): Secrets {
  const [variable, fileVariable] = [`${name}_SECRETS`, `${name}_SECRETS_FILE`];
  const [value, file] = [environment[variable] ?? '', environment[fileVariable] ?? ''];
  if (value === '' && file === '')
    throw refused(`${variable} or ${fileVariable} is missing: what the gateway shows at ${name.toLowerCase()}’s door`);
  if (value !== '' && file !== '') throw refused(`${variable} and ${fileVariable} are both set; leave one out`);
  const source = file === '' ? variable : fileVariable;
  const [first, ...others] = (file === '' ? value : readFile(file, fileVariable))
    .split(/[,\r\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (first === undefined || ![first, ...others].every(isStrong))
    throw refused(`${source} must hold secrets of at least ${shortest} characters each, of ASCII and without blanks`);
  return [first, ...others];
}

/** Made of what a header can carry. */
const isStrong = (secret: string): boolean => secret.length >= shortest && /^[!-~]+$/.test(secret);

function readFile(path: string, variable: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw refused(`${variable} names a file that cannot be read: ${String((error as NodeJS.ErrnoException).code)}`);
  }
}

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
