import { createHash, timingSafeEqual } from 'node:crypto';

import { z } from 'zod';

import { parseSettings } from './config.js';

/**
 * The secrets of a subgraph's endpoint for the gateway. A client sends the first; the subgraph accepts each, so that they can be
 * rotated.
 */
export type Secrets = readonly [string, ...string[]];

const minLength = 32;

/** Secrets, separated by commas or line breaks. They can be in a file. */
const secretList = () =>
  z
    .string()
    .transform((text) => text.split(/[,\r\n]/).map((part) => part.trim()))
    .transform((secrets) => secrets.filter((secret) => secret !== ''))
    .refine(
      (secrets): secrets is [string, ...string[]] => secrets.length > 0 && secrets.every(isStrong),
      `must contain secrets of at least ${minLength} characters each, in ASCII and without spaces`,
    );

/** Consists of what a header can carry. */
const isStrong = (secret: string): boolean => secret.length >= minLength && /^[!-~]+$/.test(secret);

/** The secrets of the subgraph whose variables have this prefix. */
export const subgraphSecrets = (prefix: string) =>
  secretList().meta({
    variable: `${prefix}_SUBGRAPH_SECRETS`,
    renamedFrom: `${prefix}_SECRETS`,
    description:
      'Secrets of `/subgraph`, of at least 32 characters, separated by commas or line breaks. Clients send the first, the ' +
      'subgraph accepts each.',
    file: true,
  });

/**
 * Reads secrets from a variable, or from the file that `<VARIABLE>_FILE` names.
 *
 * @throws ConfigError if they are missing or can be guessed.
 */
export const readSecrets = (variable: string, environment: NodeJS.ProcessEnv): Secrets =>
  parseSettings({ secrets: secretList().meta({ variable, file: true }) }, environment).secrets;

/** Creates a check of `Authorization` headers, which takes the same time whether a header has one of the secrets or not. */
export function createBearerCheck(secrets: readonly string[]): (header: string | undefined) => boolean {
  const digests = secrets.map(digest);
  return (header = '') => {
    const given = digest(/^bearer +(.*)$/i.exec(header)?.[1] ?? '');
    return digests.map((expected) => timingSafeEqual(expected, given)).includes(true);
  };
}

/** Of equal length for any text, as `timingSafeEqual` requires. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
